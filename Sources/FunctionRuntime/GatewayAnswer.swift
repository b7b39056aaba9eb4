import HTTPModel
import ObjectStore

/// Writes a CGI/1.1 answer (RFC 3875 §6): a header block and the body, the store's pieces copied in.
struct GatewayAnswer {
    private static let piece = 1 << 16

    let workshop: Workshop
    let write: (ArraySlice<UInt8>) throws -> Void

    /// - Parameter failed: the answer for an error of a streamed body before its first byte.
    /// - Throws: when the answer cannot be completed.
    func send(_ response: Response, omitsBody: Bool, failed: (any Error) -> Response) throws {
        switch response.body {
        case .empty: try head(response, length: response.status == 204 || response.status == 304 ? nil : 0)
        case .bytes(let bytes):
            try head(response, length: bytes.count)
            if !omitsBody { try write(bytes[...]) }
        case .object(let key, let length):
            try send(response, [.object(key, offset: 0, length: length)], omitsBody: omitsBody)
        case .segments(let segments): try send(response, segments, omitsBody: omitsBody)
        case .stream(let produce): try send(response, produce, omitsBody: omitsBody, failed: failed)
        }
    }

    private func send(_ response: Response, _ segments: [Segment], omitsBody: Bool) throws {
        try head(response, length: segments.reduce(0) { $0 &+ $1.length })
        guard !omitsBody else { return }
        let store = try workshop.ready().store
        for segment in segments {
            switch segment {
            case .bytes(let bytes): try write(bytes[...])
            case .object(let key, let offset, let length): try copy(store.open(key), offset, length)
            }
        }
    }

    private func copy(_ reader: ObjectReader, _ offset: Int, _ length: Int) throws {
        var left = length
        while left > 0 {
            let bytes = try reader.read(at: offset + length - left, count: min(left, Self.piece))
            guard !bytes.isEmpty else { throw StoreError.failed(operation: "read an object to its end", code: 0) }
            left -= bytes.count
            try write(bytes[...])
        }
    }

    private func send(
        _ response: Response, _ produce: (_ write: (ArraySlice<UInt8>) throws -> Void) throws -> Void, omitsBody: Bool,
        failed: (any Error) -> Response
    ) throws {
        guard !omitsBody else { return try head(response, length: nil) }
        var hasBegun = false
        do {
            try produce { bytes in
                if !hasBegun {
                    hasBegun = true
                    try head(response, length: nil)
                }
                try write(bytes)
            }
        } catch {
            let answer = failed(error)
            guard !hasBegun else { throw error }
            return try send(answer, omitsBody: omitsBody, failed: failed)
        }
        if !hasBegun { try head(response, length: nil) }
    }

    private func head(_ response: Response, length: Int?) throws {
        var block = "Status: \(response.status.code)\(Self.reasons[response.status.code].map { " \($0)" } ?? "")\r\n"
        for field in response.headers.fields where !field.value.utf8.contains(where: { $0 < 0x20 && $0 != 0x09 }) {
            block += "\(field.name): \(field.value)\r\n"
        }
        if let length { block += "Content-Length: \(length)\r\n" }
        try write(Array((block + "\r\n").utf8)[...])
    }

    /// RFC 9110 §15.
    private static let reasons: [Int: String] = [
        200: "OK", 201: "Created", 202: "Accepted", 204: "No Content", 206: "Partial Content", 303: "See Other",
        304: "Not Modified", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 409: "Conflict", 410: "Gone", 412: "Precondition Failed",
        413: "Content Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Content", 429: "Too Many Requests",
        500: "Internal Server Error", 501: "Not Implemented", 503: "Service Unavailable", 507: "Insufficient Storage",
    ]
}
