/// The body of a request, read once, front to back, in chunks.
///
/// It is pulled, so a slow reader holds the sender back and memory never grows with the body.
package struct RequestBody {
    /// The length that the sender declared, in bytes; `nil` when it is not known (chunked).
    package let declaredLength: Int?
    /// What is set aside at once; more only as bytes really come, as a declared length costs its sender nothing.
    private static let readyCapacity = 1 << 16
    private let next: () throws -> [UInt8]?

    /// - Parameter next: gives the next chunk, never empty, and `nil` at the end; throws when the sender went away
    ///   or the limit of the route is passed.
    package init(declaredLength: Int?, next: @escaping () throws -> [UInt8]?) {
        self.declaredLength = declaredLength
        self.next = next
    }

    package static var empty: RequestBody { RequestBody(declaredLength: 0) { nil } }

    /// A body that is already here.
    package static func bytes(_ bytes: [UInt8]) -> RequestBody {
        var rest = bytes.isEmpty ? nil : bytes
        return RequestBody(declaredLength: bytes.count) {
            defer { rest = nil }
            return rest
        }
    }

    /// The next chunk, never empty; `nil` at the end of the body.
    package func chunk() throws -> [UInt8]? { try next() }

    /// The whole body, for small documents.
    ///
    /// - Throws: `HTTPError` 413 as soon as more than `limit` bytes came.
    package func collected(limit: Int) throws -> [UInt8] {
        if let declaredLength, declaredLength > limit { throw HTTPError.contentTooLarge(limit: limit) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(declaredLength ?? 0, Self.readyCapacity))
        while let chunk = try chunk() {
            guard chunk.count <= limit - bytes.count else {
                throw HTTPError.contentTooLarge(limit: limit)
            }
            bytes += chunk
        }
        return bytes
    }
}
