import HTTPModel
import ObjectStore
import Portal
import Postgres

/// What `POST /api/imports` asks for.
package struct ImportAnnouncement: Decodable, Sendable {
    package let name: String?
    package let onExisting: String?
    package let files: [ImportFiles.Declared]
}

/// Files that an import shall bring as well.
package struct MoreFiles: Decodable, Sendable {
    package let files: [ImportFiles.Declared]
}

/// What `POST /api/imports` and the commit answer.
package struct ImportState: Encodable, Sendable, Equatable {
    package let id: String
    package let state: String
    package var files: Int?
}

/// Imports whose files come one by one, each in pieces, and that survive whatever dies meanwhile.
extension Imports {
    /// In one request.
    private static let mostAnnounced = 20_000
    /// In one import.
    private static let mostFiles = 100_000
    /// Of one file, in bytes.
    private static let longestFile = 64 << 30
    /// Of a file's path, in bytes.
    private static let longestPath = 4096

    /// - Parameter quota: what all imports that are being received may hold together, in bytes.
    /// - Throws: 400, 422 for files that cannot be; 507 `import.quota`.
    package func begin(_ wanted: ImportAnnouncement, by caller: Caller, quota: Int) throws -> ImportState {
        let onExisting = wanted.onExisting ?? ImportOptions.OnExisting.update.rawValue
        guard ImportOptions.OnExisting(rawValue: onExisting) != nil else {
            throw HTTPError(
                422, "import.onExisting", "'onExisting' is update, skip or fail.", field: "onExisting")
        }
        let id = ObjectKey.randomName()
        try database.transaction {
            try records.beginReceiving(id, by: caller, name: wanted.name ?? "", onExisting: onExisting)
            try declare(wanted.files, for: id, quota: quota)
        }
        return ImportState(id: id, state: "receiving", files: wanted.files.count)
    }

    /// - Throws: as `begin`; 404; 409 `import.notReceiving`.
    package func add(_ more: MoreFiles, to id: String, by caller: Caller, quota: Int) throws -> ImportState {
        try database.transaction {
            try requireReceiving(id, by: caller)
            try declare(more.files, for: id, quota: quota)
            return ImportState(id: id, state: "receiving", files: try arriving.count(id))
        }
    }

    private func declare(_ new: [ImportFiles.Declared], for id: String, quota: Int) throws {
        guard new.count <= Self.mostAnnounced else { throw Self.tooMany(Self.mostAnnounced) }
        guard try new.count + arriving.count(id) <= Self.mostFiles else { throw Self.tooMany(Self.mostFiles) }
        for (place, file) in new.enumerated() {
            guard !file.path.isEmpty, file.path.utf8.count <= Self.longestPath, !file.path.utf8.contains(0) else {
                throw HTTPError(
                    422, "import.path", "A file needs a path of 1 to 4096 bytes.", field: "files[\(place)].path")
            }
            guard (0...Self.longestFile).contains(file.size) else {
                throw HTTPError(
                    422, "import.fileSize", "A file has 0 to \(Self.longestFile) bytes.",
                    field: "files[\(place)].size", details: ["limit": "\(Self.longestFile)"])
            }
        }
        let bytes = new.reduce(0) { $0 + $1.size }
        guard try arriving.declaredBytes() + bytes <= quota else {
            throw HTTPError(
                507, "import.quota", "The imports that are being received would hold more than \(quota) bytes.",
                details: ["limit": "\(quota)"])
        }
        try arriving.declare(new, for: id)
    }

    private static func tooMany(_ limit: Int) -> HTTPError {
        HTTPError(
            422, "import.tooManyFiles", "At most \(limit) files can be announced.", field: "files",
            details: ["limit": "\(limit)"])
    }

    /// Marks files whose bytes the caller sees in the store: they need not be sent.
    ///
    /// - Returns: their numbers.
    /// - Throws: 404; 409 `import.notReceiving`; 422 `import.sha256`.
    package func recognise(_ hashes: [FileHash], of id: String, for caller: Caller) throws -> [Int] {
        let decoded = try hashes.enumerated().map { place, hash in
            guard let bytes = hash.bytes, let n = Int32(exactly: hash.n) else {
                throw HTTPError(
                    422, "import.sha256", "A file needs its number and 64 hexadecimal digits.",
                    field: "files[\(place)].sha256")
            }
            return (n: Int(n), sha256: bytes)
        }
        return try database.transaction {
            try requireReceiving(id, by: caller)
            return try arriving.recognise(decoded, of: id, for: caller)
        }
    }

