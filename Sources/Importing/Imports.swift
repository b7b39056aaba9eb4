import FoundationEssentials
import Glibc
import HTTPModel
import ObjectStore
import Portal
import Postgres

/// Takes imports in, runs them and keeps their records.
package struct Imports {
    /// The job that runs an import which was only taken in.
    package static let jobKind = "import.run"

    let database: Connection
    let store: DirectoryStore
    let records: ImportRecords
    let aeTitle: String

    /// - Parameter aeTitle: what instances say that corrected them.
    package init(database: Connection, store: DirectoryStore, aeTitle: String = Settings.defaultAETitle) {
        self.database = database
        self.store = store
        self.aeTitle = aeTitle
        records = ImportRecords(database: database)
    }

    /// Receives a request's files and stores them.
    ///
    /// - Throws: `HTTPError` when the whole import is refused; `PostgresError` or `StoreError` when database or store
    ///   are away: what was stored before stays, and the same import again goes on from there.
    package func run(_ request: Request, _ wish: ImportWish, by caller: Caller) throws -> ImportReport {
        try recorded(wish, by: caller, at: request.remoteAddress, length: request.body.declaredLength ?? 0) {
            progress in
            let upload = try Upload.receive(request, into: store) { try progress.received($0) }
            defer { upload.discard() }
            try progress.named(wish.name ?? upload.name)
            return try ImportRun(
                upload, id: wish.id, database: database, store: store, caller: caller, address: request.remoteAddress,
                aeTitle: aeTitle, options: wish.options, progress: progress.advanced
            ).run()
        }
    }

    /// Stores files that are there already, for the command line.
    ///
    /// - Parameter tell: is told how far it is.
    package func run(
        _ upload: Upload, _ wish: ImportWish, by caller: Caller, tell: @escaping (ImportProgress) -> Void
    ) throws -> ImportReport {
        try recorded(wish, by: caller, at: "", length: upload.length) { progress in
            defer { upload.discard() }
            return try ImportRun(
                upload, id: wish.id, database: database, store: store, caller: caller, address: "",
                aeTitle: aeTitle, options: wish.options
            ) {
                tell($0)
                try progress.advanced($0)
            }.run()
        }
    }

    /// Marks imports whose process is gone.
    package func markInterrupted() throws { try records.markInterrupted() }

    /// Runs `body` between the first and the last word of the import's record. A dry run leaves none.
    private func recorded(
        _ wish: ImportWish, by caller: Caller, at address: String, length: Int,
        _ body: (ImportProgressRecord) throws -> ImportReport
    ) throws -> ImportReport {
        let isRecorded = !wish.options.isDryRun
        if isRecorded {
            try records.markInterrupted()
            guard try records.begin(wish.id, by: caller, name: wish.name ?? "", bytesTotal: length) else {
                throw ImportRefusal.idTaken.httpError
            }
        }
        let progress = ImportProgressRecord(id: wish.id, records: isRecorded ? records : nil)
        do {
            let report = try body(progress)
            if isRecorded { try end(report, by: caller, address: address) }
            return report
        } catch {
            let refusal = (error as? ImportRefusal)?.httpError ?? error
            // The database itself may be what failed; the record is then marked when it is back.
            if isRecorded { try? records.finish(wish.id, .failed, report: try Self.failure(refusal as? HTTPError)) }
            throw refusal
        }
    }

    /// Writes the last word of an import, and that it happened.
    func end(_ report: ImportReport, by caller: Caller, address: String) throws {
        let counts = report.counts
        try database.transaction {
            try records.finish(
                report.id, report.state == "cancelled" ? .cancelled : .done, report: try Self.json(report))
            try ImportUndo(database: database, caller: caller).remember(
                report.id,
                patients: report.patients.compactMap { patient in
                    guard let key = patient.id, [.created, .updated].contains(patient.action) else { return nil }
                    return (key, patient.action.rawValue)
                })
            try Audit(database: database, actor: caller.userID, address: address).record(
                .importEnded,
                details: [
                    "import": report.id, "files": "\(counts.files)", "stored": "\(counts.stored)",
                    "conflict": "\(counts.conflict)", "patients": "\(report.patients.count)",
                ])
        }
    }

    /// The report of an import that stored nothing more; without a refusal it is not the sender's fault.
    static func failure(_ refusal: HTTPError?) throws -> String {
        try json([
            "problem": refusal?.message ?? "The import could not go on.", "problemCode": refusal?.code ?? "internal",
        ])
    }

    static func json(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
}

/// Writes progress to the import's record, at most twice a second.
///
/// A class, because it remembers when it last wrote.
final class ImportProgressRecord {
    /// In seconds; a cancelled import goes on so long at most.
    private static let pause = 0.1

    private let id: String
    private let records: ImportRecords?
    private var last = 0.0

    init(id: String, records: ImportRecords?) {
        self.id = id
        self.records = records
    }

    func named(_ name: String) throws { try records?.name(id, name) }

    func received(_ bytes: Int) throws {
        guard isDue() else { return }
        try records?.receive(id, bytes: bytes)
    }

    /// - Throws: `ImportStopped` when somebody cancelled the import.
    func advanced(_ progress: ImportProgress) throws {
        guard let records, isDue() else { return }
        let counts = String(decoding: try JSONEncoder().encode(progress.counts), as: UTF8.self)
        let isWanted = try records.advance(
            id, bytesDone: progress.bytesDone, bytesTotal: progress.bytesTotal, counts: counts)
        guard isWanted else { throw ImportStopped() }
    }

    private func isDue() -> Bool {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let seconds = Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
        guard seconds - last >= Self.pause else { return false }
        last = seconds
        return true
    }
}
