import DICOM
import ObjectStore
import Portal

/// A received file that can be filed: its header was read, and its UIDs are in order.
struct Candidate {
    let spooled: SpooledObject
    let file: DICOMFile
    let source: FileSource
    let instance: StoredInstance
    /// Its object key is set when the file gets its place.
    var record: FilingInstance
}

extension Candidate {
    /// Reads the header of a received file.
    ///
    /// - Parameter characterSet: of text whose encoding the file does not tell.
    /// - Throws: `Refused`; `StoreError` or another failure of the device.
    init(reading spooled: SpooledObject, assuming characterSet: SpecificCharacterSet) throws {
        let source = try FileSource(path: spooled.path)
        do {
            file = try DICOMFile.read(source, assuming: characterSet)
        } catch let error as DICOMError {
            if case .unreadable = error { throw error }  // the device, not the file
            throw Refused(.unreadable, "The file is not readable as DICOM: \(error)")
        }
        let names = try Names(file.dataSet)
        guard !Self.endsBeforeItsImage(file.dataSet, names.sopClass) else {
            throw Refused(.unreadable, "The file ends before its image: all of group 0028 is missing.")
        }
        let indexed = IndexedAttributes(file.dataSet)
        var warnings: [IngestWarning] = []
        if names.all.contains(where: \.hasLeadingZero) { warnings.append(.leadingZero) }
        if !file.transferSyntax.isKnown { warnings.append(.unknownTransferSyntax) }
        if indexed.isCut { warnings.append(.tooLongToIndex) }
        self.spooled = spooled
        self.source = source
        instance = StoredInstance(
            studyUID: names.study.text, seriesUID: names.series.text, sopInstanceUID: names.instance.text,
            sopClassUID: names.sopClass.text, identity: FileIdentity(file.dataSet), warnings: warnings)
        record = try FilingInstance(file, source, names, indexed, spooled)
    }

    /// A file that was cut between two elements reads well. But an image that says how it was acquired (group 0018)
    /// also has attributes of group 0028 (PS3.3 §C.7.6.3).
    private static func endsBeforeItsImage(_ dataSet: DataSet, _ sopClass: UID) -> Bool {
        guard let last = dataSet.elements.last, last.tag.group < 0x0028,
            dataSet.elements.contains(where: { $0.tag.group == 0x0018 })
        else { return false }
        return DataDictionary.name(ofUID: sopClass.text)?.contains("Image Storage") ?? false
    }

    /// The UIDs without which an instance has no place.
    struct Names {
        let study: UID
        let series: UID
        let instance: UID
        let sopClass: UID

        init(_ dataSet: DataSet) throws {
            study = try Self.uid(.studyInstanceUID, "Study Instance UID", dataSet)
            series = try Self.uid(.seriesInstanceUID, "Series Instance UID", dataSet)
            instance = try Self.uid(.sopInstanceUID, "SOP Instance UID", dataSet)
            sopClass = try Self.uid(.sopClassUID, "SOP Class UID", dataSet)
        }

        var all: [UID] { [study, series, instance, sopClass] }

        private static func uid(_ tag: Tag, _ name: String, _ dataSet: DataSet) throws -> UID {
            if let uid = dataSet.uid(tag), dataSet.strings(tag).count == 1 { return uid }
            let fault = dataSet[tag] == nil ? "is missing" : "is empty or malformed"
            throw Refused(
                .malformedUID, "The \(name) (\(tag.hex)) \(fault).",
                sopClassUID: dataSet.uid(.sopClassUID)?.text ?? "",
                sopInstanceUID: dataSet.uid(.sopInstanceUID)?.text ?? "")
        }
    }
}

extension FileIdentity {
    package init(_ dataSet: DataSet) {
        name = IndexText.listed(dataSet.string(.patientName))
        patientID = IndexText.listed(dataSet.string(.patientID))
        issuer = IndexText.column(dataSet.string(.issuerOfPatientID))
        birthDate = IndexText.column(dataSet.string(.patientBirthDate))
    }
}

extension FilingInstance {
    init(
        _ file: DICOMFile, _ source: FileSource, _ names: Candidate.Names, _ indexed: IndexedAttributes,
        _ spooled: SpooledObject
    ) throws {
        let dataSet = file.dataSet
        let root = "/dicomweb/studies/\(names.study)/series/\(names.series)/instances/\(names.instance)/bulkdata/"
        guard let metadata = Gzip.compress(DICOMJSON.encode(dataSet) { root + $0 }) else {
            throw Refused(.unreadable, "The attributes of the file are larger than 4 GiB.")
        }
        self.init(
            uid: names.instance.text, sopClass: names.sopClass.text,
            number: IndexText.number(dataSet.int(.instanceNumber)), rows: IndexText.number(dataSet.int(.rows)),
            columns: IndexText.number(dataSet.int(.columns)), frameCount: Int(Int32(clamping: file.frames.count)),
            transferSyntax: file.transferSyntax.uid.text, attributes: Self.json(indexed.instance),
            others: Self.json(indexed.others), metadata: metadata,
            objectKey: "", size: spooled.length, sha256: spooled.sha256,
            dataSetOffset: try Self.dataSetOffset(file, in: source),
            frames: file.frames.encoded(),
            series: FilingSeries(dataSet, names.series, attributes: Self.json(indexed.series)),
            study: FilingStudy(dataSet, names.study, attributes: Self.json(indexed.study)))
    }

    /// Negative for a file whose File Meta Information comes without a preamble.
    private static func dataSetOffset(_ file: DICOMFile, in source: FileSource) throws -> Int {
        guard file.dataSetOffset > 0 else { return 0 }
        let prefix = try source.read(at: 128, count: min(4, source.count - 128))
        return prefix == Array("DICM".utf8) ? file.dataSetOffset : -file.dataSetOffset
    }

    private static func json(_ dataSet: DataSet) -> String {
        IndexText.json(DICOMJSON.encode(dataSet) { _ in nil })
    }
}

extension FilingSeries {
    fileprivate init(_ dataSet: DataSet, _ uid: UID, attributes: String) {
        let searchable = dataSet.elements.map(\.tag).filter(SearchedValues.tags.contains).flatMap { tag in
            dataSet.strings(tag).prefix(SearchedValues.most).map {
                SearchableValue(path: tag.hex, value: IndexText.column($0))
            }
        }
        self.init(
            uid: uid.text, modality: IndexText.modality(dataSet.string(.modality)),
            number: IndexText.number(dataSet.int(.seriesNumber)),
            description: IndexText.column(dataSet.string(.seriesDescription)),
            bodyPart: IndexText.column(dataSet.string(.bodyPartExamined)), attributes: attributes,
            searchable: Set(searchable.filter { !$0.value.isEmpty }).sorted {
                ($0.path, $0.value) < ($1.path, $1.value)
            })
    }
}

extension FilingStudy {
    fileprivate init(_ dataSet: DataSet, _ uid: UID, attributes: String) {
        let identity = FileIdentity(dataSet)
        self.init(
            uid: uid.text,
            started: StudyStart.timestamp(date: dataSet.string(.studyDate), time: dataSet.string(.studyTime)),
            accession: IndexText.listed(dataSet.string(.accessionNumber)),
            description: IndexText.listed(dataSet.string(.studyDescription)),
            referring: IndexText.column(dataSet.string(.referringPhysicianName)),
            studyID: IndexText.column(dataSet.string(.studyID)), patientName: identity.name,
            patientID: identity.patientID, issuer: identity.issuer, birthDate: identity.birthDate,
            sex: IndexText.column(dataSet.string(.patientSex)), attributes: attributes)
    }
}
