/// What to do with files whose DICOM identity differs from the sidecar's. Bytes are never rewritten.
package enum IdentityPolicy: String, Sendable, CaseIterable {
    /// Store and say nothing.
    case keep
    /// Store and say so.
    case warn
    /// Do not store.
    case reject
    /// Store, and show the studies under the sidecar's patient; what the files say stays beside it (PS3.3 §C.12.1).
    case overlay
}

/// One patient of an import, version 1 of the format.
///
/// Of optional members `nil` is "not said" and leaves what is there; an empty text clears it.
package struct Sidecar: Sendable, Equatable {
    /// The trade's id, the `patientId` of the API.
    package var id: String
    /// Who gave the id; the portal itself unless said.
    package var issuer: String?
    /// Empty where an export says that the patient has none.
    package var lastName: String
    package var firstName: String?
    package var birthName: String?
    package var sex: String?
    /// `YYYY-MM-DD`.
    package var birthDate: String?
    package var condition: String?
    package var status: String?
    package var notes: String?
    /// `YYYY-MM-DD`.
    package var lastVisit: String?
    /// Names of groups that shall see the patient.
    package var groups: [String] = []
    package var studies: [ExpectedStudy] = []
    package var identityPolicy = IdentityPolicy.keep
    /// Members that are not known, kept as they are.
    package var extra: [(name: String, value: JSONValue)] = []
    /// The folder that this member of an array is about.
    package var folder: String?
    /// What was passed over.
    package var warnings: [PatientWarning] = []

    func isOfSamePatient(as other: Sidecar) -> Bool { id == other.id && (issuer ?? "") == (other.issuer ?? "") }

    package static func == (left: Sidecar, right: Sidecar) -> Bool { "\(left)" == "\(right)" }
}

/// A rule of the format that a sidecar breaks.
package struct SidecarFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// Stable, for programs: `sidecar.birthDate`.
    package let code: String
    /// The member, as the document names it.
    package let field: String
    package let description: String
}
