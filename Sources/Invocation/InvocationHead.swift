import HTTPModel

/// One request on its way to a worker, without its body.
package struct InvocationHead: Sendable, Equatable {
    /// How much body follows.
    package enum Body: Sendable, Equatable {
        /// No `chunk` and no `end` follows.
        case none
        /// Chunks and `end` follow.
        case declared(Int)
        /// Chunks and `end` follow; the sender did not say how many bytes.
        case unknown
    }

    package let requestID: String
    package let function: String
    package let method: Method
    /// Raw, still percent-encoded.
    package let path: String
    package let query: String
    package let remoteAddress: String
    package let headers: Headers
    package let parameters: [String: String]
    package let body: Body
    /// Whether answers to what is likely asked for next are of use to the sender.
    package let takesAhead: Bool

    package init(
        requestID: String, function: String, method: Method, path: String, query: String, remoteAddress: String,
        headers: Headers, parameters: [String: String], body: Body, takesAhead: Bool = false
    ) {
        self.requestID = requestID
        self.function = function
        self.method = method
        self.path = path
        self.query = query
        self.remoteAddress = remoteAddress
        self.headers = headers
        self.parameters = parameters
        self.body = body
        self.takesAhead = takesAhead
    }

    /// - Throws: `malformed` when the head is over `FrameHeader.headLimit`.
    package func frame() throws(InvocationError) -> [UInt8] {
        var writer = WireWriter(.invocation, capacity: 1024)
        for text in [requestID, function, method.rawValue, path, query, remoteAddress] { writer.put(text) }
        writer.put(headers)
        writer.put(UInt32(parameters.count))
        for (name, value) in parameters {
            writer.put(name)
            writer.put(value)
        }
        switch body {
        case .none: writer.put(0 as UInt8)
        case .unknown: writer.put(1 as UInt8)
        case .declared(let length):
            writer.put(2 as UInt8)
            writer.put(length)
        }
        writer.put(takesAhead ? 1 : 0 as UInt8)
        return try writer.frame()
    }

    /// - Throws: `malformed` for anything but one head.
    package init(payload: ArraySlice<UInt8>) throws(InvocationError) {
        var reader = WireReader(payload)
        requestID = try reader.text()
        function = try reader.text()
        guard let method = Method(rawValue: try reader.text()) else { throw .malformed("method") }
        self.method = method
        path = try reader.text()
        query = try reader.text()
        remoteAddress = try reader.text()
        headers = try reader.headers()
        var parameters: [String: String] = [:]
        for _ in 0..<(try reader.items()) {
            let name = try reader.text()
            parameters[name] = try reader.text()
        }
        self.parameters = parameters
        switch try reader.byte() {
        case 0: body = .none
        case 1: body = .unknown
        case 2: body = .declared(try reader.count())
        default: throw .malformed("body")
        }
        switch try reader.byte() {
        case 0: takesAhead = false
        case 1: takesAhead = true
        default: throw .malformed("ahead")
        }
        try reader.finish()
    }
}
