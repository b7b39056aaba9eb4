import HTTPModel
import Invocation
import NIOCore
import NIOHTTP1

/// One client's HTTP/1.1 connection: at most one request at a time, as the pipeline before it queues the others.
///
/// A class and a channel handler: it is the connection's state. All on the event loop.
final class ClientConnection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let dispatcher: Dispatcher
    private var context: ChannelHandlerContext?
    private var answering: ClientAnswer?
    private var exchange: Exchange?
    private var isSubmitted = false
    /// Whether the last request was read to its end.
    private var isRequestComplete = true
    /// What of an unwanted body was read away, in bytes.
    private var discarded = 0
    private var lastRead = NIODeadline.now()
    private var hasAnswered = false
    private var isReading = true
    /// Whether our side is closed and only the client's end is awaited.
    private var isLingering = false
    /// Whether the last answer ends the connection.
    private var isLeaving = false
    /// What is likely to be parsed now, and whether just that was.
    private var expected: PlainRequest?
    private var hasTakenExpected = false
    /// Since when the socket takes an answer that came ahead.
    private var aheadSince: NIODeadline?

    init(_ dispatcher: Dispatcher) { self.dispatcher = dispatcher }

    /// Whether no request is in progress, no answer on its way, and more may come.
    var isResting: Bool { answering == nil && isRequestComplete && aheadSince == nil && !isLeaving }

    func close() { context?.close(promise: nil) }

    // MARK: what came ahead

    /// - Parameters:
    ///   - request: what the bytes are that are parsed now, if they are a whole one.
    /// - Returns: whether the parser found just that: then it has nothing left over.
    func tookAll(of request: PlainRequest?, _ parse: () -> Void) -> Bool {
        (expected, hasTakenExpected) = (request, false)
        parse()
        expected = nil
        return hasTakenExpected && isRequestComplete
    }

    func beginAhead() {
        let now = NIODeadline.now()
        (lastRead, aheadSince, hasAnswered) = (now, now, true)
    }

    func endAhead() { (aheadSince, lastRead) = (nil, .now()) }

    // MARK: the request

    func handlerAdded(context: ChannelHandlerContext) { self.context = context }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        lastRead = .now()
        switch unwrapInboundIn(data) {
        case .head(let head): receive(head, context)
        case .body(let bytes): receive(bytes)
        case .end: receiveEnd()
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        exchange?.flushBody()
        updateReading()
    }

    private func receive(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        isRequestComplete = false
        isSubmitted = false
        discarded = 0
        let (requestID, address) = dispatcher.origin(of: head, context.channel)
        let answering = ClientAnswer(head, requestID: requestID, dispatcher: dispatcher, context: context)
        self.answering = answering
        do {
            if MetricsDoor.isAsked(head) { return try answerMetrics(head, context) }
            let asker = expected.flatMap { $0.isSame(as: head) ? $0.asker : nil }
            hasTakenExpected = asker != nil
            let accepted = try dispatcher.acceptance.accept(
                head, requestID: requestID, remoteAddress: address, takesAhead: asker != nil)
            exchange = Exchange(
                accepted.entry, requestID: requestID, frame: accepted.frame, hasBody: accepted.body != .none,
                waitingLimit: dispatcher.limits.waitingBody, client: self, asker: asker)
            if accepted.body != .none, head.headers[canonicalForm: "Expect"].contains("100-continue") {
                answering.sendContinue()
            }
        } catch {
            refuse(error)
        }
    }

    private func answerMetrics(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) throws(HTTPError) {
        try dispatcher.metricsDoor.open(head, peer: context.channel.remoteAddress?.ipAddress)
        let headers: Headers = [
            "Content-Type": "text/plain; version=0.0.4; charset=utf-8", "Cache-Control": "no-store",
        ]
        let response = Response(headers: headers, body: .bytes(Array(dispatcher.metricsText().utf8)))
        answering?.answer(response) { [weak self] in self?.answerIsSent(whole: $0) }
    }

    private func receive(_ bytes: ByteBuffer) {
        guard let exchange else {
            discarded &+= bytes.readableBytes
            if discarded > dispatcher.limits.discardedBody { close() }
            return
        }
        guard exchange.receive(bytes) else { return refuse(.contentTooLarge(limit: exchange.entry.bodyLimit)) }
        if exchange.isReady { submit(exchange) }
    }

    private func receiveEnd() {
        isRequestComplete = true
        if isLingering { return close() }
        guard let exchange else { return }
        exchange.receiveEnd()
        submit(exchange)
    }

    private func submit(_ exchange: Exchange) {
        guard !isSubmitted else { return }
        isSubmitted = true
        dispatcher.submit(exchange)
    }

    /// Reads on or holds the sender back, as the worker takes the body.
    func updateReading() {
        let wants = exchange?.wantsBody ?? true
        guard wants != isReading else { return }
        isReading = wants
        lastRead = .now()
        _ = try? context?.channel.syncOptions?.setOption(.autoRead, value: wants)
    }

    func noteQueued(_ time: TimeAmount, in pool: Pool) {
        dispatcher.metrics.noteQueued(in: pool, seconds: Double(time.nanoseconds) / 1e9)
    }

    // MARK: the answer

    func answer(_ head: AnswerHead, inline: ByteBuffer) {
        guard let answering else { return }
        let begun = answering.begin(head, inline: inline, queued: exchange?.queued) { [weak self] in
            self?.answerIsSent(whole: $0)
        }
        guard begun else { return refuse(.objectMissing) }
        note(status: head.status.code)
    }

    /// - Returns: whether the client keeps up; if not, `Exchange.resumeAnswer` is called later.
    func answer(_ piece: AnswerWriter.Piece) -> Bool {
        guard let answering else { return true }
        guard answering.add(piece) else {
            close()
            return true
        }
        return answering.waitingBytes < dispatcher.limits.waitingAnswer
    }

    func answerIsComplete() {
        exchange = nil
        // What is left of a body that the function did not want is read away.
        updateReading()
        answering?.end()
    }

    /// The answer cannot come, or not to its end.
    func fail(_ error: HTTPError) {
        if answering?.hasBegun ?? true { close() } else { refuse(error) }
    }

    private func note(status: Int) {
        let seconds = exchange.map { Double((NIODeadline.now() - $0.began).nanoseconds) / 1e9 } ?? 0
        dispatcher.metrics.note(exchange?.entry.name, status: status, seconds: seconds)
    }

    private func refuse(_ error: HTTPError) {
        if !(answering?.hasBegun ?? true) { note(status: error.status.code) }
        exchange?.cancel()
        exchange = nil
        guard let answering, !answering.hasBegun else { return close() }
        if error.code.hasPrefix("header.") || error.status == 413 || error.status == 408 {
            answering.keepsAlive = false
        }
        answering.refuse(error) { [weak self] in self?.answerIsSent(whole: $0) }
        updateReading()
    }

    /// The last piece is with the socket.
    private func answerIsSent(whole: Bool) {
        guard let answering, let context, whole else { return close() }
        self.answering = nil
        hasAnswered = true
        lastRead = .now()
        guard !answering.keepsAlive || dispatcher.isStopping else { return answering.sendEnd(promise: nil) }
        isLeaving = true
        let sent = context.eventLoop.makePromise(of: Void.self)
        sent.futureResult.assumeIsolated().whenComplete { [weak self] _ in self?.leave() }
        answering.sendEnd(promise: sent)
    }

    /// Closes; a client that is still sending would lose the answer to a reset, so its end is awaited for a while.
    private func leave() {
        guard !isRequestComplete else { return close() }
        isLingering = true
        context?.close(mode: .output, promise: nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        guard context.channel.isWritable, let answering else { return }
        // A slow client is no reason to end the worker that waits for it.
        exchange?.lastMoved = .now()
        answering.pump()
        if answering.waitingBytes < dispatcher.limits.waitingAnswer / 2 { exchange?.resumeAnswer() }
    }

    // MARK: the end

    func channelInactive(context: ChannelHandlerContext) {
        exchange?.cancel()
        exchange = nil
        answering?.abandon()
        answering = nil
        self.context = nil
        dispatcher.isGone(self)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError, !(answering?.hasBegun ?? false), !isLingering else {
            return close()
        }
        let refusal =
            error == .headerOverflow
            ? HTTPError(431, "header.tooLarge", "The request's header is too large.")
            : .badRequest("header.malformed", "The request is not HTTP/1.1.")
        if answering == nil {
            answering = ClientAnswer(
                nil, requestID: dispatcher.nextRequestID(), dispatcher: dispatcher, context: context)
        }
        answering?.keepsAlive = false
        refuse(refusal)
    }

    /// Ends what stands still for too long.
    func check(_ now: NIODeadline) {
        let limits = dispatcher.limits
        let quiet = now - lastRead
        if let aheadSince {
            if now - aheadSince > .seconds(Int64(limits.unreadAnswer)) { close() }
        } else if let answering, answering.hasBegun {
            if let moved = answering.lastMoved, now - moved > .seconds(Int64(limits.unreadAnswer)),
                answering.waitsForClient
            {
                close()
            }
        } else if !isRequestComplete, answering != nil {
            if isReading, quiet > .seconds(Int64(limits.stalled)) { refuse(.bodyStalled) }
        } else if !isRequestComplete {
            if quiet > .seconds(5) || isLingering && quiet > .seconds(2) { close() }
        } else if answering == nil, quiet > .seconds(Int64(hasAnswered ? limits.resting : limits.stalled)) {
            close()
        }
    }
}
