import HTTPModel
import Invocation
import Logging
import Portal

/// Runs one function for one request, and turns whatever happens into an answer.
///
/// A class, as the streamed body of an answer is made after the answer was given, and may fail then.
final class Invoker {
    private let functions: [String: any Function.Type]
    private let workshop: Workshop
    /// The invocation in progress, for errors that come late.
    private var requestID = ""
    private var function = ""
    private var language = Language.english
    /// What answered the last request, if more of its kind may follow.
    private var reading: (any Function.Type)?
    private var given = GivenAhead()

    init(functions: [any Function.Type], workshop: Workshop) {
        self.functions = Dictionary(functions.map { ($0.entry.name, $0) }, uniquingKeysWith: { first, _ in first })
        self.workshop = workshop
    }

    func respond(to request: Request, function name: String, id: String) -> Response {
        let time = InvocationTime(of: workshop)
        requestID = id
        function = name
        let preferred = Language.preferred(in: request.headers["Accept-Language"])
        language = preferred ?? .english
        var response: Response
        reading = nil
        do {
            guard let function = functions[name] else { throw HTTPError.notFound }
            response = try answer(request, function, accountLanguage: preferred == nil)
            if response.status == 200, request.isPlainReading { reading = function }
        } catch {
            response = answer(to: error)
        }
        complete(&response, time.text)
        response.headers.add("X-Request-Id", requestID)
        return response
    }

    /// The answers to what is likely asked for after the request that was answered last: each of them once, as long as
    /// nothing is written. A failure is for the request that meets it.
    func ahead(of request: Request) -> [AheadAnswer] {
        guard let reading, let context = try? workshop.ready(), let recollection = context.recollection,
            recollection.isCalm, let next = try? reading.init().next(after: request, in: context), !next.isEmpty,
            let said = AheadAnswer.asker(request.headers.fields.lazy.map { ($0.name, $0.value) })
        else { return [] }
        let known = recollection.standing
        let standing = AheadAnswer.Standing(writes: known.writes, end: MonotonicClock.nanoseconds(at: known.end))
        given.begin(known)
        let asker = said + request.remoteAddress.utf8
        return next.compactMap { next in
            guard given.isFirst(next.path, for: asker), var response = try? next.answer() else { return nil }
            complete(&response, InvocationTime.none)
            return AheadAnswer(path: next.path, standing: standing, response: response)
        }
    }

    /// The answer for an error; what is unexpected goes to the log.
    func answer(to error: any Error) -> Response {
        let refusal = ErrorStatuses.refusal(for: error)
        if refusal.status.code >= 500 {
            workshop.log.error(
                "an invocation failed",
                metadata: [
                    "function": "\(function)", "requestId": "\(requestID)", "status": "\(refusal.status.code)",
                    "error": "\(ErrorStatuses.detail(of: error))",
                ])
        }
        return refusal.response(requestID: requestID, language: language)
    }

    /// The complete answer for a request that never came to be.
    func refuse(_ error: any Error, id: String) -> Response {
        requestID = id
        var response = answer(to: error)
        complete(&response, InvocationTime(of: workshop).text)
        response.headers.add("X-Request-Id", requestID)
        return response
    }

    private func answer(_ request: Request, _ function: any Function.Type, accountLanguage: Bool) throws -> Response {
        let context = try workshop.ready()
        context.requestID = requestID
        context.log[metadataKey: "requestId"] = "\(requestID)"
        context.caller = .stranger
        context.lookedUp = nil
        if let coding = request.headers["Content-Encoding"], !coding.equalsIgnoringASCIICase("identity") {
            throw HTTPError(
                415, "body.encoded", "A compressed body is not taken here.", headers: ["Accept-Encoding": "identity"])
        }
        let entrance = Entrance(
            settings: context.settings, sessions: Sessions(database: context.database),
            // What changes something asks anew.
            recollection: request.method == .get || request.method == .head ? context.recollection : nil)
        let address = function.lookup.flatMap { InstanceAddress(request, $0) }
        let admitted = try entrance.admit(request, to: function.access, opening: address) { caller in
            if accountLanguage { language = Language(rawValue: caller.language) ?? .english }
        }
        context.caller = admitted.caller
        context.lookedUp = address.map { ($0, admitted.instance) }
        try function.contract.check(request)
        let response = try function.init().respond(to: request, in: context)
        if let visit = function.visit, let study = request.parameters["study"] {
            try context.visits.note(visit, study: study, by: context.caller, at: request.remoteAddress)
        }
        return try response.readable(by: request, from: context.store)
    }

    /// What every answer carries: nothing behind rights may be kept by a shared cache or read as another type.
    private func complete(_ response: inout Response, _ time: String) {
        if response.headers["Cache-Control"] == nil { response.headers.add("Cache-Control", "private, no-cache") }
        if response.headers["Vary"] == nil {
            response.headers.add("Vary", "Cookie, Authorization, Accept, Accept-Encoding, Save-Data")
        }
        response.headers.add("X-Content-Type-Options", "nosniff")
        response.headers.add("Server-Timing", time)
    }
}

extension Request {
    /// Whether it is a plain reading, which another one differs from in its path alone.
    fileprivate var isPlainReading: Bool {
        method == .get && query.isEmpty
            && !["If-None-Match", "If-Match", "If-Range", "Range", "If-Modified-Since"].contains { headers[$0] != nil }
    }
}

extension InstanceAddress {
    /// What a route's `{study}`, `{series}` and `{instance}` name.
    fileprivate init?(_ request: Request, _ lookup: InstanceLookup) {
        guard let uid = request.parameters["instance"], let study = request.parameters["study"] else { return nil }
        self.init(uid, series: request.parameters["series"], study: study, includesFrames: lookup == .fileAndFrames)
    }
}
