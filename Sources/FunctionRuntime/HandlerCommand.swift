import Glibc
import HTTPModel
import Invocation
import Logging

/// What the program `handler` does with its arguments.
package enum HandlerCommand {
    private static let usage = """
        usage: handler list [--json]      shows the functions
               handler worker [--jobs]    takes invocations on standard input, or jobs from the database
               handler NAME               answers one CGI/1.1 request
               handler conformance        prints the tables of the conformance statement

        """

    /// - Returns: the exit code: 0; 1 when an answer could not be given; 64 for arguments that are not understood.
    package static func run(
        _ arguments: [String] = Array(CommandLine.arguments.dropFirst()), functions: [any Function.Type],
        jobs: [any Job.Type], statement: () -> String
    ) -> Int32 {
        // A client or dispatcher that goes away shows as an error of the write, not as the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let log = Logger(label: "handler") { JSONLogHandler(label: $0) }
        switch arguments {
        case ["list"]: return show(functions.map { "\($0.entry.route)  \($0.entry.name)\n" }.joined())
        case ["list", "--json"]: return list(functions.map { $0.entry })
        case ["conformance"]: return show(statement())
        case ["worker"]:
            ProcessMemory.keepFreed()
            return work(Invoker(functions: functions, workshop: Workshop(log: log)), log)
        case ["worker", "--jobs"]: return JobLoop(jobs: jobs, workshop: Workshop(log: log, takesTime: true)).run()
        default:
            guard arguments.count == 1, let function = functions.first(where: { $0.entry.name == arguments[0] }) else {
                try? StandardOutput.write(Array(usage.utf8)[...], to: STDERR_FILENO)
                return 64
            }
            return Gateway(function: function, workshop: Workshop(log: log)).run()
        }
    }

    private static func list(_ entries: [FunctionEntry]) -> Int32 {
        guard let json = try? FunctionListDocument(entries).json else { return 1 }
        return show(String(decoding: json, as: UTF8.self) + "\n")
    }

    private static func show(_ text: String) -> Int32 {
        do {
            try StandardOutput.write(Array(text.utf8)[...])
            return 0
        } catch {
            return 1
        }
    }

    private static func work(_ invoker: Invoker, _ log: Logger) -> Int32 {
        do {
            try WorkerLoop(descriptor: STDIN_FILENO).run(
                respond: { head, request in invoker.respond(to: request, function: head.function, id: head.requestID) },
                failed: { invoker.answer(to: $0) }, ahead: { invoker.ahead(of: $0) })
            return 0
        } catch .peerGone {
            return 0
        } catch {
            log.error("the worker ends", metadata: ["error": "\(error)"])
            return 1
        }
    }
}
