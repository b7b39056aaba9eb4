import Postgres

/// A file that was made part of another one.
package struct MergedFile: Sendable, Equatable, Encodable {
    package let id: String
    package let patientId: String
    package let issuer: String
    package let lastName: String
    package let firstName: String
    @Nullable package private(set) var birthDate: String?
    package let mergedAt: String
    /// The name, or else the e-mail address, of who did it.
    @Nullable package private(set) var mergedBy: String?
    /// How many studies came with it.
    package let studies: Int
}

/// Two files of one person: one becomes part of the other, and can be taken out again.
package struct Merging {
    private let database: Connection
    private let caller: Caller
    private let rights: Rights
    private let audit: Audit

    package init(database: Connection, caller: Caller, address: String = "") {
        self.database = database
        self.caller = caller
        rights = Rights(database: database, caller: caller)
        audit = Audit(database: database, actor: caller.userID, address: address)
    }

    /// Makes `part` part of `whole`: its studies, grants and accounts go over, and what arrives under its id.
    ///
    /// Who saw one of the files sees the merged one, as everybody treats the same person.
    /// - Throws: `PortalError.notFound`; 403; 422 `merge.same`.
    package func merge(_ part: String, into whole: String) throws {
        guard part.lowercased() != whole.lowercased() else { throw PortalError.invalid("from", "merge.same") }
        try change {
            for patient in [whole, part] { try rights.require(.editPatients, patient: patient) }
            try database.query(
                "SELECT portal.merge_patients(\(uuid: part), \(uuid: whole), \(uuid: caller.userID))")
            for patient in [whole, part] {
                try audit.record(.patientMerged, patient: patient, details: ["from": part, "into": whole])
            }
        }
    }

    /// Takes a file out again, with what came with it and is still there.
    ///
    /// - Throws: `PortalError.notFound` also when it is no part of that file; 403.
    package func undo(_ part: String, outOf whole: String) throws {
        try change {
            try rights.require(.editPatients, patient: whole)
            guard isUUID(part),
                try !database.query(
                    "SELECT 1 FROM portal.merges WHERE source = \(uuid: part) AND target = \(uuid: whole)"
                ).isEmpty
            else { throw PortalError.notFound }
            try database.query("SELECT portal.unmerge_patients(\(uuid: part))")
            for patient in [whole, part] {
                try audit.record(.patientUnmerged, patient: patient, details: ["from": part, "into": whole])
            }
        }
    }

    /// The files that are part of this one, the last merged first.
    ///
    /// - Throws: `PortalError.notFound`.
    package func list(of whole: String) throws -> [MergedFile] {
        guard try rights.sees(patient: whole) else { throw PortalError.notFound }
        return try database.query(
            """
            SELECT p.id, p.patient_id, p.issuer, p.last_name, p.first_name, p.birth_date, portal.instant(m.merged_at),
                (SELECT coalesce(nullif(name, ''), email) FROM portal.users WHERE id = m.merged_by),
                cardinality(m.studies)
            FROM portal.merges m JOIN portal.patients p ON p.id = m.source WHERE m.target = \(uuid: whole)
            ORDER BY m.merged_at DESC, p.id
            """
        ).map { row in
            MergedFile(
                id: try row.text(0), patientId: try row.text(1), issuer: try row.text(2), lastName: try row.text(3),
                firstName: try row.text(4), birthDate: try row.textOrNil(5), mergedAt: try row.text(6),
                mergedBy: try row.textOrNil(7), studies: try row.int(8))
        }
    }

    private func change(_ body: () throws -> Void) throws {
        try Delegation(database: database, caller: caller).change(body)
    }
}
