import DICOM
import Postgres
import Testing

@testable import Portal

struct CorrectionsTests {
    private let portal: ScratchPortal
    private let clerk: Caller
    private let patient: String

    init() throws {
        portal = try ScratchPortal()
        clerk = try portal.caller(
            try portal.user("clerk", in: [try portal.group("clerks", [.view, .editPatients], .all)]))
        patient = try portal.patient("P1", last: "Müller", first: "Zoë", born: "1980-04-03")
        try add()
    }

    private var inbox: Inbox { Inbox(database: portal.database, caller: clerk) }

    private func add() throws {
        let key = try portal.study("1.1", patientId: "X9", name: "Wrong^Name", born: "19990101")
        try portal.database.execute(
            """
            UPDATE portal.studies SET attributes = '{"00100010": {"vr": "PN", "Value": [{"Alphabetic": "Wrong^Name"}]},
                "00081030": {"vr": "LO", "Value": ["Thorax"]}}', name_tokens = '{3,1,2}' WHERE id = \(key)
            """)
        try portal.database.execute(
            "INSERT INTO portal.series (uid, study_id, attributes) VALUES ('1.1.1', \(key), '{}')")
    }

    /// All that a correction may change, and nothing else.
    private func study() throws -> [String] {
        let row = try portal.database.query(
            """
            SELECT concat_ws('|', patient_name, patient_id, issuer, birth_date, sex, name_tokens), s.attributes,
                concat_ws('|', s.revision, e.revision), coalesce(overlay ->> 'revision', '')
            FROM portal.studies s JOIN portal.series e ON e.study_id = s.id
            """)[0]
        return try (0..<4).map { try row.text($0) }
    }

    @Test func aCorrectedStudyIsListedUnderItsPatient() throws {
        try inbox.correct(study: "1.1", by: patient, at: "PORTAL")
        let shown = try study()
        #expect(shown[0].hasPrefix("Müller^Zoë|P1||19800403||{"))
        #expect(shown[1].contains("Müller^Zoë") && shown[1].contains("ISO_IR 192") && shown[1].contains("Thorax"))
        #expect(shown[2...] == ["2|2", "1"])
        #expect(try portal.text("SELECT name FROM portal.visible_studies WHERE scope_id = 1") == "muller^zoe")
        #expect(try portal.text("SELECT patient_id FROM portal.visible_studies WHERE scope_id = 1") == "P1")
        #expect(
            try portal.text("SELECT string_agg(action, ' ' ORDER BY id) FROM portal.audit WHERE study = '1.1'")
                == "study.attached study.corrected")
        try expectListsAreRight(portal)
    }

    @Test func itGoesWhenTheStudyLeavesThePatientAndTheOriginalIsThereAgain() throws {
        let before = try study()
        try inbox.correct(study: "1.1", by: patient, at: "PORTAL")
        try inbox.detach(study: "1.1")
        #expect(try study() == [before[0], before[1], "3|3", ""])
        #expect(try inbox.find(study: "1.1").identity.name == "Wrong^Name")
        try inbox.correct(study: "1.1", by: patient, at: "PORTAL")
        #expect(try study()[2...] == ["4|4", "2"])
        try portal.deletions.delete(patient: patient) { _ in }
        let deletion = try #require(try portal.deletions.list(PageRequest()).items.first)
        try portal.deletions.restore(deletion.id)
        #expect(try study()[2...] == ["4|4", "2"], "a deletion that is undone has changed nothing")
        try expectListsAreRight(portal)
    }

    @Test func itIsASnapshotUntilItIsTakenAgain() throws {
        try inbox.correct(study: "1.1", by: patient, at: "PORTAL")
        let shown = try study()
        try inbox.correct(study: "1.1", by: patient, at: "PORTAL")
        #expect(try study() == shown)
        try portal.database.execute("UPDATE portal.patients SET last_name = 'Meier', sex = 'F'")
        #expect(try study() == shown)
        try inbox.correct(study: "1.1", by: patient, at: "PORTAL")
        #expect(try study()[0].hasPrefix("Meier^Zoë|P1||19800403|F|"))
        #expect(try portal.text("SELECT original ->> 'name' FROM portal.studies") == "Wrong^Name")
    }

    @Test func whatIsAttachedCanBeCorrectedLaterAndOnlyByItsPatient() throws {
        let before = try study()
        try inbox.attach(study: "1.1", to: patient)
        #expect(try study() == before)
        let other = try portal.patient("P2")
        #expect(throws: PortalError.conflict(code: "study.attached")) {
            try inbox.correct(study: "1.1", by: other, at: "PORTAL")
        }
        try inbox.correct(study: "1.1", by: patient, at: "PORTAL")
        #expect(try study()[0] != before[0])
    }

    @Test func whoEditsSomePatientsOnlyCorrectsNothing() throws {
        let user = try portal.user("u", in: [try portal.group("g", [.view, .editPatients])])
        try portal.database.execute("UPDATE portal.studies SET brought_by = \(uuid: user)")
        try portal.database.query("SELECT portal.assign_scope(\(uuid: user)), portal.show_studies(ARRAY[1]::bigint[])")
        let theirs = Inbox(database: portal.database, caller: try portal.caller(user))
        #expect(throws: PortalError.forbidden(code: "permission.missing", details: ["permission": "editPatients"])) {
            try theirs.correct(study: "1.1", by: patient, at: "PORTAL")
        }
    }

    @Test func whoeverFilesMeetsTheIdentityOfTheFiles() throws {
        try inbox.correct(study: "1.1", by: patient, at: "PORTAL")
        let standing = try StudyFiling(database: portal.database)
            .standings(of: ["1.1"], for: Filer(kind: .portal, mayCreatePatients: false))["1.1"]
        #expect(standing?.patientName == "Wrong^Name" && standing?.patientID == "X9")
    }

    @Test func metadataComeWithTheirCorrection() throws {
        let retrieval = StudyRetrieval(database: portal.database)
        try portal.database.execute(
            """
            INSERT INTO portal.instances (uid, series_id, sop_class, transfer_syntax, attributes, metadata, object_key,
                size, sha256, data_set_offset)
            SELECT '1.1.1.1', id, '1.2', '1.2', '{}', '', 'k', 1, '\\x07', 1 FROM portal.series
            """)
        func found() throws -> (RetrievedInstance, RetrievedMetadata, SeriesMetadata) {
            (
                try #require(try retrieval.instance("1.1.1.1", for: clerk)),
                try #require(try retrieval.metadata(ofInstance: "1.1.1.1", of: "1.1.1", in: "1.1", for: clerk)),
                try #require(try retrieval.metadata(ofSeries: 1))
            )
        }
        let sender = try portal.sender("OLD_CT")
        try portal.database.execute("UPDATE portal.senders SET charset = 'ISO_IR 126' WHERE id = \(uuid: sender)")
        try portal.database.execute("UPDATE portal.studies SET sender = \(uuid: sender)")
        #expect(try found().0.correction == nil && found().0.version == "07" && found().1.version == "07")
        try inbox.correct(study: "1.1", by: patient, at: "PORTAL")
        let (instance, metadata, series) = try found()
        let correction = try #require(instance.correction)
        #expect(correction.identity.name == "Müller^Zoë" && correction.system == "PORTAL" && correction.revision == 1)
        #expect(correction.characterSet == "ISO_IR 126")
        #expect(correction.dateTime.wholeMatch(of: /\d{14}\+0000/) != nil)
        #expect(instance.version == "07.1" && metadata.version == "07.1")
        #expect(metadata.correction == correction && series.correction == correction && series.revision == 2)
    }
}
