import Glibc
@testable import Ingestion
import Logging
import ObjectStore
import Synchronization

@testable import DICOMNetwork
@testable import Receiving

/// A listener on a free port whose storage provider keeps received files in memory.
final class TestListener: Sendable {
    let port: Int
    /// 0 without TLS.
    let tlsPort: Int
    private let listener: StorageListener
    private let kept: Keeper
    private let store: DirectoryStore

    init(tls: TLSContext? = nil) throws {
        var template = Array("/tmp/receiving-XXXXXX".utf8CString)
        let folder = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
        }
        let store = try DirectoryStore(root: folder)
        let kept = Keeper(store: store)
        let log = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        var sockets = [try ListeningSocket(address: "127.0.0.1", port: 0)]
        if let tls { sockets.append(try ListeningSocket(address: "127.0.0.1", port: 0, tls: tls)) }
        let listener = StorageListener(sockets, admittedBy: kept, log: log)
        self.store = store
        self.kept = kept
        self.listener = listener
        port = listener.ports[0]
        tlsPort = listener.ports.dropFirst().first ?? 0
        _ = startThread { listener.serve() }
    }

    func stop() { listener.stop() }

    func received() -> [[UInt8]] { kept.files.withLock { $0 } }

    /// Files left under `incoming/` once all associations have ended.
    func spooledFiles() throws -> Int {
        for _ in 0..<200 where try incoming() > 0 { usleep(10_000) }
        return try incoming()
    }

    private func incoming() throws -> Int {
        guard let folder = opendir(store.root + "/incoming") else { throw TestError.noFolder }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return count - 2  // "." and ".."
    }
}

enum TestError: Error {
    case noFolder
    case connection
    case unexpected(PDU)
}

/// Admits everyone and keeps what they send.
final class Keeper: Admitting {
    let files = Mutex<[[UInt8]]>([])
    private let store: DirectoryStore

    init(store: DirectoryStore) { self.store = store }

    func admit(_ request: AssociateRequest, from peer: Peer) -> Admission {
        .admitted(
            StorageProvider(
                callingAETitle: request.callingAETitle,
                log: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
                newSpool: { [store] in try store.newSpool() },
                ingest: { [self] object in
                    let file = fopen(object.path, "r")
                    defer { fclose(file) }
                    var bytes = [UInt8](repeating: 0, count: object.length)
                    fread(&bytes, 1, bytes.count, file)
                    files.withLock { $0.append(bytes) }
                    object.discard()
                    return .stored(
                        StoredInstance(
                            studyUID: "1", seriesUID: "1", sopInstanceUID: "1.2.3", sopClassUID: AssociationTests.ct,
                            identity: FileIdentity(name: "", patientID: "", issuer: "", birthDate: ""),
                            warnings: []))
                }))
    }
}

/// A blocking association requester that says what the test tells it to.
final class TestClient {
    private let socket: AssociationSocket
    private let descriptor: Int32
    private var framer = PDUFramer(longestData: 1 << 20)

    init(port: Int) throws {
        let descriptor = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        socket = AssociationSocket(descriptor: descriptor)
        self.descriptor = descriptor
        guard result == 0 else { throw TestError.connection }
    }

    func associate(_ abstractSyntax: String) throws {
        try send(
            .associateRequest(
                AssociateRequest(
                    calledAETitle: "PREVIEWDICOM", callingAETitle: "TEST",
                    contexts: [
                        ProposedContext(
                            id: 1, abstractSyntax: abstractSyntax, transferSyntaxes: [AssociationTests.implicit])
                    ],
                    userInformation: UserInformation(
                        maximumLength: 1 << 16, implementationClassUID: "1.2", implementationVersionName: "T"))))
        let answer = try pdu()
        guard case .associateAccept = answer else { throw TestError.unexpected(answer) }
    }

    /// Says that nothing more will come, and goes on reading.
    func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What still comes until the connection ends.
    func everything() throws -> [UInt8] {
        let deadline = monotonicMilliseconds() + 5000
        var all: [UInt8] = []
        do {
            while true { all += try socket.read(until: deadline) }
        } catch AssociationSocket.Failure.closed {
            return all
        }
    }

    func send(bytes: [UInt8]) throws { try socket.write(bytes) }

    func send(_ pdu: PDU) throws { try socket.write(pdu.encoded()) }

    func send(command: CommandSet) throws {
        try send(
            .data([
                PresentationDataValue(contextID: 1, isCommand: true, isLast: true, bytes: command.encoded()[...])
            ]))
    }

    func command() throws -> CommandSet {
        let answer = try pdu()
        guard case .data(let values) = answer, let bytes = values.first?.bytes else {
            throw TestError.unexpected(answer)
        }
        return try CommandSet(Array(bytes))
    }

    func pdu() throws -> PDU {
        let deadline = monotonicMilliseconds() + 10_000
        while true {
            if let pdu = try framer.next() { return pdu }
            framer.append(try socket.read(until: deadline))
        }
    }
}
