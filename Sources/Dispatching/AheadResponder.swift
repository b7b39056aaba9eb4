import Glibc
import HTTPModel
import NIOCore

/// Stands before the parser of a connection, and gives the answers that came ahead to requests that differ from a parsed one
/// in nothing but their path and id (Decisions/0003).
///
/// A class and a channel handler: it is the connection's state. All on the event loop.
final class AheadResponder: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = IOData

    private let dispatcher: Dispatcher
    private let connection: ClientConnection
    /// Whether the parser has nothing of a request that has only begun.
    private var isBetweenRequests = true
    private var peer: String?
    private var accel: AccelRedirect?

    init(_ dispatcher: Dispatcher, _ connection: ClientConnection) {
        self.dispatcher = dispatcher
        self.connection = connection
    }

    func channelActive(context: ChannelHandlerContext) {
        peer = context.channel.remoteAddress?.ipAddress
        accel = dispatcher.accel(for: context.channel)
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let request =
            connection.isResting && dispatcher.ahead.canKeep ? PlainRequest(unwrapInboundIn(data), from: peer) : nil
        if isBetweenRequests, let request, answer(request, context) { return }
        isBetweenRequests = connection.tookAll(of: request) { context.fireChannelRead(data) }
    }

    /// - Returns: `false` when there is nothing that can be sent at once.
    private func answer(_ request: PlainRequest, _ context: ChannelHandlerContext) -> Bool {
        guard context.channel.isWritable, !dispatcher.isStopping,
            let answer = dispatcher.ahead.find(request, accel: accel),
            // Each file goes out at once, so that it has to be no longer than what is handed over at once.
            answer.segments.reduce(0, { $0 + $1.length }) <= StoredFile.slice,
            let body = try? AnswerWriter.Piece.opened(answer.segments, storeRoot: dispatcher.storeRoot)
        else { return false }
        let began = NIODeadline.now()
        let id = dispatcher.requestID(naming: request.requestID, peer: peer)
        var head = answer.head
        head.writeString("Date: \(dispatcher.date())\r\nX-Request-Id: \(id)\r\n\r\n")
        send(head, body, context)
        let seconds = Double((NIODeadline.now() - began).nanoseconds) / 1e9
        dispatcher.metrics.note(answer.function, status: answer.status, seconds: seconds)
        return true
    }

    private func send(_ head: ByteBuffer, _ body: [AnswerWriter.Piece], _ context: ChannelHandlerContext) {
        let sent = context.eventLoop.makePromise(of: Void.self)
        connection.beginAhead()
        sent.futureResult.assumeIsolated().whenComplete { [connection] _ in
            // Slices on their way need their files.
            withExtendedLifetime(body) { connection.endAhead() }
        }
        let channel = context.channel
        if !body.isEmpty { channel.holdPackets(true) }
        let parts = [.byteBuffer(head)] + body.compactMap(\.whole)
        for (index, part) in parts.enumerated() {
            context.write(wrapOutboundOut(part), promise: index == parts.count - 1 ? sent : nil)
        }
        context.flush()
        if !body.isEmpty { channel.holdPackets(false) }
    }
}

extension AnswerWriter.Piece {
    /// What is handed to the socket at once.
    fileprivate var whole: IOData? {
        switch self {
        case .bytes(let bytes): .byteBuffer(bytes)
        case .file(let file): file.nextSlice().map { .fileRegion($0) }
        case .object: nil
        }
    }
}

extension Channel {
    /// Holds back a packet that is not full until more follows, so that head and body of an answer travel together; does
    /// nothing on a Unix socket.
    func holdPackets(_ holds: Bool) {
        guard remoteAddress?.protocol != .unix else { return }
        _ = try? syncOptions?.setOption(
            .tcpOption(NIOBSDSocket.Option(rawValue: TCP_CORK)), value: holds ? 1 : 0)
    }
}
