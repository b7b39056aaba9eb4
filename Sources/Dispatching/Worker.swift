import HTTPModel
import Invocation
import NIOCore
import ObjectStore

/// A process that takes one invocation at a time, seen through its socket.
///
/// A class and a channel handler: it is the socket's state. All on the event loop.
final class Worker: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let child: Child
    private weak var pool: WorkerPool?
    private var context: ChannelHandlerContext?
    private var unread = ByteBuffer()
    /// What it works on; a weak client inside tells whether anybody still waits.
    private(set) var exchange: Exchange?
    private var hasAnswered = false
    private var isReading = true
    private(set) var served = 0
    /// Whose request it answered last, and by which function: what comes ahead is for them.
    private var lastAsked: (asker: PlainRequest.Asker, function: String)?

    init(_ child: Child, pool: WorkerPool) {
        self.child = child
        self.pool = pool
    }

    var pid: Int32 { child.pid }

    /// Whether its socket is in use by the event loop.
    var isConnected: Bool { context != nil }

    // MARK: to the worker

    func begin(_ exchange: Exchange) {
        self.exchange = exchange
        hasAnswered = false
        exchange.begin(on: self)
        context?.flush()
    }

    func send(_ frame: [UInt8]) { context?.write(wrapOutboundOut(ByteBuffer(bytes: frame)), promise: nil) }

    func send(chunk: ByteBuffer) {
        var rest = chunk
        while let part = rest.readSlice(length: min(rest.readableBytes, FrameHeader.chunkLimit)), part.readableBytes > 0
        {
            var header = ByteBuffer()
            header.writeInteger(FrameKind.chunk.rawValue)
            header.writeInteger(UInt32(part.readableBytes))
            context?.write(wrapOutboundOut(header), promise: nil)
            context?.write(wrapOutboundOut(part), promise: nil)
        }
    }

    func sendEnd() { send([FrameKind.end.rawValue, 0, 0, 0, 0]) }

    func flush() { context?.flush() }

    /// Whether more of a body can be sent without piling up here.
    var hasRoom: Bool { context?.channel.isWritable ?? true }

    /// Nobody waits for the answer any more; what comes of it is dropped.
    func abandon() {
        send([FrameKind.cancel.rawValue, 0, 0, 0, 0])
        flush()
        resumeReading()
    }

    /// Lets it end by itself: it sees the end of its input.
    func retire() { context?.close(promise: nil) }

    /// Ends it at once: it hangs, or says what we do not understand.
    func kill() {
        child.kill()
        retire()
    }

    /// Kills it when its invocation took too long.
    func check(_ now: NIODeadline) {
        guard let exchange else { return }
        let counts = hasAnswered || exchange.entry.pool == .write || exchange.entry.pool == .export
        let start = counts ? exchange.lastMoved : exchange.began
        guard now - start > .seconds(Int64(exchange.entry.deadline)) else { return }
        pool?.log.warning(
            "a worker passed its deadline",
            metadata: ["function": "\(exchange.entry.name)", "requestId": "\(exchange.requestID)"])
        lose(.deadlinePassed)
        kill()
    }

    // MARK: from the worker

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        if unread.readableBytes == 0 { unread = bytes } else { unread.writeBuffer(&bytes) }
        do {
            while let (kind, payload) = try nextFrame() { try receive(kind, payload) }
        } catch {
            pool?.log.error("a worker sent what is no answer", metadata: ["pid": "\(pid)", "error": "\(error)"])
            kill()
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { exchange?.resumeBody() }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if let exchange {
            pool?.log.error(
                "a worker ended in the middle of an invocation",
                metadata: [
                    "function": "\(exchange.entry.name)", "requestId": "\(exchange.requestID)", "pid": "\(pid)",
                ])
        }
        lose(.workerLost)
        pool?.isGone(self, child)
        self.context = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func nextFrame() throws -> (FrameKind, ByteBuffer)? {
        guard let kind: UInt8 = unread.getInteger(at: unread.readerIndex),
            let length: UInt32 = unread.getInteger(at: unread.readerIndex + 1)
        else { return nil }
        let header = try FrameHeader(kind: kind, length: length)
        guard unread.readableBytes >= FrameHeader.size + header.length else { return nil }
        unread.moveReaderIndex(forwardBy: FrameHeader.size)
        guard let payload = unread.readSlice(length: header.length) else { return nil }
        return (header.kind, payload)
    }

    private func receive(_ kind: FrameKind, _ payload: ByteBuffer) throws {
        if kind == .ahead, !hasBegunAnswer { return try keepAhead(payload) }
        guard let exchange, hasAnswered != (kind == .answer) else {
            throw InvocationError.malformed("\(kind) out of turn")
        }
        switch kind {
        case .answer:
            var inline = payload
            guard let length: UInt32 = inline.readInteger(), let head = inline.readBytes(length: Int(length))
            else { throw InvocationError.malformed("cut") }
            let answer = try AnswerHead(head: head[...])
            hasAnswered = true
            lastAsked = exchange.asker.map { ($0, exchange.entry.name) }
            exchange.answer(answer, inline: inline)
            if case .pieces = answer.body { return }
            finish(exchange) { exchange.complete() }
        case .chunk: take(.bytes(payload), exchange)
        case .object:
            guard case .object(let key, let offset, let length) = try Frame(kind, payload: Array(buffer: payload)[...])
            else { throw InvocationError.malformed("range") }
            take(.object(key, offset..<offset + length), exchange)
        case .end: finish(exchange) { exchange.complete() }
        case .failed: finish(exchange) { exchange.fail(.workerLost) }
        case .ahead: throw InvocationError.malformed("\(kind) out of turn")
        case .invocation, .cancel: throw InvocationError.malformed("\(kind) from a worker")
        }
    }

    /// Whether it is in the middle of an answer.
    private var hasBegunAnswer: Bool { exchange != nil && hasAnswered }

    private func keepAhead(_ payload: ByteBuffer) throws {
        guard let lastAsked else { return }
        try pool?.keepAhead(Array(buffer: payload), lastAsked.asker, lastAsked.function)
    }

    private func take(_ piece: AnswerWriter.Piece, _ exchange: Exchange) {
        guard !exchange.answer(piece), isReading else { return }
        isReading = false
        _ = try? context?.channel.syncOptions?.setOption(.autoRead, value: false)
    }

    func resumeReading() {
        guard !isReading else { return }
        isReading = true
        _ = try? context?.channel.syncOptions?.setOption(.autoRead, value: true)
    }

    private func finish(_ exchange: Exchange, _ tell: () -> Void) {
        self.exchange = nil
        served += 1
        resumeReading()
        // First free, then heard: the next request of the same client finds it.
        pool?.isFree(self)
        tell()
    }

    private func lose(_ error: HTTPError) {
        let lost = exchange
        exchange = nil
        lost?.fail(error)
    }
}
