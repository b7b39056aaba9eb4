import DICOM
import DICOMweb
import HTTPModel
import Ingestion
import ObjectStore

/// Receives the instances of a store request into the spool, one file at a time.
struct StoreRequestBody {
    /// One instance of the request: its file, or why there is none.
    enum Received {
        case file(SpooledObject)
        case failed(CompositionError)

        func discard() {
            if case .file(let file) = self { file.discard() }
        }
    }

    /// In bytes: of all metadata of one request, and of those of one instance.
    private static let (longestMetadata, longestInstance) = (64 << 20, 16 << 20)
    /// Of one request, as many as it may have parts.
    private static let mostInstances = MultipartReader.mostParts
    /// In bytes, of all files that one request may make: bulk data may be named by many.
    private static let mostComposed = StoreInstances.bodyLimit

    private let request: Request
    private let store: DirectoryStore
    private let type: MediaType
    private let media: StoreMedia

    /// - Throws: 415 unless the body holds instances in one of the forms that are stored.
    init(_ request: Request, _ store: DirectoryStore) throws(HTTPError) {
        guard let type = request.headers["Content-Type"].flatMap({ MediaType($0) }), let media = StoreMedia(type)
        else { throw .notDICOM }
        self.request = request
        self.store = store
        self.type = type
        self.media = media
    }

    /// The instances, whole and in order; when something goes wrong no file is left.
    ///
    /// - Throws: 400, 413, 415; `StoreError`.
    func received() throws -> [Received] {
        var received: [Received] = []
        do {
            if type.essence != "multipart/related" {
                try readOne(into: &received)
            } else if media == .files {
                try readFiles(into: &received)
            } else {
                try readMetadata(into: &received)
            }
        } catch {
            for one in received { one.discard() }
            throw (error as? MultipartError)?.httpError ?? error
        }
        return received
    }

    private func readOne(into received: inout [Received]) throws {
        let spool = try store.newSpool()
        while let chunk = try request.body.chunk() { try spool.write(chunk) }
        received.append(.file(try spool.finish()))
    }

    private func readParts(_ report: (MultipartReader.Event) throws -> Void) throws {
        var reader = try MultipartReader(boundary: type["boundary"])
        while let chunk = try request.body.chunk() { try reader.read(chunk, report: report) }
        try reader.finish()
    }

    private func readFiles(into received: inout [Received]) throws {
        var spool: Spool?
        try readParts { event in
            switch event {
            case .partBegan(let headers):
                let partType = headers["Content-Type"].map { MediaType($0)?.essence }
                guard partType == nil || partType == StoreMedia.files.rawValue else { throw HTTPError.notDICOM }
                spool = try store.newSpool()
            case .content(let bytes): try spool?.write(bytes)
            case .partEnded:
                if let finished = try spool?.finish() { received.append(.file(finished)) }
                spool = nil
            }
        }
    }

    /// Metadata in memory, all bulk data in one spooled file; then a file of each instance.
    private func readMetadata(into received: inout [Received]) throws {
        var (metadata, parts): ([[UInt8]], [BulkPart]) = ([], [])
        var (isMetadata, length, start): (Bool, Int, Int) = (false, 0, 0)
        var partType: (MediaType?, location: String) = (nil, "")
        let spool = try store.newSpool()
        defer { spool.discard() }
        try readParts { event in
            switch event {
            case .partBegan(let headers):
                let type = headers["Content-Type"].flatMap { MediaType($0) }
                isMetadata = type == nil && metadata.isEmpty || type?.essence == media.rawValue
                partType = (type, headers["Content-Location"] ?? "")
                start = spool.length
                if isMetadata { metadata.append([]) }
            case .content(let bytes) where isMetadata:
                length += bytes.count
                guard length <= Self.longestMetadata else {
                    throw HTTPError.contentTooLarge(limit: Self.longestMetadata)
                }
                metadata[metadata.count - 1] += bytes
            case .content(let bytes): try spool.write(bytes)
            case .partEnded where isMetadata: break
            case .partEnded: parts.append(BulkPart(partType.0, at: partType.location, start..<spool.length))
            }
        }
        let bulk = try spool.finish()
        defer { bulk.discard() }
        let composition = Composition(parts, in: try FileSource(path: bulk.path))
        var composed = 0
        for instance in try instances(metadata) { received.append(try compose(instance, composition, &composed)) }
    }

    private func instances(_ metadata: [[UInt8]]) throws(HTTPError) -> [InstanceMetadata] {
        guard media == .json else { return metadata.map { .xml($0) } }
        var all: [InstanceMetadata] = []
        for list in metadata {
            guard let elements = JSONArrayText.elements(list) else {
                throw .badRequest("json.notDataSets", "The metadata are no JSON array of data sets.")
            }
            all += elements.map { .json($0) }
        }
        guard all.count <= Self.mostInstances else {
            throw MultipartError.tooManyParts(Self.mostInstances).httpError
        }
        return all
    }

    /// - Parameter length: bytes of all files so far.
    private func compose(
        _ metadata: InstanceMetadata, _ composition: Composition, _ length: inout Int
    ) throws -> Received {
        guard metadata.length <= Self.longestInstance else {
            throw HTTPError.contentTooLarge(limit: Self.longestInstance)
        }
        let instance: ComposedInstance
        do {
            instance = try composition.compose(metadata)
        } catch let error as CompositionError {
            return .failed(error)
        }
        length += instance.length
        guard length <= Self.mostComposed else { throw HTTPError.contentTooLarge(limit: Self.mostComposed) }
        let spool = try store.newSpool()
        try instance.write { try spool.write($0) }
        return .file(try spool.finish())
    }
}

extension BulkPart {
    fileprivate init(_ type: MediaType?, at location: String, _ range: Range<Int>) {
        self.init(
            location: location, mediaType: type?.essence ?? "application/octet-stream",
            transferSyntax: type?["transfer-syntax"], range: range)
    }
}
