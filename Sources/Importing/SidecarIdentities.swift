import Ingestion
import Portal
import Postgres

/// Tells whether the identities in files agree with a sidecar.
///
/// A class, because it remembers: each different identity is asked for once.
final class SidecarIdentities {
    private let rows: FilingPatients
    private let sidecar: Sidecar
    private var known: [FileIdentity: Bool] = [:]

    init(_ sidecar: Sidecar, database: Connection) {
        rows = FilingPatients(database: database)
        self.sidecar = sidecar
    }

    /// Empty values contradict nothing.
    func agree(with identity: FileIdentity) throws -> Bool {
        if let known = known[identity] { return known }
        let isNameAlike =
            try sidecar.lastName.isEmpty
            || rows.namesAgree(
                identity.name, last: sidecar.lastName, birth: sidecar.birthName ?? "", first: sidecar.firstName ?? "")
        let isIDAlike = identity.patientID.isEmpty || identity.patientID == sidecar.id
        let agrees = isNameAlike && isIDAlike && !contradicts(identity.birthDate)
        known[identity] = agrees
        return agrees
    }

    private func contradicts(_ birthDate: String) -> Bool {
        guard let stated = sidecar.birthDate, !stated.isEmpty, let written = CalendarDate.iso(birthDate) else {
            return false
        }
        return stated != written
    }
}
