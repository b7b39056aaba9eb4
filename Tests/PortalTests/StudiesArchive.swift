import Glibc
import Postgres
import Testing

@testable import Portal

/// A database of its own with rows that tests fill in, dropped at the end.
///
/// A class, as it owns the database.
final class StudiesArchive {
    struct DatabaseURLIsMissing: Error, CustomStringConvertible {
        let description = "DATABASE_URL must name a PostgreSQL in which tests may make databases (scripts/test does)."
    }

    let database: Connection
    /// Sees everything.
    private(set) var administrator = Caller.stranger
    /// Sees the patients that are granted to its group.
    private(set) var reader = Caller.stranger

    private let server: Connection
    private let name: String

    init() throws {
        guard let url = getenv("DATABASE_URL").map({ String(cString: $0) }) else { throw DatabaseURLIsMissing() }
        name = "studies_\(UInt64.random(in: 0 ... .max))"
        server = try Connection(url: url)
        try server.script("CREATE DATABASE \(name) TEMPLATE template0")
        let isURI = url.contains("://")
        database = try Connection(url: url + (isURI ? (url.contains("?") ? "&" : "?") : " ") + "dbname=\(name)")
        _ = try Migrations(database: database).apply()
        administrator = try account("administrator", seesAll: true)
        reader = try account("reader", seesAll: false)
    }

    deinit {
        database.close()
        do { try server.script("DROP DATABASE \(name) WITH (FORCE)") } catch { print("left behind: \(name)") }
    }

    /// Grants a patient to the reader's group.
    func grant(_ patientID: String) throws {
        try database.execute(
            """
            INSERT INTO portal.grants SELECT g.id, p.id FROM portal.groups g, portal.patients p
            WHERE g.name = 'reader' AND p.patient_id = \(patientID)
            """)
        _ = try database.query(
            "SELECT portal.refresh_scopes(ARRAY(SELECT id FROM portal.groups WHERE name = 'reader'))")
        reader = try caller("reader")
    }

    /// A study with one instance a series; the patient is made from it.
    @discardableResult
    func add(
        _ uid: String, name: String = "", patientID: String = "P", started: String = "2024-01-01 10:00:00",
        accession: String = "", description: String = "", modalities: [String] = ["CT"],
        attributes: String = "{}", instances: Int = 1
    ) throws -> Int {
        let tokens = try FilingNameTokens(database: database).ids(ofNames: [name]).first ?? []
        try database.execute(
            "INSERT INTO portal.modality_sets (modalities) VALUES (\(modalities.sorted())) ON CONFLICT DO NOTHING")
        let study = try number(
            """
            INSERT INTO portal.studies (uid, started, accession, description, patient_name, patient_id, attributes,
                name_tokens, modality_set, series_count, instance_count)
            SELECT \(uid), \(started)::timestamp, \(accession), \(description), \(name), \(patientID),
                \(attributes)::jsonb, \(tokens)::int[], id, \(modalities.count), \(modalities.count * instances)
            FROM portal.modality_sets WHERE modalities = \(modalities.sorted()) RETURNING id
            """)
        for (index, modality) in modalities.enumerated() {
            try addSeries("\(uid).\(index + 1)", to: study, modality, number: index + 1, instances)
        }
        _ = try database.query("SELECT portal.attach_by_rule(ARRAY[\(study)]::bigint[], true, true)")
        return study
    }

    private func addSeries(_ uid: String, to study: Int, _ modality: String, number: Int, _ instances: Int) throws {
        let series = try self.number(
            """
            INSERT INTO portal.series (uid, study_id, modality, number, attributes, instance_count)
            VALUES (\(uid), \(study), \(modality), \(number),
                jsonb_build_object('00080060', jsonb_build_object('vr', 'CS', 'Value', ARRAY[\(modality)::text])),
                \(instances)) RETURNING id
            """)
        for instance in 1...instances {
            try database.execute(
                """
                INSERT INTO portal.instances (uid, series_id, sop_class, number, rows, columns, frame_count,
                    transfer_syntax, attributes, metadata, object_key, size, sha256, data_set_offset, frames)
                VALUES (\("\(uid).\(instance)"), \(series), '1.2.840.10008.5.1.4.1.1.2', \(instance), 512, 256, 1,
                    '1.2.840.10008.1.2.1', '{"00280010": {"vr": "US", "Value": [512]}}', \([UInt8](arrayLiteral: 1, 2)),
                    \("originals/\(uid).\(instance)"), 1000, \([UInt8](repeating: 7, count: 32)), 300, \([UInt8]([9])))
                """)
        }
    }

    private func account(_ name: String, seesAll: Bool) throws -> Caller {
        try database.execute("INSERT INTO portal.users (email) VALUES (\(name))")
        try database.execute(
            "INSERT INTO portal.groups (name, permissions, scope_all) VALUES (\(name), '{view}', \(seesAll))")
        try database.execute(
            """
            INSERT INTO portal.members SELECT u.id, g.id FROM portal.users u, portal.groups g
            WHERE u.email = \(name) AND g.name = \(name)
            """)
        _ = try database.query("SELECT portal.assign_scope(id) FROM portal.users WHERE email = \(name)")
        return try caller(name)
    }

    private func caller(_ name: String) throws -> Caller {
        let row = try #require(try database.query("SELECT id, scope_id FROM portal.users WHERE email = \(name)").first)
        return Caller(userID: try row.text(0), scopeID: try row.int(1), permissions: [.view])
    }

    private func number(_ sql: SQL) throws -> Int { try #require(try database.query(sql).first).int(0) }
}
