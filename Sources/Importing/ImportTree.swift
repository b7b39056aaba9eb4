import Archives
import Ingestion
import ObjectStore

/// One file of an import, before its content.
struct ImportEntry: Sendable {
    /// Its place in the archive or the request.
    let index: Int
    /// As it came, for the report.
    let name: String
    /// `nil` when the name is unsafe.
    let path: RelativePath?
    /// In bytes, as far as the sender says.
    let length: Int
    /// Why the entry is not looked into.
    let refusal: EntryRefusal?
    /// How a file stands that came by itself.
    var standing = Standing.here

    enum Standing {
        case here
        /// The store has the same bytes already; they did not come.
        case known(StoredInstance, sha256: [UInt8])
        /// Only its header is known, and it shall not come.
        case announced
        /// It was announced and has not come whole.
        case missing
    }
}

extension ImportEntry {
    /// A file that stands for itself.
    fileprivate init(_ index: Int, _ name: String, length: Int) {
        let path = RelativePath(name)
        self.init(index: index, name: name, path: path, length: length, refusal: path == nil ? .name : nil)
    }
}

/// How an entry's bytes are had.
enum ImportContent {
    /// Piece by piece, out of an archive.
    case stream(() throws -> [UInt8]?)
    /// It has come as a file of its own.
    case spooled(SpooledObject)
    /// It is durable under `incoming/` and stays there until the import has ended.
    case settled(SpooledObject)
    case absent

    /// At most `limit` bytes from the beginning.
    func head(_ limit: Int) throws -> [UInt8] {
        switch self {
        case .spooled(let object), .settled(let object): return try object.head(limit)
        case .absent: return []
        case .stream(let next):
            var bytes: [UInt8] = []
            while bytes.count < limit, let chunk = try next() { bytes += chunk }
            return bytes
        }
    }
}

/// The files of an import as one logical tree, whatever they came in.
enum ImportTree: Sendable {
    case archive(SpooledObject, ArchiveFormat, ArchiveLimits)
    case files([UploadedFile])
    case localArchive(LocalFile, ArchiveFormat, ArchiveLimits)
    case localFiles([LocalFile])
    case received([ReceivedFile])
    /// By their names alone, but for documents.
    case announced([AnnouncedFile])

    /// Calls `body` for every file in order; folders are passed over.
    ///
    /// - Parameter unpacked: shared by all that visit the same archive at once.
    /// - Throws: `ArchiveError` where the archive ends early; what `body` throws.
    func visit(counting unpacked: UnpackedBytes = UnpackedBytes(), _ body: (ImportEntry, ImportContent) throws -> Void)
        throws
    {
        switch self {
        case .files(let files):
            for (index, file) in files.enumerated() {
                try body(ImportEntry(index, file.name, length: file.object.length), .spooled(file.object))
            }
        case .localFiles(let files):
            for (index, file) in files.enumerated() {
                try body(ImportEntry(index, file.name, length: file.length), file.content())
            }
        case .received(let files):
            for (index, file) in files.enumerated() { try body(file.entry(at: index), file.content) }
        case .announced(let files):
            for (index, file) in files.enumerated() { try body(file.entry(at: index), file.content) }
        case .archive(let object, let format, let limits):
            try Self.visit(ArchiveReader(path: object.path, format: format, limits: limits, counting: unpacked), body)
        case .localArchive(let file, let format, let limits):
            try Self.visit(ArchiveReader(path: file.path, format: format, limits: limits, counting: unpacked), body)
        }
    }

    /// Whether reaching a file costs nothing for those before it.
    var canBeReadFromAnywhere: Bool {
        switch self {
        case .archive(_, let format, _), .localArchive(_, let format, _): format == .zip
        case .files, .localFiles, .received, .announced: true
        }
    }

    private static func visit(_ reader: ArchiveReader, _ body: (ImportEntry, ImportContent) throws -> Void) throws {
        var index = 0
        while let entry = try reader.next() {
            guard entry.kind != .folder else { continue }
            let described = ImportEntry(
                index: index, name: entry.name, path: entry.path, length: entry.declaredLength ?? 0,
                refusal: entry.refusal)
            try body(described, .stream { try reader.chunk() })
            index += 1
        }
    }

    /// Removes what came; what the machine has of its own stays.
    func discard() {
        switch self {
        case .localArchive, .localFiles: break
        case .archive(let object, _, _): object.discard()
        case .files(let files): for file in files { file.object.discard() }
        case .received(let files): for file in files { file.object?.discard() }
        case .announced: break
        }
    }
}

/// A file that is not here; of a document its content is.
struct AnnouncedFile: Sendable {
    let name: String
    let length: Int
    let document: [UInt8]?

    func entry(at index: Int) -> ImportEntry {
        let path = RelativePath(name)
        return ImportEntry(
            index: index, name: name, path: path, length: length, refusal: path == nil ? .name : nil,
            standing: document == nil ? .announced : .here)
    }

    var content: ImportContent {
        guard var rest = document else { return .absent }
        return .stream {
            defer { rest = [] }
            return rest.isEmpty ? nil : rest
        }
    }
}

/// One file of a form, or the body itself.
package struct UploadedFile: Sendable {
    /// Its relative path as the sender wrote it.
    package let name: String
    package let object: SpooledObject

    package init(name: String, object: SpooledObject) {
        self.name = name
        self.object = object
    }
}
