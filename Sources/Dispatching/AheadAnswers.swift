import HTTPModel
import Invocation
import NIOCore
import WriteCounting

/// Answers that workers gave before they were asked for: they are for requests with the same header fields as the one that
/// was asked, and only while everything stands as it did when they were made (Decisions/0003).
struct AheadAnswers {
    private struct Kept {
        let standing: AheadAnswer.Standing
        let function: String
        /// The worker's frame, until it is first asked for; then what was made of it.
        var payload: [UInt8]
        var ready: Ready?
    }

    /// What goes out, but for the lines that are of one answer alone: its date and its id.
    struct Ready {
        let function: String
        let status: Int
        let head: ByteBuffer
        /// The body, where nginx does not send it.
        let segments: [Segment]
    }

    /// How many are kept in all; nobody scrolls that far in a second.
    private static let most = 8192
    /// The longest that one is kept, in nanoseconds.
    private static let longest: UInt64 = 1_000_000_000

    private let writes: WriteCounter?
    private var answers: [PlainRequest.Asker: [String: Kept]] = [:]
    private var count = 0

    /// - Parameter writes: `nil` where nobody knows what is still true: then nothing is kept.
    init(writes: WriteCounter?) { self.writes = writes }

    /// Whether somebody counts what is written.
    var canKeep: Bool { writes != nil }

    /// - Parameter payload: of the frame that the worker sent.
    mutating func keep(_ payload: [UInt8], for asker: PlainRequest.Asker, of function: String) throws(InvocationError) {
        let (path, said) = try AheadAnswer.label(of: payload[...])
        guard said.writes == writes?.value else { return }
        let latest = NIODeadline.now().uptimeNanoseconds + Self.longest
        let standing = AheadAnswer.Standing(writes: said.writes, end: min(said.end, latest))
        if let known = answers[asker]?[path], known.standing.writes == standing.writes,
            known.standing.end >= standing.end
        {
            return
        }
        if count >= Self.most { forgetAll() }
        let kept = Kept(standing: standing, function: function, payload: payload, ready: nil)
        if answers[asker, default: [:]].updateValue(kept, forKey: path) == nil { count += 1 }
    }

    /// The answer to a request, if it came ahead and still stands.
    ///
    /// - Parameter accel: where the nginx that asks finds the store; it depends on the asker alone.
    mutating func find(_ request: PlainRequest, accel: AccelRedirect?) -> Ready? {
        guard let writes, let index = answers.index(forKey: request.asker),
            let kept = answers.values[index][request.path], kept.standing.writes == writes.value,
            kept.standing.end > NIODeadline.now().uptimeNanoseconds
        else { return nil }
        if let ready = kept.ready { return ready }
        guard let head = try? AheadAnswer(payload: kept.payload[...]).head else { return nil }
        let plan = AnswerPlan(head, .plainly, accel: accel, queued: .zero)
        let ready = Ready(
            function: kept.function, status: head.status.code, head: plan.text, segments: plan.segments)
        answers.values[index][request.path]?.ready = ready
        answers.values[index][request.path]?.payload = []
        return ready
    }

    /// Gives up what does not stand any more.
    mutating func forget(_ now: NIODeadline) {
        guard count > 0, let writes = writes?.value else { return }
        for asker in answers.keys {
            answers[asker] = answers[asker]?.filter {
                $0.value.standing.writes == writes && $0.value.standing.end > now.uptimeNanoseconds
            }
        }
        answers = answers.filter { !$0.value.isEmpty }
        count = answers.values.reduce(0) { $0 + $1.count }
    }

    private mutating func forgetAll() { (answers, count) = ([:], 0) }
}
