import Postgres

/// What deleting a patient or a study takes away.
package struct DeletionPlan: Sendable, Equatable, Encodable {
    package let studies: Int
    package let series: Int
    package let instances: Int
    /// Of the stored files.
    package let bytes: Int
    /// Accounts of the patient, which see nothing any more.
    package let accounts: Int
    /// Groups that the patient is granted to.
    package let groups: Int
    /// How long it can be undone.
    package let days: Int
}

/// Something that was deleted and can be restored.
package struct Deletion: Sendable, Equatable, Encodable {
    package enum Kind: String, Sendable, Encodable { case patient, study }

    package struct Patient: Sendable, Equatable, Encodable {
        package let id: String
        package let patientId: String
        package let lastName: String
        package let firstName: String
        @Nullable package private(set) var birthDate: String?
    }

    package let id: String
    package let kind: Kind
    @Nullable package private(set) var patient: Patient?
    @Nullable package private(set) var studyInstanceUID: String?
    /// Of the study.
    package let description: String
    package let deletedAt: String
    /// The name, or else the e-mail address, of who did it.
    @Nullable package private(set) var deletedBy: String?
    package let restorableUntil: String
    package let studies: Int
    package let instances: Int
}

/// Deleting in two steps: out of everybody's lists at once, and for good when it cannot be undone any more.
package struct Deletions {
    /// How long a deletion can be undone.
    package static let days = 30

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

    /// - Throws: `PortalError.notFound`; 403.
    package func plan(patient id: String) throws -> DeletionPlan {
        try rights.require(.delete, patient: id)
        return try plan("s.patient = \(uuid: id) AND s.deleted IS NULL", patient: id)
    }

    /// - Throws: `PortalError.notFound`; 403.
    package func plan(study uid: String) throws -> DeletionPlan {
        let study = try rights.require(.delete, study: uid)
        return try plan("s.id = \(study)", patient: nil)
    }

    /// - Parameter matching: is given the revision that would be deleted, and throws when another was meant.
    /// - Returns: the deletion's id.
    /// - Throws: `PortalError.notFound`; 403.
    @discardableResult
    package func delete(patient id: String, matching: (Int) throws -> Void) throws -> String {
        try change {
            try rights.require(.delete, patient: id)
            let row = try database.query(
                "SELECT revision FROM portal.patients WHERE id = \(uuid: id) FOR NO KEY UPDATE")
            guard let revision = try row.first?.int(0) else { throw PortalError.notFound }
            try matching(revision)
            let made = try database.query(
                "SELECT portal.delete_patient(\(uuid: id), \(uuid: caller.userID), \(Self.days))")
            try audit.record(.patientRemoved, patient: id)
            return try made.first?.text(0) ?? ""
        }
    }

    /// - Returns: the deletion's id.
    /// - Throws: `PortalError.notFound`; 403.
    @discardableResult
    package func delete(study uid: String) throws -> String {
        try change {
            let study = try rights.require(.delete, study: uid)
            let owner = try database.query("SELECT patient FROM portal.studies WHERE id = \(study)").first?.textOrNil(0)
            let made = try database.query(
                "SELECT portal.delete_study(\(study), \(uuid: caller.userID), \(Self.days))")
            try audit.record(.studyRemoved, patient: owner ?? nil, study: uid)
            return try made.first?.text(0) ?? ""
        }
    }

    /// What the caller may restore, the newest first.
    package func list(_ page: PageRequest) throws -> Page<Deletion> {
        var place: SQL = ""
        if let cursor = try page.cursorOfRow() {
            place = " AND (d.deleted_at, d.id) < (\(cursor.parts[0])::timestamptz, \(uuid: cursor.parts[1]))"
        }
        let rows = try database.query(
            """
            SELECT d.id, d.study, p.id, p.patient_id, p.last_name, p.first_name, p.birth_date,
                coalesce((SELECT description FROM portal.studies WHERE uid = d.study), ''), portal.instant(d.deleted_at),
                (SELECT coalesce(nullif(name, ''), email) FROM portal.users WHERE id = d.deleted_by),
                portal.instant(d.until), c.studies, c.instances, d.deleted_at
            FROM portal.deletions d LEFT JOIN portal.patients p ON p.id = d.patient CROSS JOIN LATERAL (
                SELECT count(*) AS studies, coalesce(sum(instance_count), 0)::bigint AS instances
                FROM portal.studies WHERE deleted = d.id) c
            WHERE \(mayRestore)\(place) ORDER BY d.deleted_at DESC, d.id DESC LIMIT \(page.limit + 1)
            """)
        let items = try rows.prefix(page.limit).map(Self.deletion)
        let next = try rows.count > page.limit ? rows[page.limit - 1].text(13) : nil
        return Page(items: items, next: next.flatMap { at in items.last.map { Cursor(at, $0.id).text } }, total: nil)
    }

    /// Undoes a deletion.
    ///
    /// - Throws: `PortalError.notFound`; 409 `patient.conflict` when another patient has the id and issuer meanwhile,
    ///   `deletion.patientDeleted` for a study whose patient was deleted afterwards.
    package func restore(_ id: String) throws {
        do {
            try change {
                let (patient, study) = try find(id, mayRestore)
                let isOrphaned =
                    try !database.query(
                        """
                        SELECT 1 FROM portal.patients p JOIN portal.deletions d ON d.patient = p.id
                        WHERE d.id = \(uuid: id) AND p.deleted <> d.id
                        """
                    ).isEmpty
                guard !isOrphaned else { throw PortalError.conflict(code: "deletion.patientDeleted") }
                try database.query("SELECT portal.restore_deletion(\(uuid: id))")
                try audit.record(study == nil ? .patientRestored : .studyRestored, patient: patient, study: study)
            }
        } catch let error as PostgresError where error.isUniqueViolation {
            throw PortalError.conflict(code: "patient.conflict", field: "patientId")
        }
    }

    /// Removes for good what was deleted; the upkeep of the store removes the files.
    ///
    /// - Throws: `PortalError.notFound`.
    package func purge(_ id: String) throws {
        try change {
            let (patient, study) = try find(id, mayDelete)
            try database.query("SELECT portal.purge_deletion(\(uuid: id))")
            try audit.record(study == nil ? .patientPurged : .studyPurged, patient: patient, study: study)
        }
    }

    /// Removes for good what cannot be restored any more.
    package func purgeExpired() throws {
        let expired = try database.query("SELECT id FROM portal.deletions WHERE until < now() ORDER BY until")
        for row in expired { try purge(try row.text(0)) }
    }

    private func change<Result>(_ body: () throws -> Result) throws -> Result {
        try Delegation(database: database, caller: caller).change(body)
    }

    private func find(_ id: String, _ condition: SQL) throws -> (patient: String?, study: String?) {
        guard isUUID(id),
            let row = try database.query(
                "SELECT d.patient, d.study FROM portal.deletions d WHERE d.id = \(uuid: id) AND \(condition)"
            ).first
        else { throw PortalError.notFound }
        return (try row.textOrNil(0), try row.textOrNil(1))
    }

    /// The condition on the deletion `d` that the caller would see what it holds. A study without a patient is seen by who
    /// sees all, and by who deleted it.
    private var sees: SQL {
        if caller.scopeID == Caller.seesAll { return "true" }
        return """
            (d.patient IS NULL AND d.deleted_by = \(uuid: caller.userID) OR EXISTS (SELECT FROM portal.scope_patients p
                WHERE p.patient = d.patient AND p.scope_id = \(caller.scopeID)))
            """
    }

    /// The same, and that it may delete it.
    private var mayDelete: SQL {
        if caller.holdsOnAll(.delete) { return sees }
        return """
            \(sees) AND EXISTS (SELECT FROM portal.members m JOIN portal.groups g ON g.id = m.group_id
                JOIN portal.grants x ON x.group_id = g.id AND x.patient_id = d.patient
                WHERE m.user_id = \(uuid: caller.userID) AND 'delete' = ANY (g.permissions))
            """
    }

    /// The same, or that it deleted it itself.
    private var mayRestore: SQL { "(\(sees) AND d.deleted_by = \(uuid: caller.userID) OR \(mayDelete))" }

    private func plan(_ condition: SQL, patient: String?) throws -> DeletionPlan {
        let row = try database.query(
            """
            SELECT count(DISTINCT s.id), count(DISTINCT e.id), count(i.id), coalesce(sum(i.size), 0)::bigint,
                (SELECT count(*) FROM portal.users WHERE patient = \(uuid: patient)),
                (SELECT count(*) FROM portal.grants WHERE patient_id = \(uuid: patient))
            FROM portal.studies s LEFT JOIN portal.series e ON e.study_id = s.id
                LEFT JOIN portal.instances i ON i.series_id = e.id
            WHERE \(condition)
            """
        ).first
        guard let row else { throw PortalError.notFound }
        return DeletionPlan(
            studies: try row.int(0), series: try row.int(1), instances: try row.int(2), bytes: try row.int(3),
            accounts: try row.int(4), groups: try row.int(5), days: Self.days)
    }

    private static func deletion(_ row: Row) throws -> Deletion {
        let study = try row.textOrNil(1)
        let patient = try row.textOrNil(2).map {
            Deletion.Patient(
                id: $0, patientId: try row.text(3), lastName: try row.text(4), firstName: try row.text(5),
                birthDate: try row.textOrNil(6))
        }
        return Deletion(
            id: try row.text(0), kind: study == nil ? .patient : .study, patient: patient, studyInstanceUID: study,
            description: try row.text(7), deletedAt: try row.text(8), deletedBy: try row.textOrNil(9),
            restorableUntil: try row.text(10), studies: try row.int(11), instances: try row.int(12))
    }
}
