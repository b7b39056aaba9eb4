/// What a record of a DICOMDIR describes.
///
/// - SeeAlso: PS3.3 §F.3.2.2, Table F.3-3; §F.4.
enum DirectoryRecordType: String, CaseIterable {
    case patient = "PATIENT"
    case study = "STUDY"
    case series = "SERIES"
    case image = "IMAGE"
    case rtDose = "RT DOSE"
    case rtStructureSet = "RT STRUCTURE SET"
    case rtPlan = "RT PLAN"
    case rtTreatRecord = "RT TREAT RECORD"
    case presentation = "PRESENTATION"
    case waveform = "WAVEFORM"
    case srDocument = "SR DOCUMENT"
    case keyObjectDoc = "KEY OBJECT DOC"
    case spectroscopy = "SPECTROSCOPY"
    case rawData = "RAW DATA"
    case registration = "REGISTRATION"
    case fiducial = "FIDUCIAL"
    case encapDoc = "ENCAP DOC"
    case valueMap = "VALUE MAP"
    case stereometric = "STEREOMETRIC"
    case plan = "PLAN"
    case measurement = "MEASUREMENT"
    case surface = "SURFACE"
    case surfaceScan = "SURFACE SCAN"
    case tract = "TRACT"
    case assessment = "ASSESSMENT"
    case radiotherapy = "RADIOTHERAPY"
    case annotation = "ANNOTATION"
    case hangingProtocol = "HANGING PROTOCOL"
    case palette = "PALETTE"
    case implant = "IMPLANT"
    case implantAssembly = "IMPLANT ASSY"
    case implantGroup = "IMPLANT GROUP"
    case `private` = "PRIVATE"

    /// The type for an instance; an unknown SOP Class with Rows is an image, one without is private.
    init(of dataSet: DataSet, sopClass: UID) {
        let root = "1.2.840.10008.5.1.4."
        let known = sopClass.text.hasPrefix(root) ? Self.bySOPClass[sopClass.text.dropFirst(root.count)] : nil
        self = known ?? (dataSet[.rows] == nil ? .private : .image)
    }

    /// The instances belong to no patient: their records stand beside those of patients.
    var isRoot: Bool {
        switch self {
        case .patient, .hangingProtocol, .palette, .implant, .implantAssembly, .implantGroup: true
        default: false
        }
    }

    /// Of all that are not images (PS3.4 §B.5, §GG.3), the UIDs behind `1.2.840.10008.5.1.4.`
    private static let sopClasses: [(DirectoryRecordType, String)] = [
        (.rtDose, "1.1.481.2"),
        (.rtStructureSet, "1.1.481.3"),
        (.rtPlan, "1.1.481.5 1.1.481.8"),
        (.rtTreatRecord, "1.1.481.4 1.1.481.6 1.1.481.7 1.1.481.9"),
        (
            .radiotherapy,
            """
            1.1.481.10 1.1.481.11 1.1.481.12 1.1.481.13 1.1.481.14 1.1.481.15 1.1.481.16 1.1.481.17 1.1.481.18 \
            1.1.481.19 1.1.481.20 1.1.481.21 1.1.481.22 1.1.481.25
            """
        ),
        (.plan, "34.7 34.10"),
        (
            .presentation,
            """
            1.1.11.1 1.1.11.2 1.1.11.3 1.1.11.4 1.1.11.5 1.1.11.6 1.1.11.7 1.1.11.8 1.1.11.9 1.1.11.10 1.1.11.11 \
            1.1.11.12 1.1.131
            """
        ),
        (
            .waveform,
            """
            1.1.9.1 1.1.9.1.1 1.1.9.1.2 1.1.9.1.3 1.1.9.1.4 1.1.9.2.1 1.1.9.3.1 1.1.9.4.1 1.1.9.4.2 1.1.9.5.1 \
            1.1.9.6.1 1.1.9.6.2 1.1.9.7.1 1.1.9.7.2 1.1.9.7.3 1.1.9.7.4 1.1.9.8.1
            """
        ),
        (
            .srDocument,
            """
            1.1.88.1 1.1.88.2 1.1.88.3 1.1.88.4 1.1.88.11 1.1.88.22 1.1.88.33 1.1.88.34 1.1.88.35 1.1.88.40 \
            1.1.88.50 1.1.88.65 1.1.88.67 1.1.88.68 1.1.88.69 1.1.88.70 1.1.88.71 1.1.88.72 1.1.88.73 1.1.88.74 \
            1.1.88.75 1.1.88.76 1.1.88.77 1.1.78.6 1.1.79.1
            """
        ),
        (.keyObjectDoc, "1.1.88.59"),
        (.spectroscopy, "1.1.4.2"),
        (.rawData, "1.1.66"),
        (.registration, "1.1.66.1 1.1.66.3"),
        (.fiducial, "1.1.66.2"),
        (.surface, "1.1.66.5"),
        (.tract, "1.1.66.6"),
        (.valueMap, "1.1.67"),
        (.surfaceScan, "1.1.68.1 1.1.68.2"),
        (.stereometric, "1.1.77.1.5.3"),
        (.measurement, "1.1.78.1 1.1.78.2 1.1.78.3 1.1.78.4 1.1.78.5 1.1.78.7 1.1.78.8 1.1.80.1"),
        (.assessment, "1.1.90.1"),
        (.annotation, "1.1.91.1"),
        (.encapDoc, "1.1.104.1 1.1.104.2 1.1.104.3 1.1.104.4 1.1.104.5"),
        (.hangingProtocol, "38.1"),
        (.palette, "39.1"),
        (.implant, "43.1"),
        (.implantAssembly, "44.1"),
        (.implantGroup, "45.1"),
    ]

    private static let bySOPClass: [Substring: DirectoryRecordType] = Dictionary(
        uniqueKeysWithValues: sopClasses.flatMap { type, uids in uids.split(separator: " ").map { ($0, type) } })
}
