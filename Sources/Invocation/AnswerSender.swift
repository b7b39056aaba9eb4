import HTTPModel

/// Turns one `Response` into frames.
struct AnswerSender {
    /// How much of a body is gathered before it is sent, in bytes.
    private static let batch = 1 << 16

    let socket: FrameSocket
    /// Whether the request was `HEAD`.
    let omitsBody: Bool
    let body: IncomingBody

    /// - Throws: only what ends the worker: the socket is of no more use.
    func send(_ response: Response, failed: (any Error) -> Response) throws(InvocationError) {
        switch response.body {
        case .empty: try send(response, .none)
        case .object(let key, let length): try send(response, .object(key, length: length))
        case .bytes(let bytes) where omitsBody: try send(response, .omitted(length: bytes.count))
        case .bytes(let bytes) where bytes.count <= FrameHeader.chunkLimit:
            try socket.send(try head(response, .inline).frame(inline: bytes))
        case .bytes(let bytes): try send(response, segments: [.bytes(bytes)])
        case .segments(let segments): try send(response, segments: segments)
        case .stream where omitsBody: try send(response, .omitted(length: nil))
        case .stream(let produce): try send(response, produce, failed: failed)
        }
    }

    private func head(_ response: Response, _ body: AnswerHead.Body) -> AnswerHead {
        AnswerHead(status: response.status, headers: response.headers, body: body)
    }

    private func send(_ response: Response, _ body: AnswerHead.Body) throws(InvocationError) {
        try socket.send(try head(response, body).frame())
    }

    private func send(_ response: Response, segments: [Segment]) throws(InvocationError) {
        let length = segments.reduce(0) { $0 &+ $1.length }
        guard !omitsBody else { return try send(response, .omitted(length: length)) }
        if let few = AnswerHead.Body(segments) { return try send(response, few) }
        var gathered = try head(response, .pieces(length: length)).frame()
        for segment in segments {
            switch segment {
            case .object(let key, let offset, let length):
                gathered += try Frame.object(key, offset: offset, length: length).bytes()
            case .bytes(let bytes):
                for start in stride(from: 0, to: bytes.count, by: Self.batch) {
                    gathered += try Frame.chunk(bytes[start..<min(start + Self.batch, bytes.count)]).bytes()
                    try flush(&gathered, over: Self.batch)
                }
            }
            try flush(&gathered, over: Self.batch)
        }
        gathered += try Frame.end.bytes()
        try socket.send(gathered)
    }

    private func flush(_ gathered: inout [UInt8], over limit: Int) throws(InvocationError) {
        guard gathered.count >= limit else { return }
        try socket.send(gathered)
        gathered.removeAll(keepingCapacity: true)
    }

    /// An error before the first batch is answered by `failed`; later it cuts the answer, which the client notices.
    private func send(
        _ response: Response, _ produce: (_ write: (ArraySlice<UInt8>) throws -> Void) throws -> Void,
        failed: (any Error) -> Response
    ) throws(InvocationError) {
        var gathered: [UInt8] = []
        var hasBegun = false
        func send(_ bytes: ArraySlice<UInt8>) throws(InvocationError) {
            // Only behind a complete body can the next frame be a cancel.
            if body.isComplete, try socket.isCancelled() { throw .cancelled }
            let start = hasBegun ? [] : try head(response, .pieces(length: nil)).frame()
            hasBegun = true
            try socket.send(start + Frame.chunk(bytes).bytes())
        }
        do {
            try produce { bytes in
                gathered += bytes
                guard gathered.count >= Self.batch else { return }
                for start in stride(from: 0, to: gathered.count, by: Self.batch) {
                    try send(gathered[start..<min(start + Self.batch, gathered.count)])
                }
                gathered.removeAll(keepingCapacity: true)
            }
            if !gathered.isEmpty || !hasBegun { try send(gathered[...]) }
        } catch let error {
            let answer = failed(error)
            guard hasBegun else { return try self.send(answer, failed: failed) }
            return try socket.send(try Frame.failed.bytes())
        }
        try socket.send(try Frame.end.bytes())
    }
}
