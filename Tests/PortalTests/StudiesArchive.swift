import Postgres
import Testing

@testable import Portal

/// A portal with rows of studies, series and instances that tests fill in.
///
/// A class, as its reader's sight changes.
final class StudiesArchive {
    /// Sees everything.
    let administrator: Caller
    /// Sees the patients that are granted to its group.
    private(set) var reader: Caller

    private let portal: ScratchPortal
    private let readerID: String
    private let readers: String

    init() throws {
        portal = try ScratchPortal()
        administrator = try portal.caller(portal.user("administrator", in: [portal.group("all", [.view], .all)]))
        readers = try portal.group("readers", [.view])
        readerID = try portal.user("reader", in: [readers])
        reader = try portal.caller(readerID)
    }

    var database: Connection { portal.database }
    var url: String { portal.url }

    /// Grants a patient to the reader's group.
    func grant(_ patientID: String) throws {
        try database.execute(
            "INSERT INTO portal.grants SELECT \(uuid: readers), id FROM portal.patients WHERE patient_id = \(patientID)"
        )
        try database.query("SELECT portal.refresh_scopes(\(uuids: [readers]))")
        reader = try portal.caller(readerID)
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
        let study = try portal.int(
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
        try database.query("SELECT portal.attach_by_rule(ARRAY[\(study)]::bigint[], true, true)")
        return study
    }

    private func addSeries(_ uid: String, to study: Int, _ modality: String, number: Int, _ instances: Int) throws {
        let series = try portal.int(
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
}
