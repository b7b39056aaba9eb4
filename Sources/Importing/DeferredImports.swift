import FoundationEssentials
import HTTPModel
import ObjectStore
import Portal
import Postgres

/// The arguments of the job that runs a deferred import.
struct DeferredImport: Codable {
    let id: String
    /// Of the archive; `nil` for one that was received file by file.
    var file: String?
    let name: String
    let user: String
    let address: String
    let onExisting: String
    /// What the request's token gave.
    let permissions: [String]

    enum CodingKeys: String, CodingKey {
        case id = "import"
        case file, name, user, address, onExisting, permissions
    }
}

extension Imports {
    /// Receives a request's archive and leaves it to the job loop: both it and the job are durable when this returns.
    ///
    /// - Throws: `HTTPError`; 400 for anything but an archive and for a dry run, which nobody would wait for.
    package func take(_ request: Request, _ wish: ImportWish, by caller: Caller) throws {
        let upload = try Upload.receive(request, into: store) { _ in }
        do {
            guard let archive = upload.archive, let user = caller.userID, !wish.options.isDryRun else {
                throw HTTPError.badRequest("import.async", "With 'async' an import is one archive, and no dry run.")
            }
            let name = wish.name ?? upload.name
            let arguments = DeferredImport(
                id: wish.id, file: try store.settle(archive).text, name: name, user: user,
                address: request.remoteAddress, onExisting: wish.options.onExisting.rawValue,
                permissions: caller.permissions.map(\.rawValue).sorted())
            try database.transaction {
                guard try records.begin(wish.id, by: caller, name: name, bytesTotal: upload.length)
                else { throw ImportRefusal.idTaken.httpError }
                try Jobs(database: database).request(Self.jobKind, arguments: try Self.json(arguments))
                // Before the commit: the job loop may be there at once, and must find nobody who runs the import.
                try records.release(wish.id)
            }
        } catch {
            upload.discard()
            throw error
        }
    }

    /// Runs an import that was left to the job loop.
    ///
    /// - Throws: `PostgresError` or `StoreError` when database or store are away: the job is tried again.
    package func resume(_ arguments: [UInt8]) throws {
        let wanted = try JSONDecoder().decode(DeferredImport.self, from: Data(arguments))
        guard try records.hold(wanted.id) else { return }
        guard try records.start(wanted.id) else { return try leave(wanted) }
        let permissions = Set(wanted.permissions.compactMap(Permission.init))
        guard let upload = try upload(of: wanted),
            let caller = try ImportCaller(database: database).find(wanted.user, atMost: permissions)
        else {
            try records.finish(wanted.id, .failed, report: Self.gone)
            return try discard(wanted)
        }
        let progress = ImportProgressRecord(id: wanted.id, records: records)
        do {
            let report = try ImportRun(
                upload, id: wanted.id, database: database, store: store, caller: caller, address: wanted.address,
                aeTitle: aeTitle,
                options: ImportOptions(onExisting: ImportOptions.OnExisting(rawValue: wanted.onExisting) ?? .update),
                progress: progress.advanced
            ).run()
            try end(report, by: caller, address: wanted.address)
        } catch let refusal as ImportRefusal {
            try records.finish(wanted.id, .failed, report: Self.failure(refusal.httpError))
        } catch {
            try? records.release(wanted.id)  // the job comes again; a lost connection has released it already
            throw error
        }
        try discard(wanted)
    }

    /// Gives up an import that was cancelled before it began.
    private func leave(_ wanted: DeferredImport) throws {
        try records.release(wanted.id)
        try discard(wanted)
    }

    /// - Returns: `nil` when what came is gone.
    private func upload(of wanted: DeferredImport) throws -> Upload? {
        guard let file = wanted.file else { return try received(wanted.id, name: wanted.name) }
        guard let key = ObjectKey(file), store.contains(key) else { return nil }
        return try Upload(files: [UploadedFile(name: wanted.name, object: store.spooled(key))])
    }

    /// Removes what came.
    private func discard(_ wanted: DeferredImport) throws {
        guard let file = wanted.file else { return try forgetFiles(of: wanted.id) }
        if let key = ObjectKey(file) { try store.remove(key) }
    }

    /// Keys under `incoming/` that deferred imports wait for.
    package func awaitedFiles() throws -> Set<String> { try records.awaitedFiles() }

    private static let gone =
        #"{"problem": "The file or the account of this import is gone.", "problemCode": "import.gone"}"#
}
