import CPOSIX
import Glibc
import HTTPModel
import Invocation

extension Launcher {
    /// Why the function list could not be had.
    struct NoList: Error, CustomStringConvertible {
        let description: String
    }

    /// What `handler list --json` says.
    ///
    /// - Throws: `Failure`, `NoList`, or the error of the document's decoding.
    static func functionList(of handler: String) throws -> [FunctionEntry] {
        var ends: [Int32] = [-1, -1]
        guard cposix_pipe_cloexec(&ends) == 0 else { throw Failure(call: "pipe", code: errno) }
        defer { close(ends[0]) }
        let child: Child
        do {
            defer { close(ends[1]) }
            child = try spawn(handler, ["list", "--json"], input: -1, output: ends[1])
        }
        let json = readAll(ends[0])
        while true {
            if let code = child.exitCode() {
                guard code == 0 else { throw NoList(description: "'\(handler) list --json' ended with \(code)") }
                break
            }
            // It has closed its output, so it is about to end.
            poll(nil, 0, 1)
        }
        let entries = try FunctionListDocument(json: json).entries
        guard !entries.isEmpty else { throw NoList(description: "'\(handler) list --json' names no function") }
        return entries
    }

    private static func readAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var room = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &room, room.count)
            if count > 0 { bytes += room[..<count] } else if count == 0 || errno != EINTR { return bytes }
        }
    }
}
