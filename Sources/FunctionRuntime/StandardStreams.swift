import Glibc
import ObjectStore

/// The process's input as a sign of life of who started it: a socket or pipe that is closed means to end.
enum StandardInput {
    /// A terminal or `/dev/null` says nothing.
    private static let isWatched: Bool = {
        var facts = stat()
        return fstat(STDIN_FILENO, &facts) == 0 && [S_IFSOCK, S_IFIFO].contains(facts.st_mode & S_IFMT)
    }()

    static var isClosed: Bool { isClosed(within: 0) }

    /// Waits, at most until the input is closed.
    static func wait(milliseconds: Int32) { _ = isClosed(within: milliseconds) }

    private static func isClosed(within milliseconds: Int32) -> Bool {
        var watched = pollfd(fd: isWatched ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, milliseconds) > 0
    }

    /// The next bytes; none at the end.
    static func read() throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
            while true {
                let result = Glibc.read(STDIN_FILENO, buffer.baseAddress, buffer.count)
                if result >= 0 {
                    count = result
                    return
                }
                guard errno == EINTR else { throw StoreError.failed(operation: "read the input", code: errno) }
            }
        }
    }
}

/// The process's output.
enum StandardOutput {
    /// Writes all bytes.
    static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32 = STDOUT_FILENO) throws {
        var rest = bytes
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                throw StoreError.failed(operation: "write the output", code: errno)
            }
        }
    }
}
