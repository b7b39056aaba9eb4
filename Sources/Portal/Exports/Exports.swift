import Postgres

/// Takes patients and studies out, as far as a caller may.
package struct Exports {
    /// Of patients and studies together in one export that is asked for by name.
    private static let mostNames = 10_000

    let database: Connection
    let caller: Caller
    private let rights: Rights
    private let audit: Audit

    package init(database: Connection, caller: Caller, address: String = "") {
        self.database = database
        self.caller = caller
        rights = Rights(database: database, caller: caller)
        audit = Audit(database: database, actor: caller.userID, address: address)
    }

    /// Makes an export that its maker may fetch for a day.
    ///
    /// - Throws: `PortalError.notFound`; 403; 422 `export.empty`, `export.tooMany`.
    package func make(_ selection: ExportSelection) throws -> ExportRecord {
        guard !selection.isEmpty else { throw PortalError.invalid("patients", "export.empty") }
        guard selection.count <= Self.mostNames else {
            throw PortalError.invalid([
                FieldProblem(field: "patients", code: "export.tooMany", limit: Self.mostNames)
            ])
        }
        try require(selection)
        let size = try size(of: try folders(of: selection))
        return try database.transaction {
            try database.execute("DELETE FROM portal.exports WHERE expires_at < now()")
            let rows = try database.query(
                """
                INSERT INTO portal.exports (maker, patients, studies)
                VALUES (\(uuid: caller.userID), \(uuids: selection.patients), \(selection.studies))
                RETURNING id, portal.instant(expires_at)
                """)
            guard let row = rows.first else { throw PortalError.notFound }
            let id = try row.text(0)
            try record(size, export: id)
            return ExportRecord(
                id: id, patients: size.patients, studies: size.studies, instances: size.instances, bytes: size.bytes,
                expiresAt: try row.text(1))
        }
    }

    /// Notes that an export was made.
    ///
    /// - Parameter id: where it can be fetched under it.
    package func record(_ size: ExportSize, export id: String? = nil) throws {
        var details = [
            "patients": "\(size.patients)", "studies": "\(size.studies)", "instances": "\(size.instances)",
        ]
        details["export"] = id
        try audit.record(.exportMade, details: details)
    }

    /// What an export of the caller holds; rights are those of now.
    ///
    /// - Throws: `PortalError.notFound` for one that is absent, another person's or over; as `require(_:)`.
    package func selection(_ id: String) throws -> ExportSelection {
        guard isUUID(id), let maker = caller.userID,
            let row = try database.query(
                """
                SELECT patients::text[], studies FROM portal.exports
                WHERE id = \(uuid: id) AND maker = \(uuid: maker) AND expires_at > now()
                """
            ).first
        else { throw PortalError.notFound }
        let selection = ExportSelection(patients: try row.texts(0), studies: try row.texts(1))
        try require(selection)
        return selection
    }

    /// Makes sure that the caller may take all of it out.
    ///
    /// - Throws: `PortalError.notFound` for what is absent or hidden; 403.
    package func require(_ selection: ExportSelection) throws {
        for patient in selection.patients { try rights.require(.export, patient: patient) }
        for study in selection.studies { try rights.require(.export, study: study) }
    }

    /// The names of the groups that a patient is granted to, for who manages users and so sees them.
    package func groups(of patient: String) throws -> [String] {
        guard try rights.may(.manageUsers, patient: patient) else { return [] }
        return try database.query(
            """
            SELECT g.name FROM portal.grants x JOIN portal.groups g ON g.id = x.group_id
            WHERE x.patient_id = \(uuid: patient) ORDER BY g.name
            """
        ).map { try $0.text(0) }
    }
}
