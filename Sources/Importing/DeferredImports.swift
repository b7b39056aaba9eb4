import FoundationEssentials
import HTTPModel
import ObjectStore
import Portal
import Postgres

/// The arguments of the job that runs a deferred import.
struct DeferredImport: Codable {
    let id: String
    let file: String
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
        let permissions = Set(wanted.permissions.compactMap(Permission.init))
        guard let key = ObjectKey(wanted.file), store.contains(key),
            let caller = try ImportCaller(database: database).find(wanted.user, atMost: permissions)
        else { return try records.finish(wanted.id, .failed, report: Self.gone) }
        let upload = try Upload(files: [UploadedFile(name: wanted.name, object: store.spooled(key))])
        let progress = ImportProgressRecord(id: wanted.id, records: records)
        do {
            let report = try ImportRun(
                upload, id: wanted.id, database: database, store: store, caller: caller, address: wanted.address,
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
        upload.discard()
    }

    /// Keys under `incoming/` that deferred imports wait for.
    package func awaitedFiles() throws -> Set<String> { try records.awaitedFiles() }

    private static let gone =
        #"{"problem": "The file or the account of this import is gone.", "problemCode": "import.gone"}"#
}
