import DICOM
import Postgres

/// A study without a patient, and who it could belong to.
package struct InboxEntry: Sendable, Equatable, Encodable {
    /// What the files themselves say.
    package struct Identity: Sendable, Equatable, Encodable {
        /// As DICOM writes it: groups by `=`, components by `^`.
        package let name: String
        package let patientId: String
        package let issuer: String
        /// `YYYYMMDD`, as it came.
        package let birthDate: String
        package let sex: String
    }

    /// A patient that the study may belong to, and why.
    package struct Suggestion: Sendable, Equatable, Encodable {
        package let patient: String
        package let patientId: String
        package let lastName: String
        package let firstName: String
        @Nullable package private(set) var birthDate: String?
        /// `patientId`, `name`, `birthDate`, or `nearPatientId`, `nearName`, `nearBirthDate` where a slip of the pen lies
        /// between.
        package let reasons: [String]
    }

    package let study: StudyOverview
    package let identity: Identity
    package let receivedAt: String
    package let suggestions: [Suggestion]
}

/// "À rapprocher": studies without a patient that a caller sees.
package struct Inbox {
    let database: Connection
    let caller: Caller
    private let overviews: StudyOverviews
    private let rights: Rights
    private let audit: Audit

    package init(database: Connection, caller: Caller, address: String = "") {
        self.database = database
        self.caller = caller
        overviews = StudyOverviews(database: database, caller: caller)
        rights = Rights(database: database, caller: caller)
        audit = Audit(database: database, actor: caller.userID, address: address)
    }

    /// The newest studies first.
    package func list(_ page: PageRequest) throws -> Page<InboxEntry> {
        let place = try overviews.place(page)
        let keys = try database.query(
            """
            SELECT s.id, s.started FROM portal.studies s WHERE s.patient IS NULL AND \(overviews.isVisible)\(place)
            ORDER BY s.started DESC, s.id DESC LIMIT \(page.limit + 1)
            """, planning: .custom)
        let total = try database.query(
            "SELECT count(*) FROM portal.studies s WHERE s.patient IS NULL AND \(overviews.isVisible)",
            planning: .custom
        ).first?.int(0)
        let shown = keys.prefix(page.limit)
        let next = try keys.count > page.limit ? shown.last.map { Cursor(try $0.text(1), try $0.text(0)).text } : nil
        return Page(items: try entries(try shown.map { try $0.int(0) }), next: next, total: total)
    }

    /// - Throws: `PortalError.notFound` for a study that is absent, hidden or not in the inbox.
    package func find(study uid: String) throws -> InboxEntry {
        let waiting = try database.query(
            "SELECT s.id FROM portal.studies s WHERE s.uid = \(uid) AND s.patient IS NULL AND \(overviews.isVisible)")
        guard let key = try waiting.first?.int(0), let entry = try entries([key]).first else {
            throw PortalError.notFound
        }
        return entry
    }

    /// Gives a waiting study its patient. The files stay as they are.
    ///
    /// - Throws: `PortalError.notFound`; 403; 422 `inbox.patient.unknown`; 409 `study.attached` when it has one already.
    package func attach(study uid: String, to patient: String) throws {
        try database.retryingTransaction {
            let (key, current) = try lock(uid)
            try require(patient, insteadOf: current)
            guard current == nil else { return }
            try database.query("SELECT portal.attach_study(\(key), \(uuid: patient))")
            try audit.record(.studyAttached, patient: patient, study: uid)
        }
    }

    /// Gives a study its patient, and shows it as the patient's file is now. The files stay as they are.
    ///
    /// A study that has this patient already is corrected too.
    ///
    /// - Parameters:
    ///   - identity: another than the file's of now: what an export said.
    ///   - system: of which the instances say that it corrected them.
    /// - Throws: as `attach`.
    package func correct(
        study uid: String, by patient: String, as identity: PatientIdentity? = nil, at system: String
    ) throws {
        try database.retryingTransaction {
            let (key, current) = try lock(uid)
            try require(patient, insteadOf: current)
            guard try StudyCorrections(database: database).correct(key, by: patient, as: identity, at: system)
            else { return }
            if current == nil { try audit.record(.studyAttached, patient: patient, study: uid) }
            try audit.record(.studyCorrected, patient: patient, study: uid)
        }
    }

    private func require(_ patient: String, insteadOf current: String?) throws {
        try rights.requireOnAll(.editPatients)
        guard current == nil || current == patient else { throw PortalError.conflict(code: "study.attached") }
        guard try rights.sees(patient: patient) else { throw PortalError.invalid("patient", "inbox.patient.unknown") }
    }

    /// Puts a study back among those that wait, and takes its correction away.
    ///
    /// - Throws: `PortalError.notFound`; 403.
    package func detach(study uid: String) throws {
        try database.retryingTransaction {
            let (key, current) = try lock(uid)
            try rights.requireOnAll(.editPatients)
            guard let current else { return }
            try database.query("SELECT portal.attach_study(\(key), NULL)")
            try audit.record(.studyDetached, patient: current, study: uid)
        }
    }

    private func lock(_ uid: String) throws -> (key: Int, patient: String?) {
        try database.query("SELECT pg_advisory_xact_lock_shared(4242001)")
        guard let key = try rights.visibleStudy(uid: uid),
            let row = try database.query(
                "SELECT patient FROM portal.studies WHERE id = \(key) FOR NO KEY UPDATE"
            ).first
        else { throw PortalError.notFound }
        return (key, try row.textOrNil(0))
    }

    private func entries(_ keys: [Int]) throws -> [InboxEntry] {
        let studies = try overviews.studies(keys)
        let suggestions = try self.suggestions(for: keys)
        let rows = try database.query(
            """
            SELECT s.id, s.patient_name, s.patient_id, s.issuer, s.birth_date, s.sex, portal.instant(s.created_at)
            FROM unnest(\(keys)::bigint[]) WITH ORDINALITY AS k (id, place) JOIN portal.studies s ON s.id = k.id
            ORDER BY k.place
            """)
        return try zip(studies, rows).map { study, row in
            InboxEntry(
                study: study,
                identity: InboxEntry.Identity(
                    name: try row.text(1), patientId: try row.text(2), issuer: try row.text(3),
                    birthDate: try row.text(4), sex: try row.text(5)),
                receivedAt: try row.text(6), suggestions: suggestions[try row.int(0)] ?? [])
        }
    }
}
