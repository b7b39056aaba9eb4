import CPOSIX
import Glibc
import HTTPModel

/// A process that the dispatcher made, or what stands for one in a test.
struct Child {
    /// For the log.
    let pid: Int32
    /// Ends it at once.
    let kill: () -> Void
    /// Its exit code when it ended, else `nil`; does not wait. It is reaped by that.
    let exitCode: () -> Int32?
}

/// How processes of the handler are started.
struct Launcher {
    struct Failure: Error, CustomStringConvertible {
        let call: String
        let code: Int32
        var description: String { "\(call) failed with errno \(code)" }
    }

    /// Starts the handler with arguments; gives our end of its socket, which is its standard input.
    let start: (_ arguments: [String]) throws -> (socket: Int32, child: Child)

    /// Starts the program at `path`.
    static func program(_ path: String) -> Launcher {
        Launcher { arguments in
            var ends: [Int32] = [-1, -1]
            guard cposix_socketpair_cloexec(&ends) == 0 else { throw Failure(call: "socketpair", code: errno) }
            defer { close(ends[1]) }
            do {
                return (ends[0], try spawn(path, arguments, input: ends[1], output: -1))
            } catch {
                close(ends[0])
                throw error
            }
        }
    }

    static func spawn(_ path: String, _ arguments: [String], input: Int32, output: Int32) throws -> Child {
        var pid: pid_t = 0
        var texts = ([path] + arguments).map { strdup($0) } + [nil]
        defer { texts.forEach { free($0) } }
        let result = cposix_spawn(&pid, path, &texts, input, output)
        guard result == 0 else { throw Failure(call: "posix_spawn", code: result) }
        let started = pid
        return Child(
            pid: started,
            kill: { _ = Glibc.kill(started, SIGKILL) },
            exitCode: {
                var status: Int32 = 0
                return waitpid(started, &status, WNOHANG) == 0 ? nil : cposix_exit_code(status)
            })
    }
}
