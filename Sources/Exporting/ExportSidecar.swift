import FoundationEssentials
import Portal

/// A patient as an import reads it; every member is written, so that an import makes an equal patient.
struct ExportSidecar: Encodable {
    private let version = 1
    private let id: String
    private let issuer: String
    private let lastName: String
    private let birthName: String
    private let firstName: String
    private let dob: String
    private let sex: String
    private let condition: String
    private let status: String
    private let notes: String
    private let lastVisit: String
    private let extra: FreeJSON
    private let groups: [String]
    private let studies: [ExportedStudy]

    init(_ patient: PatientRecord, groups: [String], studies: [ExportedStudy]) {
        id = patient.patientId
        issuer = patient.issuer
        lastName = patient.lastName
        birthName = patient.birthName
        firstName = patient.firstName
        dob = patient.birthDate ?? ""
        sex = patient.sex.rawValue
        condition = patient.condition
        status = patient.status
        notes = patient.notes
        lastVisit = patient.lastVisit ?? ""
        extra = patient.extra
        self.groups = groups
        self.studies = studies
    }

    var bytes: [UInt8] {
        get throws {
            let encoder = JSONEncoder.ordered
            encoder.outputFormatting.insert(.prettyPrinted)
            return try [UInt8](encoder.encode(self)) + [0x0A]
        }
    }
}
