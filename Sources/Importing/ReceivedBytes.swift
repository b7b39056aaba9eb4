import HTTPModel
import ObjectStore
import Portal
import Postgres

/// A file's hash as its sender knows it.
package struct FileHash: Decodable, Sendable {
    /// The file's number.
    package let n: Int
    package let sha256: String

    /// 32 bytes; `nil` when the text is no hash.
    var bytes: [UInt8]? {
        let digits = sha256.utf8.map { Character(Unicode.Scalar($0)).hexDigitValue }
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = digits[place], let low = digits[place + 1] else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        return bytes
    }
}

extension Imports {
    var arriving: ImportFiles { ImportFiles(database: database) }

    /// One file of an import that the caller sees.
    package func file(_ n: String?, of id: String?, for caller: Caller) throws -> ImportFiles.Entry {
        guard let id, let n = n.flatMap(Int32.init), n >= 0, try records.look(id, for: caller) != nil,
            let file = try arriving.find(Int(n), of: id)
        else { throw HTTPError.notFound }
        return file
    }

    /// The files of an import in their order.
    ///
    /// - Throws: 404; 400 for a `limit` or `after` that cannot be.
    package func files(
        of id: String?, limit: String?, after: String?, for caller: Caller
    ) throws -> Page<ImportFiles.Entry> {
        let largest = 10_000
        guard let limit = Int(limit ?? "1000"), (1...largest).contains(limit) else {
            throw PortalError.malformed(code: "query.limit.invalid", field: "limit", details: ["largest": "\(largest)"])
        }
        guard let after = Int32(after ?? "-1") else {
            throw PortalError.malformed(code: "query.after.invalid", field: "after")
        }
        guard let id, try records.look(id, for: caller) != nil else { throw HTTPError.notFound }
        let found = try arriving.list(id, after: Int(after), limit: limit + 1)
        let items = Array(found.prefix(limit))
        return Page(items: items, next: found.count > limit ? items.last.map { "\($0.n)" } : nil, total: nil)
    }

    /// Takes the next piece of a file; it is durable when this returns.
    ///
    /// What came before a connection broke is kept. Nothing of a piece that is too long is.
    /// - Parameter offset: where the sender believes that the piece begins.
    /// - Returns: how much of the file is here, in bytes.
    /// - Throws: 404; 409 `import.offset`, `import.busy`, `import.notReceiving`; 422 `import.size`; `StoreError`.
    package func receive(
        _ body: RequestBody, at offset: Int, file n: String?, of id: String?, by caller: Caller
    ) throws -> Int {
        guard let id, let held = try records.look(id, for: caller), held.isOwn else { throw HTTPError.notFound }
        let file = try file(n, of: id, for: caller)
        guard held.state == .receiving else { throw Self.notReceiving }
        guard let key = ObjectKey("incoming/\(file.object)"), let object = try store.grow(key) else {
            throw HTTPError(
                409, "import.busy", "Another request is sending this file.",
                details: ["offset": "\(file.received)"])
        }
        // Only now does nobody else move it.
        guard let received = try arriving.find(file.n, of: id)?.received else { throw Self.notReceiving }
        guard offset == received else {
            throw HTTPError(
                409, "import.offset", "The file goes on at byte \(received).", details: ["offset": "\(received)"],
                headers: ["Upload-Offset": "\(received)"])
        }
        try object.goOn(at: offset)
        var end = offset
        do {
            guard body.declaredLength ?? 0 <= file.size - end else { throw Self.tooLong(file) }
            while let chunk = try body.chunk() {
                guard chunk.count <= file.size - end else { throw Self.tooLong(file) }
                try object.write(chunk)
                end += chunk.count
            }
        } catch {
            let isOurs = error is HTTPError || error is StoreError
            if !isOurs, end > offset { try keep(object, file.n, of: id, upTo: end) }
            throw error
        }
        try keep(object, file.n, of: id, upTo: end)
        return end
    }

    private func keep(_ object: GrowingFile, _ n: Int, of id: String, upTo end: Int) throws {
        try object.settle()
        guard try arriving.advance(n, of: id, to: end) else { throw Self.notReceiving }
    }

    private static func tooLong(_ file: ImportFiles.Entry) -> HTTPError {
        HTTPError(
            422, "import.size", "The file was announced with \(file.size) bytes; these are more.",
            details: ["size": "\(file.size)"])
    }

    /// What was received, for the job.
    func received(_ id: String, name: String) throws -> Upload {
        let known = try arriving.known(id)
        let files = try arriving.list(id).map { entry in
            try ReceivedFile(entry, known: entry.known ? known[entry.n] : nil, in: store)
        }
        return try Upload(received: files, name: name)
    }

    /// Removes what was received, and the record of it.
    func forgetFiles(of id: String) throws {
        for file in try arriving.list(id) {
            if let key = ObjectKey("incoming/\(file.object)") { try store.remove(key) }
        }
        try arriving.forget(id)
    }
}
