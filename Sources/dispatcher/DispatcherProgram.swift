import ArgumentParser
import Dispatching

/// Takes HTTP requests and has functions answer them.
@main
struct DispatcherProgram: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dispatcher", abstract: "Takes HTTP requests and has the functions of a handler answer them.",
        discussion: """
            Environment: PORTAL_DATA (the data folder; files of its store are sent from here), PORTAL_ACCEL_PREFIX (the \
            internal location of an nginx in front that sends them instead), PORTAL_TRUST_PROXY (1: \
            believe X-Real-IP of a proxy on this machine; private: also of one in a private network), \
            PORTAL_METRICS_TOKEN (opens /api/metrics to whoever sends it), and what the handler \
            itself needs.
            """)

    @Option(help: "The address to listen on.") var listen = "127.0.0.1"
    @Option(help: "The port to listen on; 0 takes a free one.") var port = 8081
    @Option(help: "A Unix socket to listen on as well, for an nginx on this machine.") var socket: String?
    @Option(help: "The program that holds the functions.") var handler: String
    @Option(help: "Only these functions, by name, with commas between them.") var functions: String?
    @Option(help: "Workers for short reads, and for uploads; the other pools get half as many.") var workers: Int?
    @Option(help: "Processes that take jobs.") var jobs = 2

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port must be from 0 to 65535.") }
        guard (workers ?? 1) > 0, jobs >= 0 else { throw ValidationError("Counts of processes cannot be negative.") }
    }

    func run() throws {
        var settings = Configuration(handler: handler)
        settings.readEnvironment()
        settings.address = listen
        settings.port = port
        settings.socketPath = socket
        settings.functions = Set((functions ?? "").split(separator: ",").map(String.init))
        settings.jobProcesses = jobs
        if let workers { settings.setWorkers(workers) }
        let code = DispatcherService.run(settings)
        if code != 0 { throw ExitCode(code) }
    }
}
