import DICOM

/// What the instances of a series have in common.
struct SeriesPlan: Sendable {
    let person: SyntheticPerson
    let study: SyntheticVisit
    let number: Int
    let modality: String
    let sopClass: String
    let description: String
    var bodyPart = ""
    var protocolName = ""
    /// Shared by series that show the same place.
    var frameOfReference = "1"

    var studyUID: String { UID.derived(from: "\(person.id)/\(study.name)").text }
    var seriesUID: String { UID.derived(from: "\(person.id)/\(study.name)/\(number)").text }
    var frameOfReferenceUID: String { UID.derived(from: "\(person.id)/\(study.name)/frame/\(frameOfReference)").text }

    func instanceUID(_ number: Int) -> String {
        UID.derived(from: "\(person.id)/\(study.name)/\(self.number)/\(number)").text
    }

    /// Patient, General Study, General Series, General Equipment, General Image and SOP Common Modules.
    ///
    /// - Parameter number: 1-based.
    /// - SeeAlso: PS3.3 §C.7.1.1, §C.7.2.1, §C.7.3.1, §C.7.5.1, §C.7.6.1, §C.12.1.
    func attributes(instance number: Int) -> Attributes {
        var attributes = Attributes([
            "SpecificCharacterSet": "ISO_IR 192", "SOPClassUID": .text(sopClass),
            "SOPInstanceUID": .text(instanceUID(number)), "InstanceCreationDate": .text(study.date),
            "PatientName": .text(person.name), "PatientID": .text(person.id),
            "PatientBirthDate": .text(person.birthDate), "PatientSex": .text(person.sex),
            "PatientAge": .text(study.age(of: person)), "PatientWeight": .numbers([person.weight]),
            "StudyInstanceUID": .text(studyUID), "StudyDate": .text(study.date), "StudyTime": .text(study.time),
            "StudyID": .text(study.name), "AccessionNumber": .text(study.accession),
            "StudyDescription": .text(study.description), "ReferringPhysicianName": .text(study.referrer),
        ])
        attributes.set([
            "Modality": .text(modality), "SeriesInstanceUID": .text(seriesUID),
            "SeriesNumber": .numbers([Double(self.number)]), "SeriesDescription": .text(description),
            "SeriesDate": .text(study.date), "SeriesTime": .text(study.time), "BodyPartExamined": .text(bodyPart),
            "ProtocolName": .text(protocolName), "Manufacturer": "Preview DICOM",
            "ManufacturerModelName": "Synthetic", "InstitutionName": "Clinique de démonstration",
            "SoftwareVersions": "1", "InstanceNumber": .numbers([Double(number)]), "AcquisitionNumber": 1,
            "ContentDate": .text(study.date), "ContentTime": .text(study.time),
            "AcquisitionDate": .text(study.date), "AcquisitionTime": .text(study.time), "PatientOrientation": "",
        ])
        return attributes
    }

    /// A lazily made instance.
    func instance(_ number: Int, _ fill: @escaping @Sendable (inout Attributes) -> Void) -> SyntheticInstance {
        SyntheticInstance(
            sopClassUID: sopClass, sopInstanceUID: instanceUID(number), seriesNumber: self.number, number: number
        ) {
            var attributes = self.attributes(instance: number)
            fill(&attributes)
            return attributes
        }
    }

    func series(_ instances: [SyntheticInstance]) -> SyntheticSeries {
        SyntheticSeries(
            studyInstanceUID: studyUID, seriesInstanceUID: seriesUID, modality: modality, description: description,
            instances: instances)
    }
}
