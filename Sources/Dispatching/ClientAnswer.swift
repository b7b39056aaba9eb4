import HTTPModel
import Invocation
import NIOCore
import NIOHTTP1

/// The answer that is owed on a connection.
///
/// A class, as it changes while pieces come and the socket takes them.
final class ClientAnswer {
    let requestID: String
    /// Whether the connection outlives the answer.
    var keepsAlive: Bool
    private(set) var hasBegun = false

    private let dispatcher: Dispatcher
    private let context: ChannelHandlerContext
    private let asked: AnswerPlan.Asked
    private let language: Language
    private var writer: AnswerWriter?
    private var hasBody = false
    /// What is asked for of a body in pieces, and how many of its bytes have come.
    private var part: Range<Int>?
    private var position = 0
    /// What of an announced length is not given yet, in bytes.
    private var owed: Int?
    private var finished: ((Bool) -> Void)?
    private var isHeld = false

    /// - Parameter head: `nil` when the request could not be read.
    init(_ head: HTTPRequestHead?, requestID: String, dispatcher: Dispatcher, context: ChannelHandlerContext) {
        self.requestID = requestID
        self.dispatcher = dispatcher
        self.context = context
        asked = AnswerPlan.Asked(
            version: head?.version ?? .http1_1, isHead: head?.method == .HEAD, range: head?.headers["Range"] ?? [],
            rangeCondition: head?.headers.first(name: "If-Range"))
        language = Language.preferred(in: head?.headers.first(name: "Accept-Language")) ?? .english
        // Behind an upgrade the parser stops, so nothing more can come on the connection.
        keepsAlive = head.map { $0.isKeepAlive && !$0.headers.contains(name: "Upgrade") } ?? false
    }

    /// What waits for the client to take it, in bytes of memory.
    var waitingBytes: Int { writer?.cost ?? 0 }
    /// When the client last took a piece; `nil` without pieces.
    var lastMoved: NIODeadline? { writer?.lastMoved }
    /// Whether the socket is full.
    var waitsForClient: Bool { !context.channel.isWritable }

    func sendContinue() {
        let head = HTTPResponseHead(version: asked.version, status: .continue)
        context.writeAndFlush(NIOAny(HTTPServerResponsePart.head(head)), promise: nil)
    }

    /// Sends the head and, when it is here, the body.
    ///
    /// - Parameters:
    ///   - queued: how long the request waited for a worker.
    ///   - finished: called once when everything but the end is with the socket.
    /// - Returns: `false` when the object is missing; nothing is sent then.
    func begin(
        _ answer: AnswerHead, inline: ByteBuffer, queued: TimeAmount? = nil, finished: @escaping (Bool) -> Void
    ) -> Bool {
        let plan = AnswerPlan(
            answer, asked, accel: dispatcher.accel(for: context.channel), inlineLength: inline.readableBytes,
            queued: queued)
        // Every object is opened before anything is sent, so that a missing one is an error and no cut answer.
        let pieces: [AnswerWriter.Piece]
        do {
            pieces = try AnswerWriter.Piece.opened(
                plan.hasBody ? plan.segments : [], storeRoot: dispatcher.storeRoot)
        } catch {
            dispatcher.log.error(
                "an object is missing or short", metadata: ["key": "\(error.key)", "requestId": "\(requestID)"])
            return false
        }
        self.finished = finished
        hasBegun = true
        hasBody = plan.hasBody
        part = plan.part
        if !pieces.isEmpty { hold(true) }
        send(plan)
        if case .pieces(let length) = answer.body {
            owed = length
            _ = start()
        } else if !pieces.isEmpty {
            let writer = start()
            for piece in pieces { wanted(piece).map(writer.add) }
        }
        if plan.hasBody, case .bytes(let inline)? = wanted(.bytes(inline)), inline.readableBytes > 0 {
            context.write(NIOAny(HTTPServerResponsePart.body(.byteBuffer(inline))), promise: nil)
        }
        return true
    }

    /// - Returns: `false` when more comes than was announced.
    func add(_ piece: AnswerWriter.Piece) -> Bool {
        if let owed {
            guard piece.length <= owed else { return false }
            self.owed = owed - piece.length
        }
        if hasBody, let wanted = wanted(piece) {
            writer?.add(wanted)
            writer?.pump()
        }
        return true
    }

    /// - Returns: what of the next piece belongs to the part that is asked for; `nil` for nothing of it.
    private func wanted(_ piece: AnswerWriter.Piece) -> AnswerWriter.Piece? {
        guard let part else { return piece }
        defer { position += piece.length }
        let here = part.clamped(to: position..<position + piece.length)
        guard !here.isEmpty else { return nil }
        return piece.slice(here.lowerBound - position..<here.upperBound - position)
    }

    /// Everything was given.
    func end() {
        guard owed ?? 0 == 0 else { return finish(false) }
        guard let writer else { return finish(true) }
        writer.end()
        writer.pump()
    }

    func pump() { writer?.pump() }

    func abandon() {
        finished = nil
        writer?.abandon()
    }

    func refuse(_ error: HTTPError, finished: @escaping (Bool) -> Void) {
        answer(error.response(requestID: requestID, language: language), finished: finished)
    }

    /// Sends an answer of the dispatcher's own.
    func answer(_ response: Response, finished: @escaping (Bool) -> Void) {
        var response = response
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["X-Request-Id"] = requestID
        guard case .bytes(let bytes) = response.body else { return finished(false) }
        let head = AnswerHead(status: response.status, headers: response.headers, body: .inline)
        _ = begin(head, inline: ByteBuffer(bytes: bytes), finished: finished)
        finish(true)
    }

    func sendEnd(promise: EventLoopPromise<Void>?) {
        context.writeAndFlush(NIOAny(HTTPServerResponsePart.end(nil)), promise: promise)
    }

    private func send(_ plan: AnswerPlan) {
        if plan.endsWithConnection || dispatcher.isStopping { keepsAlive = false }
        var headers = plan.headers
        headers.add(name: "Date", value: dispatcher.date())
        if !keepsAlive {
            headers.add(name: "Connection", value: "close")
        } else if asked.version.minor == 0 {
            headers.add(name: "Connection", value: "keep-alive")
        }
        let head = HTTPResponseHead(version: asked.version, status: plan.status, headers: headers)
        context.write(NIOAny(HTTPServerResponsePart.head(head)), promise: nil)
    }

    private func start() -> AnswerWriter {
        let writer = AnswerWriter(context, storeRoot: dispatcher.storeRoot) { [weak self] whole in self?.finish(whole) }
        self.writer = writer
        return writer
    }

    private func hold(_ holds: Bool) {
        guard isHeld != holds else { return }
        isHeld = holds
        context.channel.holdPackets(holds)
    }

    private func finish(_ whole: Bool) {
        hold(false)
        let finished = finished
        self.finished = nil
        finished?(whole)
    }
}
