import HTTPModel

/// Composes a `multipart/related` answer out of literal bytes and ranges of objects (PS3.18 §8.7.3.5).
package struct MultipartWriter {
    private let type: String
    private let boundary: String
    private var segments: [Segment] = []

    /// - Parameters:
    ///   - type: the media type of the parts: `application/dicom`.
    ///   - boundary: up to 70 characters of RFC 2046's set that no part's content can hold.
    package init(type: String, boundary: String) {
        self.type = type
        self.boundary = boundary
    }

    /// The value of the answer's Content-Type; PS3.18 §8.7.3.5.1 requires both parameters.
    package var contentType: String { "multipart/related; type=\"\(type)\"; boundary=\"\(boundary)\"" }

    /// - Parameters:
    ///   - location: the part's own address, for bulk data and frames (PS3.18 §10.4.3.3.5).
    package mutating func add(_ content: [Segment], transferSyntax: String?, location: String? = nil) {
        segments.append(.bytes(head(transferSyntax: transferSyntax, location: location)))
        segments += content
        segments.append(.bytes(Self.lineEnd))
    }

    /// The delimiter and header fields before a part's content; behind the content comes `lineEnd`.
    ///
    /// Their spelling is what viewers look for byte by byte.
    package func head(transferSyntax: String?, location: String? = nil) -> [UInt8] {
        let syntax = transferSyntax.map { "; transfer-syntax=\($0)" } ?? ""
        let address = location.map { "Content-Location: \($0)\r\n" } ?? ""
        return Array("--\(boundary)\r\nContent-Type: \(type)\(syntax)\r\n\(address)\r\n".utf8)
    }

    /// The CRLF that belongs to the next delimiter.
    package static let lineEnd: [UInt8] = [0x0D, 0x0A]

    /// The delimiter behind the last part.
    package var tail: [UInt8] { Array("--\(boundary)--\r\n".utf8) }

    /// All parts and the closing delimiter; literal neighbours are joined.
    package func finished() -> [Segment] {
        var result: [Segment] = []
        var literal: [UInt8] = []
        for segment in segments {
            if case .bytes(let more) = segment {
                literal += more
            } else {
                result += [.bytes(literal), segment]
                literal = []
            }
        }
        result.append(.bytes(literal + tail))
        return result
    }
}
