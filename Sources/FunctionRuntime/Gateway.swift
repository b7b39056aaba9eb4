import FoundationEssentials
import Glibc
import HTTPModel
import Logging

/// Answers one CGI/1.1 request: environment and standard input in, standard output out.
struct Gateway {
    let function: any Function.Type
    let workshop: Workshop

    /// - Returns: 1 when the answer could not be written to its end.
    func run() -> Int32 {
        let invoker = Invoker(functions: [function], workshop: workshop)
        do {
            let answer = GatewayAnswer(workshop: workshop) { try StandardOutput.write($0) }
            var isHead = false
            let response = respond(invoker, &isHead)
            try answer.send(response, omitsBody: isHead, failed: { invoker.answer(to: $0) })
            return 0
        } catch {
            workshop.log.error("the answer was cut", metadata: ["error": "\(ErrorStatuses.detail(of: error))"])
            return 1
        }
    }

    private func respond(_ invoker: Invoker, _ isHead: inout Bool) -> Response {
        let id = "cgi-\(getpid())"
        do {
            let entry = function.entry
            let request = try GatewayRequest(environment: ProcessInfo.processInfo.environment)
                .request(for: entry.route, bodyLimit: entry.bodyLimit) { try StandardInput.read() }
            isHead = request.method == .head
            return invoker.respond(to: request, function: entry.name, id: id)
        } catch {
            return invoker.refuse(error, id: id)
        }
    }
}
