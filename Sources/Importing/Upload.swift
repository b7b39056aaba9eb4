import Archives
import DICOMweb
import HTTPModel
import ObjectStore

/// What a request for an import brought, on disk.
package struct Upload: Sendable {
    let tree: ImportTree
    /// The archive's or the first file's name, for the list of imports.
    package let name: String
    /// In bytes, as received.
    package let length: Int

    /// - Parameter files: at least one. A single archive is read as one; every other file stands for itself.
    package init(files: [UploadedFile], limits: ArchiveLimits = .standard) throws {
        name = files.first?.name ?? ""
        length = files.reduce(0) { $0 + $1.object.length }
        if files.count == 1, let file = files.first,
            let format = ArchiveFormat.detect(try file.object.head(ArchiveFormat.headLength))
        {
            tree = .archive(file.object, format, limits)
        } else {
            tree = .files(files)
        }
    }

    /// Takes what was received file by file; a single archive is read as one.
    init(received files: [ReceivedFile], name: String, limits: ArchiveLimits = .standard) throws {
        self.name = name
        length = files.reduce(0) { $0 + $1.length }
        if files.count == 1, case .settled(let object)? = files.first?.content,
            let format = ArchiveFormat.detect(try object.head(ArchiveFormat.headLength))
        {
            tree = .archive(object, format, limits)
        } else {
            tree = .received(files)
        }
    }

    /// Takes the body of a request to disk.
    ///
    /// - Parameter progress: told how many bytes have come.
    /// - Throws: `HTTPError` 400 for a form that cannot be read, 415; `StoreError`.
    package static func receive(
        _ request: Request, into store: DirectoryStore, progress: (Int) throws -> Void
    ) throws -> Upload {
        let type = MediaType(request.headers["Content-Type"] ?? "application/octet-stream")
        let accepted: Set = [
            "application/zip", "application/x-zip-compressed", "application/x-tar", "application/x-7z-compressed",
            "application/gzip", "application/zstd", "application/octet-stream", "application/dicom",
        ]
        if let type, type.essence == "multipart/form-data" {
            let files = try FormFiles.receive(request.body, boundary: type["boundary"], into: store, progress: progress)
            guard !files.isEmpty else { throw HTTPError.badRequest("import.empty", "The form holds no file.") }
            return try Upload(files: files)
        }
        guard let type, accepted.contains(type.essence) else {
            throw HTTPError(
                415, "import.mediaType",
                "Send multipart/form-data, application/zip, application/x-tar, application/gzip, application/zstd, "
                    + "application/x-7z-compressed or application/dicom.")
        }
        var head: [UInt8] = []
        while head.count < ArchiveFormat.headLength, let chunk = try request.body.chunk() { head += chunk }
        guard !head.isEmpty else { throw HTTPError.badRequest("import.empty", "The body is empty.") }
        let spool = try store.newSpool(isHashed: ArchiveFormat.detect(head) == nil)
        try spool.write(head)
        while let chunk = try request.body.chunk() {
            try spool.write(chunk)
            try progress(spool.length)
        }
        let upload = try Upload(files: [UploadedFile(name: "upload", object: spool.finish())])
        guard case .files = upload.tree,
            type.essence != "application/octet-stream", type.essence != "application/dicom"
        else { return upload }
        upload.discard()
        throw HTTPError.badRequest(
            "import.archiveType", "The body is not the archive that its Content-Type says: its first bytes are others.")
    }

    /// The archive; `nil` for files that came by themselves.
    var archive: SpooledObject? {
        guard case .archive(let object, _, _) = tree else { return nil }
        return object
    }

    /// Removes what came, if it was not stored.
    package func discard() { tree.discard() }
}

extension SpooledObject {
    /// At most `count` bytes from the beginning.
    func head(_ count: Int) throws -> [UInt8] { try read(at: 0, count: count) }
}
