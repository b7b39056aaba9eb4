import Glibc
import Testing

@testable import Dispatching

/// How processes are started, listed and ended.
@Suite struct ChildTests {
    /// A program of the test's own; removed by the caller.
    private func script(_ text: String) throws -> String {
        var template = Array("/tmp/handler-XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let content = "#!/bin/sh\n\(text)\n"
        #expect(write(descriptor, content, content.utf8.count) == content.utf8.count)
        fchmod(descriptor, 0o700)
        close(descriptor)
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private func exitCode(of child: Child) -> Int32 {
        while true {
            if let code = child.exitCode() { return code }
            poll(nil, 0, 5)
        }
    }

    @Test func aChildHasOnlyItsSocketAndOurOutput() throws {
        let inherited = open("/dev/null", O_RDONLY)
        let number: Int32 = 200
        dup2(inherited, number)
        defer { [inherited, number].forEach { close($0) } }
        let path = try script("[ ! -e /proc/$$/fd/\(number) ]")
        defer { unlink(path) }
        let (socket, child) = try Launcher.program(path).start([])
        #expect(exitCode(of: child) == 0)
        close(socket)
    }

    @Test func aChildEndsWhenItsSocketIsClosedAndWhenItIsKilled() throws {
        let path = try script("cat >/dev/null; exit 7")
        defer { unlink(path) }
        let (socket, child) = try Launcher.program(path).start([])
        #expect(child.exitCode() == nil)
        close(socket)
        #expect(exitCode(of: child) == 7)
        let (other, killed) = try Launcher.program(path).start([])
        killed.kill()
        #expect(exitCode(of: killed) == 128 + SIGKILL)
        close(other)
    }

    @Test func theListIsWhatTheHandlerPrints() throws {
        let list =
            #"{"functions":[{"name":"A","route":"GET /a","pool":"read","access":"open","bodyLimit":1,"deadline":2}]}"#
        let path = try script("[ \"$*\" = 'list --json' ] && echo '\(list)'")
        defer { unlink(path) }
        #expect(try Launcher.functionList(of: path).map(\.name) == ["A"])
    }

    @Test(arguments: ["exit 3", "echo nothing", "echo '{\"functions\":[]}'", "kill -9 $$"])
    func aHandlerWithoutAListIsAnError(text: String) throws {
        let path = try script(text)
        defer { unlink(path) }
        #expect(throws: (any Error).self) { try Launcher.functionList(of: path) }
        #expect(throws: (any Error).self) { try Launcher.functionList(of: "/nonexistent") }
    }
}
