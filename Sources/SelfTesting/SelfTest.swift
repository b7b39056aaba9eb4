import ObjectStore
import Portal
import Postgres
import SyntheticImages

/// Sends a synthetic study through each door, finds and shows it as a program would, and removes it.
package struct SelfTest {
    private let settings: Settings
    private let database: Connection
    private let store: DirectoryStore
    private let record: SelfTests
    private let traces: SelfTestTraces

    package init(settings: Settings, database: Connection, store: DirectoryStore) {
        (self.settings, self.database, self.store) = (settings, database, store)
        record = SelfTests(database: database)
        traces = SelfTestTraces(database: database)
    }

    /// Does the self-test of this id and writes down each step. Run again after a crash, it begins from the start.
    package func run(_ id: String) throws {
        guard let order = try record.take(id) else { return }
        let studies = Door.allCases.map { ($0, SyntheticSeries.selfTest(seed: order.seed, name: $0.rawValue)) }
        try removeAll(id, order, studies)
        if let user = order.user {
            let steps = Steps { try record.add($0, to: id) }
            let web = WebClient(place: settings.front, token: try traces.makeToken(for: user, test: id))
            try front(web, steps)
            for (door, study) in studies { try test(door, study, web, id, steps) }
        }
        try removeAll(id, order, studies)
        try record.finish(id)
    }

    private func front(_ web: WebClient, _ steps: Steps) throws {
        for (name, target) in [
            ("front.functions", "/api/session"), ("front.pages", "/fr/"), ("front.viewer", "/viewer/"),
        ] {
            try steps.take(name) { try expect(web.send("GET", target), 200) }
        }
        try steps.take("front.uploads") { try uploadInPieces(web) }
    }

    /// An import that is interrupted, asks how far its file is, goes on from there, and is given up.
    private func uploadInPieces(_ web: WebClient) throws {
        let (file, type) = ([UInt8](repeating: 7, count: 1000), "application/octet-stream")
        let wanted = #"{"name":"\#(SelfTestTraces.importName)","files":[{"path":"a.dcm","size":\#(file.count)}]}"#
        let begun = try web.send("POST", "/api/imports", type: "application/json", body: Array(wanted.utf8))
        try expect(begun, 201)
        guard let place = begun.headers["location"] else { throw SelfTestFailure("the import has no address") }
        try expect(web.send("PUT", "\(place)/files/0", type: type, body: Array(file[..<600])), 204)
        let asked = try web.send("HEAD", "\(place)/files/0")
        guard asked.headers["upload-offset"] == "600" else { throw SelfTestFailure("what was sent is not there") }
        try expect(
            web.send(
                "PUT", "\(place)/files/0", type: type, headers: ["Upload-Offset": "600"], body: Array(file[600...])),
            204)
        try expect(web.send("POST", "\(place)/cancel", type: "application/json", body: Array("{}".utf8)), 204)
    }

    private func test(
        _ door: Door, _ study: SyntheticSeries, _ web: WebClient, _ id: String, _ steps: Steps
    ) throws {
        let sent = try Sent(study)
        let name = door.rawValue
        var isThere = try steps.take("\(name).store") {
            switch door {
            case .web:
                try expect(web.send("POST", "/dicomweb/studies", type: sent.relatedType, body: sent.related), 200)
            case .dicom: try send(sent)
            case .import:
                let target = "/api/patients/import?name=\(SelfTestTraces.importName)&id=\(id)"
                try expect(web.send("POST", target, type: "application/dicom", body: sent.file, seconds: 60), 200)
            }
        }
        isThere = try steps.take("\(name).find", if: isThere) {
            guard try sent.isFound(by: web) else { throw SelfTestFailure("the study is not found") }
        }
        for look in Look.allCases {
            try steps.take("\(name).\(look.rawValue)", if: isThere) { try sent.check(look, by: web) }
        }
        try steps.take("\(name).remove", if: isThere) {
            try remove(study)
            guard try !sent.isFound(by: web) else { throw SelfTestFailure("the study is still found") }
        }
    }

    /// Through the receiver, as a sender that is known for as long as this takes.
    private func send(_ sent: Sent) throws {
        let socket = try ClientSocket(settings.receiver)
        let isLocal = socket.address.hasPrefix("127.") || socket.address == "::1"
        _ = try Senders(database: database).meet(
            aeTitle: SelfTestTraces.aeTitle, address: isLocal ? "127.0.0.1" : socket.address, allowsUnknown: true)
        let peer = try StorageUser(
            socket, calling: SelfTestTraces.aeTitle, called: settings.aeTitle, storing: sent.image.sopClassUID)
        try peer.echo()
        try peer.store(sent.file, sopClass: sent.image.sopClassUID, sopInstance: sent.image.sopInstanceUID)
        try peer.release()
    }

    private func removeAll(_ id: String, _ order: SelfTests.Order, _ studies: [(Door, SyntheticSeries)]) throws {
        for (_, study) in studies { try remove(study) }
        try traces.removeRest(
            test: id, patientID: SyntheticSeries.selfTestPatientID(seed: order.seed), imported: id)
    }

    private func remove(_ study: SyntheticSeries) throws {
        for key in try traces.remove(study: study.studyInstanceUID).compactMap(ObjectKey.init) {
            try store.remove(key)
            try store.remove(key.marker)
        }
    }
}

/// The ways in.
enum Door: String, CaseIterable { case web, dicom, `import` }

/// The ways to see what is stored.
enum Look: String, CaseIterable { case metadata, frame, rendered, thumbnail }

/// - Throws: `SelfTestFailure` when another status came.
func expect(_ answer: WebClient.Answer, _ status: Int) throws(SelfTestFailure) {
    guard answer.status == status else { throw SelfTestFailure("HTTP \(answer.status)") }
}

/// Takes steps, measures them and writes them down.
struct Steps {
    let note: (SelfTests.Step) throws -> Void

    /// - Parameter precondition: whether what the step needs is there; else it is skipped.
    /// - Returns: whether it went well.
    @discardableResult
    func take(_ name: String, if precondition: Bool = true, _ step: () throws -> Void) throws -> Bool {
        guard precondition else {
            try note(SelfTests.Step(name: name, outcome: .skipped, milliseconds: 0))
            return false
        }
        let began = ContinuousClock.now
        var detail = ""
        var outcome = SelfTests.Step.Outcome.passed
        do { try step() } catch {
            outcome = .failed
            detail = (error as? SelfTestFailure)?.description ?? "\(type(of: error))"
        }
        let taken = (ContinuousClock.now - began).components
        let milliseconds = Int(taken.seconds) * 1000 + Int(taken.attoseconds / 1_000_000_000_000_000)
        try note(SelfTests.Step(name: name, outcome: outcome, milliseconds: milliseconds, detail: detail))
        return outcome == .passed
    }
}
