/// Which attributes a record of a DICOMDIR has.
///
/// - SeeAlso: PS3.3 §F.5, Tables F.5-1 and following.
enum DirectoryRecordTables {
    /// Types 1, 2, and 1C: what must have a value, what must be there, what is there if the instance has it.
    enum Need { case value, presence, copy }

    /// Behind 2 or 1C stands an attribute of that type; the others have Type 1.
    private static let tables: [(DirectoryRecordType, String)] = [
        (.patient, "2 PatientName PatientID"),
        (.study, "StudyDate StudyTime 2 StudyDescription StudyInstanceUID StudyID 2 AccessionNumber"),
        (.series, "Modality SeriesInstanceUID SeriesNumber"),
        (.image, "InstanceNumber"),
        (.rtDose, "InstanceNumber DoseSummationType"),
        (.rtStructureSet, "InstanceNumber StructureSetLabel 2 StructureSetDate 2 StructureSetTime"),
        (.rtPlan, "InstanceNumber RTPlanLabel 2 RTPlanDate 2 RTPlanTime"),
        (.rtTreatRecord, "InstanceNumber 2 TreatmentDate 2 TreatmentTime"),
        (
            .presentation,
            "PresentationCreationDate PresentationCreationTime \(named) 1C ReferencedSeriesSequence 1C BlendingSequence"
        ),
        (.waveform, dated),
        (
            .srDocument,
            """
            \(dated) CompletionFlag VerificationFlag 1C VerificationDateTime ConceptNameCodeSequence \
            1C ContentSequence
            """
        ),
        (.keyObjectDoc, "\(dated) ConceptNameCodeSequence 1C ContentSequence"),
        (
            .spectroscopy,
            """
            \(dated) ImageType 1C ReferencedImageEvidenceSequence NumberOfFrames Rows Columns DataPointRows \
            DataPointColumns
            """
        ),
        (.rawData, "ContentDate ContentTime 2 InstanceNumber"),
        (.registration, "ContentDate ContentTime \(named)"),
        (.fiducial, "ContentDate ContentTime \(named)"),
        (
            .encapDoc,
            """
            2 ContentDate 2 ContentTime InstanceNumber 2 DocumentTitle 1C HL7InstanceIdentifier \
            2 ConceptNameCodeSequence MIMETypeOfEncapsulatedDocument
            """
        ),
        (.valueMap, "ContentDate ContentTime \(named)"),
        (.measurement, "ContentDate ContentTime \(named)"),
        (.surface, "ContentDate ContentTime \(named)"),
        (.surfaceScan, "ContentDate ContentTime"),
        (.tract, "ContentDate ContentTime \(named)"),
        (.assessment, "InstanceNumber InstanceCreationDate 2 InstanceCreationTime"),
        (
            .radiotherapy,
            "InstanceNumber 1C UserContentLabel 1C UserContentLongLabel 2 ContentDescription 2 ContentCreatorName"
        ),
        (.annotation, "ContentDate ContentTime \(named)"),
        (
            .hangingProtocol,
            """
            HangingProtocolName HangingProtocolDescription HangingProtocolLevel HangingProtocolCreator \
            HangingProtocolCreationDateTime HangingProtocolDefinitionSequence NumberOfPriorsReferenced \
            2 HangingProtocolUserIdentificationCodeSequence
            """
        ),
        (.palette, "ContentLabel 2 ContentDescription"),
        (.implant, "Manufacturer ImplantName 1C ImplantSize ImplantPartNumber"),
        (.implantAssembly, "ImplantAssemblyTemplateName Manufacturer ProcedureTypeCodeSequence"),
        (.implantGroup, "ImplantTemplateGroupName ImplantTemplateGroupIssuer"),
    ]

    private static let dated = "InstanceNumber ContentDate ContentTime"
    /// Table 10-12, Content Identification Macro.
    private static let named = "InstanceNumber ContentLabel 2 ContentDescription 2 ContentCreatorName"

    /// The keys of each type; those without any are left out.
    static let keys = Dictionary(uniqueKeysWithValues: tables.map { ($0, parsed($1)) })

    private static func parsed(_ text: String) -> [(tag: Tag, need: Need)] {
        var need = Need.value
        return text.split(separator: " ").compactMap { word in
            switch word {
            case "2": need = .presence
            case "1C": need = .copy
            default:
                defer { need = .value }
                return Tag(keyword: String(word)).map { ($0, need) }
            }
            return nil
        }
    }

    /// The keywords of the tables that PS3.6 does not know; there must be none.
    static var unknownKeywords: [Substring] {
        let words = tables.flatMap { $1.split(separator: " ") }
        return words.filter { $0 != "2" && $0 != "1C" && Tag(keyword: String($0)) == nil }
    }
}
