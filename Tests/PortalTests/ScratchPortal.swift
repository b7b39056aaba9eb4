import Glibc
import Postgres
import Testing

@testable import Portal

/// A portal's database of its own, migrated and empty, dropped at the end.
///
/// A class, as it owns the database.
final class ScratchPortal {
    struct DatabaseURLIsMissing: Error, CustomStringConvertible {
        let description = "DATABASE_URL must name a PostgreSQL in which tests may make databases (scripts/test does)."
    }

    let url: String
    let database: Connection
    private let server: Connection
    private let name = "portal_\(UInt64.random(in: 0 ... .max))"

    init(migrated: Bool = true) throws {
        guard let base = getenv("DATABASE_URL").map({ String(cString: $0) }) else { throw DatabaseURLIsMissing() }
        server = try Connection(url: base)
        try server.script("CREATE DATABASE \(name) TEMPLATE template0")
        url = "\(base)\(base.contains("://") ? (base.contains("?") ? "&" : "?") : " ")dbname=\(name)"
        database = try Connection(url: url)
        if migrated { _ = try Migrations(database: database).apply() }
    }

    deinit {
        database.close()
        do { try server.script("DROP DATABASE \(name) WITH (FORCE)") } catch { print("left behind: \(name)") }
    }

    var groups: Groups { Groups(database: database, caller: .atTheMachine) }
    var accounts: Accounts { Accounts(database: database, caller: .atTheMachine) }
    var patients: Patients { Patients(database: database, caller: .atTheMachine) }

    var deletions: Deletions { Deletions(database: database, caller: .atTheMachine) }
    var merging: Merging { Merging(database: database, caller: .atTheMachine) }

    func text(_ sql: SQL) throws -> String { try #require(try database.query(sql).first).text(0) }
    func int(_ sql: SQL) throws -> Int { try #require(try database.query(sql).first).int(0) }

    /// - Returns: the id.
    func group(_ name: String, _ permissions: [Permission], _ scope: GroupRecord.Scope = .granted) throws -> String {
        try groups.make(
            GroupDraft(
                name: .set(name), permissions: .set(permissions.map(\.rawValue)), scope: .set(scope.rawValue))
        ).id
    }

    /// An account that cannot sign in: no time is spent on a password.
    func user(_ name: String, in groups: [String] = [], patient: String? = nil) throws -> String {
        let id = try text(
            "INSERT INTO portal.users (email, patient) VALUES (\("\(name)@example.org"), \(uuid: patient)) RETURNING id"
        )
        for group in groups { try database.execute("INSERT INTO portal.members VALUES (\(uuid: id), \(uuid: group))") }
        try database.query("SELECT portal.assign_scope(\(uuid: id))")
        return id
    }

    /// The caller that a session of this account makes.
    func caller(_ user: String) throws -> Caller {
        let client = SignIn.Client(address: "test")
        let (token, _) = try Sessions(database: database).make(.session, for: user, client: client)
        return try #require(try Sessions(database: database).caller(token: token))
    }

    /// - Returns: the id.
    func patient(_ patientId: String, last: String = "Dupont", first: String = "", born: String? = nil) throws -> String
    {
        var draft = PatientDraft()
        draft.patientId = .set(patientId)
        draft.lastName = .set(last)
        draft.firstName = .set(first)
        draft.birthDate = born.map { .set($0) } ?? .clear
        return try patients.make(draft).id
    }

    /// - Returns: the study's key. It waits for a patient unless one is given.
    func study(
        _ uid: String, patientId: String = "", name: String = "", born: String = "", broughtBy user: String? = nil,
        sender: String? = nil, patient: String? = nil, started: String = "2024-05-06 07:08:09"
    ) throws -> Int {
        let key = try int(
            """
            INSERT INTO portal.studies (uid, patient_id, patient_name, birth_date, brought_by, sender, patient, started,
                description, accession, name_tokens, attributes)
            VALUES (\(uid), \(patientId), \(name), \(born), \(uuid: user), \(uuid: sender), \(uuid: patient),
                \(started), 'Épaule', \("A\(uid)"), ARRAY[7, \(uid.utf8.count)],
                jsonb_build_object('00081080', jsonb_build_object('vr', 'LO', 'Value', ARRAY[\(uid)::text, 'other'])))
            RETURNING id
            """)
        try database.query("SELECT portal.show_studies(ARRAY[\(key)]::bigint[])")
        if let patient { try database.query("SELECT portal.show_patients(\(uuids: [patient]))") }
        return key
    }

    func sender(_ title: String, group: String? = nil) throws -> String {
        let id = try Senders(database: database).meet(aeTitle: title, address: "::1", allowsUnknown: true).id
        if let group { try Senders(database: database).change(id, allowed: nil, charset: nil, group: .set(group)) }
        return id
    }

    /// The UIDs of the studies that an account sees.
    func visibleStudies(_ user: String) throws -> [String] {
        try database.query(
            """
            SELECT s.uid FROM portal.visible_studies v JOIN portal.studies s ON s.id = v.study_id
                JOIN portal.users u ON u.scope_id = v.scope_id
            WHERE u.id = \(uuid: user) ORDER BY s.uid
            """
        ).map { try $0.text(0) }
    }

    /// The trade's ids of the patients that an account sees.
    func visiblePatients(_ user: String) throws -> [String] {
        try database.query(
            """
            SELECT p.patient_id FROM portal.visible_patients v JOIN portal.patients p ON p.id = v.patient
                JOIN portal.users u ON u.scope_id = v.scope_id
            WHERE u.id = \(uuid: user) ORDER BY p.patient_id
            """
        ).map { try $0.text(0) }
    }
}
