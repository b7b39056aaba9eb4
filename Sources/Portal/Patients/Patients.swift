import Glibc
import Postgres

/// Patients, as far as a caller sees them.
package struct Patients {
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

    /// - Throws: `PortalError.notFound` for a patient that is absent or hidden.
    package func find(_ id: String) throws -> PatientRecord {
        guard try rights.sees(patient: id), let patient = try record(id) else { throw PortalError.notFound }
        return patient
    }

    /// Makes a patient; when the caller may do that only for a group's patients, it becomes one of them.
    ///
    /// - Throws: 422 (see `PatientFields`); 409 `patient.conflict` when id and issuer are taken; 403.
    package func make(_ draft: PatientDraft) throws -> PatientRecord {
        guard caller.holds(.editPatients) else { throw Rights.missing(.editPatients) }
        let fields = try fields(draft, .make, over: nil)
        return try uniquely {
            try database.query("SELECT pg_advisory_xact_lock_shared(4242001)")
            let id = try insert(fields)
            try database.query("SELECT portal.grant_to_maker(\(uuid: id), \(uuid: caller.userID), NULL)")
            try database.query("SELECT portal.show_patients(\(uuids: [id]))")
            try audit.record(.patientMade, patient: id)
            guard let made = try record(id) else { throw PortalError.notFound }
            return made
        }
    }

    /// Replaces a patient by a whole document, or changes what a patch names.
    ///
    /// - Parameter matching: is given the revision that would be overwritten, and throws when another was meant.
    /// - Throws: `PortalError.notFound`; 403; 422; 409 `patient.conflict`.
    package func change(
        _ id: String, _ draft: PatientDraft, replacing: Bool, matching: (Int) throws -> Void
    ) throws -> PatientRecord {
        try uniquely {
            try database.query("SELECT pg_advisory_xact_lock_shared(4242001)")
            try rights.require(.editPatients, patient: id)
            let locked = try database.query("SELECT 1 FROM portal.patients WHERE id = \(uuid: id) FOR NO KEY UPDATE")
            guard !locked.isEmpty, let current = try record(id) else { throw PortalError.notFound }
            try matching(current.revision)
            let fields = try fields(draft, replacing ? .replace : .patch, over: current)
            try update(id, fields)
            try database.query("SELECT portal.show_patients(\(uuids: [id]))")
            try note(fields, of: id, over: current)
            guard let changed = try record(id) else { throw PortalError.notFound }
            return changed
        }
    }

    private func fields(
        _ draft: PatientDraft, _ mode: PatientFields.Mode, over current: PatientRecord?
    ) throws -> PatientFields {
        let statuses = Set(try Statuses(database: database).list().map(\.code))
        return try PatientFields(draft, mode, over: current, statuses: statuses, today: Self.tomorrowAtMost())
    }

    /// The latest day that it can be anywhere on Earth now: no one is refused for a time zone.
    private static func tomorrowAtMost() -> CalendarDay {
        var seconds = time(nil) + 14 * 3600
        var parts = tm()
        gmtime_r(&seconds, &parts)
        return CalendarDay(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
            ?? .latest
    }

    private func insert(_ fields: PatientFields) throws -> String {
        let rows = try database.query(
            """
            INSERT INTO portal.patients (patient_id, issuer, last_name, birth_name, first_name, birth_date, sex,
                condition, status, notes, last_visit, extra)
            VALUES (\(fields.patientId), \(fields.issuer), \(fields.lastName), \(fields.birthName),
                \(fields.firstName), \(fields.birthDate), \(fields.sex), \(fields.condition), \(fields.status),
                \(fields.notes), \(fields.lastVisit), \(try fields.extra.text()))
            RETURNING id
            """)
        guard let id = try rows.first?.text(0) else { throw PortalError.notFound }
        return id
    }

    private func update(_ id: String, _ fields: PatientFields) throws {
        try database.execute(
            """
            UPDATE portal.patients SET patient_id = \(fields.patientId), issuer = \(fields.issuer),
                last_name = \(fields.lastName), birth_name = \(fields.birthName), first_name = \(fields.firstName),
                birth_date = \(fields.birthDate), sex = \(fields.sex), condition = \(fields.condition),
                status = \(fields.status), notes = \(fields.notes), last_visit = \(fields.lastVisit),
                extra = \(try fields.extra.text()), revision = revision + 1, updated_at = now()
            WHERE id = \(uuid: id)
            """)
    }

    /// Keeps who changed what; of a status, also from where, to where and why.
    private func note(_ fields: PatientFields, of id: String, over current: PatientRecord) throws {
        let isMoved = fields.status != current.status
        try audit.record(.patientChanged, patient: id, details: isMoved ? ["status": fields.status] : [:])
        guard isMoved || !fields.statusNote.isEmpty else { return }
        try database.execute(
            """
            INSERT INTO portal.status_changes (patient, changed_by, before, after, note)
            VALUES (\(uuid: id), \(uuid: caller.userID), \(current.status), \(fields.status), \(fields.statusNote))
            """)
    }

    private func uniquely<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try database.retryingTransaction(body)
        } catch let error as PostgresError where error.isUniqueViolation {
            throw PortalError.conflict(code: "patient.conflict", field: "patientId")
        }
    }
}
