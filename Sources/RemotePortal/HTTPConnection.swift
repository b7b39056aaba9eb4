import CCurl
import HTTPModel

/// What a server answered.
struct HTTPAnswer {
    let status: Int
    let headers: Headers
    /// Empty when the body went elsewhere.
    let body: [UInt8]
}

/// What a request carries.
enum HTTPBody {
    case none
    case bytes([UInt8])
    /// Piece by piece, so many bytes in all; `next` gives at most as many as it is asked for, and none at the end.
    case stream(length: Int, next: (_ most: Int) throws -> [UInt8])
}

/// The server could not be reached, or the connection broke off.
struct ConnectionLost: Error, CustomStringConvertible {
    let description: String
}

/// A connection to one server over HTTP or HTTPS, kept from request to request.
///
/// A class, because it owns libcurl's handle. One thread at a time.
final class HTTPConnection {
    private let handle: OpaquePointer
    private let origin: String
    private let headers: [String]

    /// An answer's body that is kept; what is larger is an error.
    private static let longestBody = 256 << 20
    /// Without a byte for so long, the connection counts as lost, in seconds.
    private static let patience = 120

    /// - Parameters:
    ///   - origin: scheme, host and port.
    ///   - headers: of every request, `Name: value`.
    init(origin: String, headers: [String]) throws {
        guard let handle = curl_easy_init() else { throw ConnectionLost(description: "libcurl cannot be started") }
        self.handle = OpaquePointer(handle)
        self.origin = origin
        self.headers = headers
    }

    deinit { curl_easy_cleanup(UnsafeMutableRawPointer(handle)) }

    /// Sends a request and waits for the answer.
    ///
    /// - Parameters:
    ///   - target: path and query.
    ///   - output: takes the body of an answer of 200, piece by piece.
    /// - Throws: `ConnectionLost`; what `body` and `output` throw.
    func send(
        _ method: Method, _ target: String, headers more: [String] = [], body: HTTPBody = .none,
        output: ((ArraySlice<UInt8>) throws -> Void)? = nil
    ) throws -> HTTPAnswer {
        let curl = UnsafeMutableRawPointer(handle)
        curl_easy_reset(curl)
        ccurl_set_text(curl, CURLOPT_URL, origin + target)
        ccurl_set_text(curl, CURLOPT_CUSTOMREQUEST, method.rawValue)
        ccurl_set_text(curl, CURLOPT_PROTOCOLS_STR, "http,https")
        ccurl_set_number(curl, CURLOPT_NOSIGNAL, 1)
        ccurl_set_number(curl, CURLOPT_CONNECTTIMEOUT, 20)
        ccurl_set_number(curl, CURLOPT_LOW_SPEED_LIMIT, 1)
        ccurl_set_number(curl, CURLOPT_LOW_SPEED_TIME, Self.patience)
        if method == .head { ccurl_set_number(curl, CURLOPT_NOBODY, 1) }
        let exchange = Exchange(body: body, output: output, longestBody: Self.longestBody, curl: curl)
        let pointer = Unmanaged.passUnretained(exchange).toOpaque()
        setUp(curl, body, pointer)
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        // An answer that says "go on" before the body is not waited for.
        for header in headers + more + ["Expect:"] { list = curl_slist_append(list, header) }
        ccurl_set_pointer(curl, CURLOPT_HTTPHEADER, list)
        let result = withExtendedLifetime(exchange) { curl_easy_perform(curl) }
        if let failure = exchange.failure { throw failure }
        guard result == CURLE_OK else {
            throw ConnectionLost(description: String(cString: curl_easy_strerror(result)))
        }
        return HTTPAnswer(status: ccurl_status(curl), headers: exchange.headers, body: exchange.received)
    }

    private func setUp(_ curl: UnsafeMutableRawPointer, _ body: HTTPBody, _ pointer: UnsafeMutableRawPointer) {
        ccurl_set_pointer(curl, CURLOPT_WRITEDATA, pointer)
        ccurl_set_callback(curl, CURLOPT_WRITEFUNCTION) { bytes, size, count, pointer in
            Exchange.of(pointer)?.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        ccurl_set_pointer(curl, CURLOPT_HEADERDATA, pointer)
        ccurl_set_callback(curl, CURLOPT_HEADERFUNCTION) { bytes, size, count, pointer in
            Exchange.of(pointer)?.takeHeader(UnsafeRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
        if case .none = body { return }
        ccurl_set_number(curl, CURLOPT_UPLOAD, 1)
        ccurl_set_number(curl, CURLOPT_UPLOAD_BUFFERSIZE, 1 << 19)
        ccurl_set_length(curl, CURLOPT_INFILESIZE_LARGE, curl_off_t(body.length))
        ccurl_set_pointer(curl, CURLOPT_READDATA, pointer)
        ccurl_set_callback(curl, CURLOPT_READFUNCTION) { bytes, size, count, pointer in
            Exchange.of(pointer)?.give(UnsafeMutableRawBufferPointer(start: bytes, count: size * count)) ?? 0
        }
    }
}

extension HTTPBody {
    fileprivate var length: Int {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.count
        case .stream(let length, _): length
        }
    }
}

/// One request and its answer under way; a class, because libcurl calls back into it.
private final class Exchange {
    private let body: HTTPBody
    private let output: ((ArraySlice<UInt8>) throws -> Void)?
    private let longestBody: Int
    private let curl: UnsafeMutableRawPointer
    private var given = 0
    private(set) var headers = Headers()
    private(set) var received: [UInt8] = []
    private(set) var failure: (any Error)?

    init(
        body: HTTPBody, output: ((ArraySlice<UInt8>) throws -> Void)?, longestBody: Int, curl: UnsafeMutableRawPointer
    ) {
        (self.body, self.output, self.longestBody, self.curl) = (body, output, longestBody, curl)
    }

    /// What libcurl was given to hand back.
    static func of(_ pointer: UnsafeMutableRawPointer?) -> Exchange? {
        pointer.map { Unmanaged<Exchange>.fromOpaque($0).takeUnretainedValue() }
    }

    /// - Returns: how many bytes were put into `place`; `CURL_READFUNC_ABORT` ends the request.
    func give(_ place: UnsafeMutableRawBufferPointer) -> Int {
        do {
            let next: [UInt8]
            switch body {
            case .none: return 0
            case .bytes(let bytes): next = Array(bytes.dropFirst(given).prefix(place.count))
            case .stream(_, let read): next = try read(place.count)
            }
            place.copyBytes(from: next)
            given += next.count
            return next.count
        } catch {
            failure = error
            return Int(CURL_READFUNC_ABORT)
        }
    }

    /// - Returns: how many bytes were taken; fewer end the request.
    func take(_ bytes: UnsafeRawBufferPointer) -> Int {
        do {
            if let output, ccurl_status(curl) == 200 {
                try output(Array(bytes)[...])
            } else {
                guard received.count + bytes.count <= longestBody else { return 0 }
                received += bytes
            }
            return bytes.count
        } catch {
            failure = error
            return 0
        }
    }

    func takeHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") { headers = Headers() }
        if let colon = line.firstIndex(of: ":") {
            let value = line[line.index(after: colon)...]
            headers[String(line[..<colon])] = String(value.drop { $0 == " " }.prefix { !$0.isNewline })
        }
        return bytes.count
    }
}
