import Glibc
import Logging
import NIOCore

/// Keeps the processes that take jobs alive.
struct JobProcesses {
    private struct Running {
        let socket: Int32
        let child: Child
        let began: NIODeadline
    }

    private static let firstPause = TimeAmount.seconds(1)
    private static let longestPause = TimeAmount.seconds(30)

    private let count: Int
    private let launcher: Launcher
    private let log: Logger
    private var running: [Running] = []
    private var pause = firstPause
    private var notBefore = NIODeadline.uptimeNanoseconds(0)

    init(count: Int, launcher: Launcher, log: Logger) {
        self.count = count
        self.launcher = launcher
        self.log = log
    }

    /// Starts what is missing; after one that ended early the next waits longer.
    mutating func check(_ now: NIODeadline) {
        for process in running {
            guard let code = process.child.exitCode() else { continue }
            log.warning("a job process ended", metadata: ["exit": "\(code)", "pid": "\(process.child.pid)"])
            pause = now - process.began > Self.longestPause ? Self.firstPause : min(pause * 2, Self.longestPause)
            notBefore = now + pause
            close(process.socket)
            running.removeAll { $0.child.pid == process.child.pid }
        }
        guard now >= notBefore else { return }
        while running.count < count {
            do {
                let (socket, child) = try launcher.start(["worker", "--jobs"])
                running.append(Running(socket: socket, child: child, began: now))
            } catch {
                log.error("no job process can be started", metadata: ["error": "\(error)"])
                notBefore = now + Self.longestPause
                return
            }
        }
    }

    /// Closes their input, which tells them to end.
    mutating func stop() -> [Child] {
        defer { running = [] }
        for process in running { close(process.socket) }
        return running.map(\.child)
    }
}
