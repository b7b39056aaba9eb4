import FunctionRuntime
import Glibc
import HTTPModel
import Portal

/// Says how much is stored, how it grew, and how much room is left.
struct ShowStorage: Function {
    static let route: Route = "GET /api/stats"
    static let access: Access = .permission("administer")

    private struct Disk: Encodable {
        let free: Int
        let total: Int
    }

    private struct Shown: Encodable {
        let originals: Storage.Amount
        let conflicts: Storage.Amount
        /// Null until it was counted.
        @Nullable var derived: Storage.Folder?
        @Nullable var incoming: Storage.Folder?
        /// In bytes.
        let database: Int
        @Nullable var disk: Disk?
        let growth: [Storage.Day]
    }

    func respond(to request: Request, in context: Context) throws -> Response {
        try Rights(database: context.database, caller: context.caller).requireOnAll(.administer)
        let storage = Storage(database: context.database)
        let growth = try storage.growth()
        return try request.answer(
            Shown(
                originals: Storage.Amount(files: growth.last?.files ?? 0, bytes: growth.last?.bytes ?? 0),
                conflicts: storage.conflicts(), derived: storage.folder("derived"),
                incoming: storage.folder("incoming"), database: storage.databaseSize(),
                disk: Self.disk(of: context.store.root), growth: growth))
    }

    /// The file system below a folder.
    private static func disk(of folder: String) -> Disk? {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return nil }
        let block = Int(status.f_frsize)
        return Disk(free: Int(status.f_bavail) * block, total: Int(status.f_blocks) * block)
    }
}
