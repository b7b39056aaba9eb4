import HTTPModel
import Invocation
import NIOCore

/// One request on its way to a worker, and its answer on the way back.
///
/// A class, as the client's connection, the pool's queue and the worker speak of the same one; all on the event loop.
final class Exchange {
    let entry: FunctionEntry
    let requestID: String
    /// Who may be given what its worker answers ahead; `nil` for nobody.
    let asker: PlainRequest.Asker?
    let began = NIODeadline.now()
    /// When a byte last moved, either way.
    var lastMoved = NIODeadline.now()

    /// How long it waited for a worker, its body's first part included; `nil` while it waits.
    private(set) var queued: TimeAmount?

    private let frame: [UInt8]
    private let waitingLimit: Int
    /// Who asked; `nil` when gone.
    private(set) weak var client: ClientConnection?
    private weak var worker: Worker?
    /// What of the body no worker has taken yet.
    private var waiting: [ByteBuffer] = []
    private var waitingBytes = 0
    private var received = 0
    private let hasBody: Bool
    private(set) var isBodyComplete: Bool
    private(set) var hasAnswer = false

    /// - Parameter frame: the invocation's frame.
    init(
        _ entry: FunctionEntry, requestID: String, frame: [UInt8], hasBody: Bool, waitingLimit: Int,
        client: ClientConnection, asker: PlainRequest.Asker? = nil
    ) {
        self.entry = entry
        self.requestID = requestID
        self.asker = asker
        self.frame = frame
        self.waitingLimit = waitingLimit
        self.client = client
        self.hasBody = hasBody
        isBodyComplete = !hasBody
    }

    // MARK: from the client

    /// - Returns: `false` when the body is over the function's limit.
    func receive(_ bytes: ByteBuffer) -> Bool {
        received &+= bytes.readableBytes
        guard received <= entry.bodyLimit else { return false }
        lastMoved = .now()
        if let worker {
            worker.send(chunk: bytes)
        } else {
            waiting.append(bytes)
            waitingBytes += bytes.readableBytes
        }
        return true
    }

    func receiveEnd() {
        guard !isBodyComplete else { return }
        isBodyComplete = true
        worker?.sendEnd()
        worker?.flush()
    }

    /// Sends on what was received.
    func flushBody() { worker?.flush() }

    /// Whether enough is here for a worker to begin: a slow sender does not keep one waiting for its first bytes.
    var isReady: Bool { isBodyComplete || waitingBytes >= waitingLimit }

    /// Whether more of the body has somewhere to go.
    var wantsBody: Bool { worker?.hasRoom ?? (waitingBytes < waitingLimit) }

    /// The client is gone or was refused: no answer is wanted any more.
    func cancel() {
        client = nil
        worker?.abandon()
        worker = nil
        waiting = []
    }

    /// The client has room for more of the answer.
    func resumeAnswer() { worker?.resumeReading() }

    // MARK: from the worker

    /// Hands everything that is here to a worker.
    func begin(on worker: Worker) {
        self.worker = worker
        let queued: TimeAmount = .now() - began
        self.queued = queued
        client?.noteQueued(queued, in: entry.pool)
        worker.send(frame)
        for bytes in waiting { worker.send(chunk: bytes) }
        if isBodyComplete, hasBody { worker.sendEnd() }
        waiting = []
        lastMoved = .now()
        client?.updateReading()
    }

    /// The worker can take more of the body.
    func resumeBody() { client?.updateReading() }

    func answer(_ head: AnswerHead, inline: ByteBuffer) {
        hasAnswer = true
        lastMoved = .now()
        client?.answer(head, inline: inline)
    }

    /// - Returns: whether the client keeps up; if not, `resumeAnswer` follows.
    func answer(_ piece: AnswerWriter.Piece) -> Bool {
        lastMoved = .now()
        return client?.answer(piece) ?? true
    }

    /// The worker has sent everything.
    func complete() {
        worker = nil
        client?.answerIsComplete()
    }

    /// The worker cannot answer, or not to the end.
    func fail(_ error: HTTPError) {
        worker = nil
        client?.fail(error)
    }
}
