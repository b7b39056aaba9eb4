import Invocation
import NIOCore
import NIOHTTP1
import WriteCounting

/// Answers that workers gave before they were asked for: they are for requests with the same header fields as the one that
/// was asked, and only while everything stands as it did when they were made (Decisions/0003).
struct AheadAnswers {
    /// Who asks, from where: `AheadAnswer.asker` and the client's address.
    struct Asker: Hashable {
        private let text: [UInt8]
        private let address: String
        private let digest: Int

        fileprivate init(_ text: [UInt8], at address: String) {
            self.text = text
            self.address = address
            digest = text.hashValue
        }

        func hash(into hasher: inout Hasher) { hasher.combine(digest) }
    }

    private struct Kept {
        let standing: AheadAnswer.Standing
        let function: String
        /// The worker's frame, until it is first asked for; then what it says.
        var payload: [UInt8]
        var head: AnswerHead?
    }

    /// How many are kept in all; nobody scrolls that far in a second.
    private static let most = 8192
    /// The longest that one is kept, in nanoseconds.
    private static let longest: UInt64 = 1_000_000_000

    private let writes: WriteCounter?
    private var answers: [Asker: [String: Kept]] = [:]
    private var count = 0

    /// - Parameter writes: `nil` where nobody knows what is still true: then nothing is kept.
    init(writes: WriteCounter?) { self.writes = writes }

    /// - Parameter address: the client's.
    /// - Returns: `nil` for a request of which nothing is kept.
    func asker(of head: HTTPRequestHead, at address: String) -> Asker? {
        guard writes != nil, head.method == .GET, !head.uri.utf8.contains(UInt8(ascii: "?")) else { return nil }
        return AheadAnswer.asker(head.headers.lazy.map { ($0.name, $0.value) }).map { Asker($0, at: address) }
    }

    /// - Parameter payload: of the frame that the worker sent.
    mutating func keep(_ payload: [UInt8], for asker: Asker, of function: String) throws(InvocationError) {
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
        let kept = Kept(standing: standing, function: function, payload: payload)
        if answers[asker, default: [:]].updateValue(kept, forKey: path) == nil { count += 1 }
    }

    /// The answer to a request, if it came ahead and still stands.
    mutating func find(_ path: String, for asker: Asker) -> (head: AnswerHead, function: String)? {
        guard let writes, let index = answers.index(forKey: asker), let kept = answers.values[index][path],
            kept.standing.writes == writes.value, kept.standing.end > NIODeadline.now().uptimeNanoseconds
        else { return nil }
        if let head = kept.head { return (head, kept.function) }
        guard let head = try? AheadAnswer(payload: kept.payload[...]).head else { return nil }
        answers.values[index][path]?.head = head
        answers.values[index][path]?.payload = []
        return (head, kept.function)
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
