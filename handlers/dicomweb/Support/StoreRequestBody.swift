import DICOMweb
import HTTPModel
import ObjectStore

/// Receives the PS3.10 files of a store request into the spool, one file at a time.
struct StoreRequestBody {
    private static let media = "application/dicom"

    private let request: Request
    private let store: DirectoryStore
    private let type: MediaType

    /// - Throws: 415 unless the body is PS3.10 files, alone or as parts (PS3.18 §10.5.1.1).
    init(_ request: Request, _ store: DirectoryStore) throws(HTTPError) {
        guard let type = request.headers["Content-Type"].flatMap({ MediaType($0) }),
            type.essence == Self.media
                || type.essence == "multipart/related" && (type["type"] ?? Self.media).lowercased() == Self.media
        else { throw Self.unsupported }
        self.request = request
        self.store = store
        self.type = type
    }

    /// The files, whole and in order; when something goes wrong none is left.
    ///
    /// - Throws: 400, 413, 415; `StoreError`.
    func received() throws -> [SpooledObject] {
        var files: [SpooledObject] = []
        do {
            if type.essence == Self.media { try readOne(into: &files) } else { try readParts(into: &files) }
        } catch {
            for file in files { file.discard() }
            throw (error as? MultipartError)?.httpError ?? error
        }
        return files
    }

    private func readOne(into files: inout [SpooledObject]) throws {
        let spool = try store.newSpool()
        while let chunk = try request.body.chunk() { try spool.write(chunk) }
        files.append(try spool.finish())
    }

    private func readParts(into files: inout [SpooledObject]) throws {
        var reader = try MultipartReader(boundary: type["boundary"])
        var spool: Spool?
        while let chunk = try request.body.chunk() {
            try reader.read(chunk) { event in
                switch event {
                case .partBegan(let headers):
                    let partType = headers["Content-Type"].map { MediaType($0)?.essence }
                    guard partType == nil || partType == Self.media else { throw Self.unsupported }
                    spool = try store.newSpool()
                case .content(let bytes): try spool?.write(bytes)
                case .partEnded:
                    if let finished = try spool?.finish() { files.append(finished) }
                    spool = nil
                }
            }
        }
        try reader.finish()
    }

    private static let unsupported = HTTPError(
        415, "body.notDICOM",
        "Instances are stored as application/dicom, or as multipart/related; type=\"application/dicom\".",
        headers: ["Accept": "application/dicom, multipart/related; type=\"application/dicom\""])
}
