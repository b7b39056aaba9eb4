import DICOMweb
import HTTPModel
import ObjectStore

/// One part of a multipart answer, or the only one of a single answer.
struct AnswerPart: Sendable {
    enum Content: Sendable {
        /// Literal bytes and ranges of objects.
        case segments([Segment])
        /// Made while it is sent, so that no more than one frame is held.
        case made(@Sendable (_ write: (ArraySlice<UInt8>) throws -> Void) throws -> Void)
    }

    let content: Content
    let transferSyntax: String?
    /// The part's own address, for frames and bulk data.
    var location: String?
}

extension Response {
    /// Answers with parts in the form that was chosen.
    ///
    /// - Parameter boundary: text that no part can hold; only its first characters count.
    static func parts(_ parts: [AnswerPart], as offer: Offer, boundary: String, store: DirectoryStore) -> Response {
        if !offer.isMultipart, let part = parts.first { return single(part, offer) }
        var writer = MultipartWriter(type: offer.essence, boundary: String(boundary.prefix(64)))
        let headers: Headers = ["Content-Type": writer.contentType]
        var isReady = true
        for part in parts {
            guard case .segments(let segments) = part.content else {
                isReady = false
                break
            }
            writer.add(segments, transferSyntax: part.transferSyntax, location: part.location)
        }
        if isReady { return Response(headers: headers, body: .segments(writer.finished())) }
        return Response(headers: headers, body: .stream(stream(parts, writer, store)))
    }

    private static func single(_ part: AnswerPart, _ offer: Offer) -> Response {
        let syntax = part.transferSyntax.map { "; transfer-syntax=\($0)" } ?? ""
        var headers: Headers = ["Content-Type": offer.essence + syntax]
        switch part.content {
        case .segments(let segments):
            if let whole = whole(segments) { return Response(headers: headers, body: whole) }
            headers["Accept-Ranges"] = "bytes"
            return Response(headers: headers, body: .segments(segments))
        case .made(let make): return Response(headers: headers, body: .stream(make))
        }
    }

    /// A whole file as the body goes by its name, so that the file server sends it, or a range of it.
    ///
    /// Only a whole file begins at its start: a frame or a value within one comes after the File Meta Information.
    private static func whole(_ segments: [Segment]) -> ResponseBody? {
        guard segments.count == 1, case .object(let key, offset: 0, let length)? = segments.first else { return nil }
        return .object(key, length: length)
    }

    private static func stream(
        _ parts: [AnswerPart], _ writer: MultipartWriter, _ store: DirectoryStore
    ) -> @Sendable (_ write: (ArraySlice<UInt8>) throws -> Void) throws -> Void {
        { write in
            for part in parts {
                try write(writer.head(transferSyntax: part.transferSyntax, location: part.location)[...])
                try part.content.write(from: store, to: write)
                try write(MultipartWriter.lineEnd[...])
            }
            try write(writer.tail[...])
        }
    }
}

extension AnswerPart.Content {
    /// Writes the bytes themselves, objects piece by piece.
    func write(from store: DirectoryStore, to write: (ArraySlice<UInt8>) throws -> Void) throws {
        switch self {
        case .made(let make): try make(write)
        case .segments(let segments):
            for segment in segments {
                switch segment {
                case .bytes(let bytes): try write(bytes[...])
                case .object(let key, let offset, let length): try Self.copy(key, offset, length, store, write)
                }
            }
        }
    }

    private static func copy(
        _ key: ObjectKey, _ offset: Int, _ length: Int, _ store: DirectoryStore,
        _ write: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        let source = StoredSource(reader: try store.open(key))
        let piece = 1 << 18
        for start in stride(from: 0, to: length, by: piece) {
            try write(source.read(at: offset + start, count: min(piece, length - start))[...])
        }
    }
}
