import HTTPModel
import ObjectStore

extension Response {
    /// The same answer for a client that does not take gzip: a body that is kept compressed is inflated for it.
    ///
    /// Its bytes differ then, so its tag is weakened (RFC 9110 §8.8.3.3).
    func readable(by request: Request, from store: DirectoryStore) throws -> Response {
        guard headers["Content-Encoding"] == "gzip", !request.acceptsGzip else { return self }
        var response = self
        response.headers["Content-Encoding"] = nil
        if let tag = headers["ETag"], tag.hasPrefix("\"") { response.headers["ETag"] = "W/" + tag }
        switch body {
        case .empty, .segments, .stream: break
        case .bytes(let bytes):
            let inflation = try Inflation()
            var plain: [UInt8] = []
            try inflation.inflate(bytes[...]) { plain += $0 }
            try inflation.finish()
            response.body = .bytes(plain)
        case .object(let key, _):
            let reader = try store.open(key)
            response.body = .stream { write in
                let inflation = try Inflation()
                var offset = 0
                while offset < reader.length {
                    let chunk = try reader.read(at: offset, count: 1 << 16)
                    guard !chunk.isEmpty else { break }
                    offset += chunk.count
                    try inflation.inflate(chunk[...], write)
                }
                try inflation.finish()
            }
        }
        return response
    }
}
