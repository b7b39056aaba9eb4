import HTTPModel

/// A worker's life: one invocation at a time over its socket, until the other side closes it.
package struct WorkerLoop {
    private let socket: FrameSocket

    package init(descriptor: Int32) { socket = FrameSocket(descriptor: descriptor) }

    /// - Parameters:
    ///   - respond: answers one request; it turns its own errors into answers.
    ///   - failed: the answer for an error of a streamed body, which is sent only if none of the body was.
    ///   - ahead: what is likely asked for next; asked for when the answer is sent, for who takes it.
    /// - Throws: `InvocationError` when the socket is of no more use.
    package func run(
        respond: (InvocationHead, Request) -> Response, failed: (any Error) -> Response,
        ahead: (Request) -> [AheadAnswer] = { _ in [] }
    ) throws(InvocationError) {
        while let frame = try socket.next() {
            // Anything else is what the last function left unread of its body, or a cancel that came too late.
            guard case .invocation(let head) = frame else { continue }
            let body = IncomingBody(socket, head.body)
            let request = Request(head, body: body.requestBody)
            let sender = AnswerSender(socket: socket, omitsBody: head.method == .head, body: body)
            try sender.send(respond(head, request), failed: failed)
            guard head.takesAhead else { continue }
            var frames: [UInt8] = []
            for answer in ahead(request) { frames += try answer.frame() }
            if !frames.isEmpty { try socket.send(frames) }
        }
    }
}

extension Request {
    fileprivate init(_ head: InvocationHead, body: RequestBody) {
        self.init(
            method: head.method, path: head.path, query: head.query, headers: head.headers,
            remoteAddress: head.remoteAddress, parameters: head.parameters, body: body)
    }
}

/// The body of the invocation in progress, pulled from the socket.
///
/// A class, as the request and the answer's sender watch the same state.
final class IncomingBody {
    private let socket: FrameSocket
    private let declared: InvocationHead.Body
    /// Whether nothing more of this body will come.
    private(set) var isComplete: Bool

    init(_ socket: FrameSocket, _ declared: InvocationHead.Body) {
        self.socket = socket
        self.declared = declared
        isComplete = declared == .none
    }

    var requestBody: RequestBody {
        switch declared {
        case .none: .empty
        case .declared(let length): RequestBody(declaredLength: length) { try self.chunk() }
        case .unknown: RequestBody(declaredLength: nil) { try self.chunk() }
        }
    }

    private func chunk() throws(InvocationError) -> [UInt8]? {
        while !isComplete {
            switch try socket.next() {
            case .chunk(let bytes):
                if !bytes.isEmpty { return Array(bytes) }
            case .end: isComplete = true
            case .cancel:
                isComplete = true
                throw .cancelled
            case nil: throw .peerGone
            default: throw .malformed("a frame that does not belong into a body")
            }
        }
        return nil
    }
}