    /// Leaves the import to the job loop. A second time it says only how far that is.
    ///
    /// - Parameters:
    ///   - isPartial: whether files may be missing.
    ///   - onExisting: in place of what was said at the beginning.
    /// - Throws: 404; 400 `import.empty`; 409 `import.incomplete`, `import.notReceiving`.
    package func commit(
        _ id: String, isPartial: Bool, onExisting: ImportOptions.OnExisting? = nil, by caller: Caller,
        at address: String
    ) throws -> ImportState {
        try database.transaction {
            guard let held = try records.lock(id, for: caller), held.isOwn, let user = caller.userID else {
                throw HTTPError.notFound
            }
            if [.waiting, .running, .done].contains(held.state) {
                return ImportState(id: id, state: held.state.rawValue)
            }
            guard held.state == .receiving else { throw Self.notReceiving }
            try requireFiles(of: id, isPartial: isPartial)
            let arguments = DeferredImport(
                id: id, name: held.name, user: user, address: address,
                onExisting: onExisting?.rawValue ?? held.onExisting,
                permissions: caller.permissions.map(\.rawValue).sorted())
            try records.change(id, to: .waiting)
            try Jobs(database: database).request(Self.jobKind, arguments: try Self.json(arguments))
            return ImportState(id: id, state: "waiting")
        }
    }

    private func requireFiles(of id: String, isPartial: Bool) throws {
        guard try arriving.count(id) > 0 else { throw ImportRefusal.empty.httpError }
        let missing = try arriving.missing(id)
        guard isPartial || missing == 0 else {
            throw HTTPError(
                409, "import.incomplete", "\(missing) files have not come whole.", details: ["missing": "\(missing)"])
        }
    }

    /// Says what committing would do; nothing is stored.
    ///
    /// - Parameter onExisting: in place of what was said at the beginning.
    /// - Throws: as `commit`; 400, 422 when the whole import would be refused.
    package func rehearse(
        _ id: String, onExisting: ImportOptions.OnExisting?, by caller: Caller
    ) throws -> ImportReport {
        let held = try database.transaction { try requireReceiving(id, by: caller) }
        try requireFiles(of: id, isPartial: false)
        let choice = onExisting ?? ImportOptions.OnExisting(rawValue: held.onExisting) ?? .update
        do {
            return try ImportRun(
                try received(id, name: held.name), id: id, database: database, store: store, caller: caller,
                address: "", options: ImportOptions(onExisting: choice, isDryRun: true)
            ).run()
        } catch let refusal as ImportRefusal {
            throw refusal.httpError
        }
    }

    /// Ends an import: what was received goes, what was stored stays.
    ///
    /// - Throws: 404; 409 `import.ended`.
    package func cancel(_ id: String, by caller: Caller) throws {
        let former = try database.transaction {
            guard let held = try records.lock(id, for: caller) else { throw HTTPError.notFound }
            guard held.state.isOpen || held.state == .cancelled else {
                throw HTTPError(409, "import.ended", "The import has ended; it cannot be cancelled any more.")
            }
            if held.state.isOpen { try records.change(id, to: .cancelled) }
            return held.state
        }
        // Whoever runs it removes them when it has stopped.
        if former != .running { try forgetFiles(of: id) }
    }

    /// Cancels imports of which nothing came for a week, and removes what ended ones left.
    package func tidy() throws {
        for id in try records.silent(days: 7) { try cancel(id, by: .atTheMachine) }
        for id in try arriving.leftOver() { try forgetFiles(of: id) }
    }

    /// - Throws: 404 for an import that is not the caller's own; 409 `import.notReceiving`.
    @discardableResult
    private func requireReceiving(_ id: String, by caller: Caller) throws -> ImportRecords.Held {
        guard let held = try records.lock(id, for: caller), held.isOwn else { throw HTTPError.notFound }
        guard held.state == .receiving else { throw Self.notReceiving }
        return held
    }

    static let notReceiving = HTTPError(409, "import.notReceiving", "The import does not take files any more.")
}
