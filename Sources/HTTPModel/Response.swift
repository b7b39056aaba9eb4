import ObjectStore

/// A status line's code (RFC 9110 §15).
package struct Status: Sendable, Hashable, ExpressibleByIntegerLiteral {
    package let code: Int
    package init(integerLiteral code: Int) { self.code = code }
    package init(_ code: Int) { self.code = code }
}

/// A piece of a body: bytes that the function made, or a range of an object that it only names.
package enum Segment: Sendable, Equatable {
    case bytes([UInt8])
    /// `length` bytes of an object from `offset`; the runtime or the file server sends them.
    case object(ObjectKey, offset: Int, length: Int)

    /// The number of bytes that the segment adds to the body.
    package var length: Int {
        switch self {
        case .bytes(let bytes): bytes.count
        case .object(_, _, let length): length
        }
    }
}

/// What a function answers with.
package enum ResponseBody {
    case empty
    case bytes([UInt8])
    /// Literal bytes and ranges of objects, sent one after the other; the worker is free as soon as they are named.
    case segments([Segment])
    /// One whole object, `length` bytes long: `X-Accel-Redirect` behind nginx, `sendfile` without.
    case object(ObjectKey, length: Int)
    /// A body that is made while it is sent; `write` blocks until the client takes it and throws when it went away.
    case stream((_ write: (ArraySlice<UInt8>) throws -> Void) throws -> Void)
}

/// The answer to one request.
package struct Response {
    package var status: Status
    package var headers: Headers
    package var body: ResponseBody

    package init(status: Status = 200, headers: Headers = [:], body: ResponseBody = .empty) {
        self.status = status
        self.headers = headers
        self.body = body
    }
}
