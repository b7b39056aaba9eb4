import CLibpq
import WriteCounting

/// How long a connection lets things take, in milliseconds; 0 is without limit.
package struct Timeouts: Sendable {
    package var statement: Int
    package var idleInTransaction: Int
    package var lock: Int

    package init(statement: Int = 30_000, idleInTransaction: Int = 60_000, lock: Int = 15_000) {
        self.statement = statement
        self.idleInTransaction = idleInTransaction
        self.lock = lock
    }

    /// For migrations and long jobs.
    package static let none = Timeouts(statement: 0, idleInTransaction: 0, lock: 0)
}

/// How the server plans a statement.
package enum Planning: Sendable {
    /// Prepared once per text; from the sixth time on the plan may be one for any value. For keys and short answers.
    case prepared
    /// Planned for these values each time, 0.2 ms more: for lists and patterns, where one plan cannot suit all values.
    case custom
}

/// One blocking connection, made at its first use and made again when the server went away.
///
/// A class, as it owns the socket and the statements prepared on it. It belongs to one thread at a time.
package final class Connection {
    let url: String
    let timeouts: Timeouts
    var handle: OpaquePointer?
    var statements = StatementCache()
    /// 0 outside of a transaction; more inside savepoints.
    var depth = 0
    /// What begins the transaction and goes with its first statement: a transaction costs no exchange of its own.
    var opening: [String] = []
    /// What ends the transaction, and goes with the commit.
    var closing: [SQL] = []
    var channels: [String] = []
    /// Whether something may have been written that is not counted yet.
    var hasWritten = false
    /// Whether what is written takes nothing from anybody.
    private var isAdding = false
    private let writes: WriteCounter?
    private var prefersGenericPlans = false
    /// How long the server was waited for so far.
    package private(set) var time = Duration.zero
    private let farewell = Farewell()

    /// - Parameters:
    ///   - url: a libpq URI or conninfo text.
    ///   - writes: told of what was written, before the caller hears of it.
    /// - Throws: nothing yet; the first call connects.
    package init(url: String, timeouts: Timeouts = Timeouts(), writes: WriteCounter? = .shared) throws {
        self.url = url
        self.timeouts = timeouts
        self.writes = writes
    }

    deinit { PQfinish(handle) }

    /// Plans every statement once for any values, from now on: for work that is known by keys alone, such as filing, where
    /// planning would cost more than running.
    package func preferGenericPlans() throws(PostgresError) {
        guard !prefersGenericPlans else { return }
        prefersGenericPlans = true
        if handle != nil { try adding { () throws(PostgresError) in try script(Self.genericPlans) } }
    }

    /// Counts how long a call of libpq takes that waits for the server.
    func waiting<Result>(_ call: () -> Result) -> Result {
        let began = ContinuousClock.now
        defer { time += ContinuousClock.now - began }
        return call()
    }

    /// Runs what takes nothing from anybody: who calls and where an instance is stay as they were read, so that what it
    /// writes is not counted.
    package func adding<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let wasAdding = isAdding
        isAdding = true
        defer { isAdding = wasAdding }
        return try body()
    }

    /// Remembers that something is written, unless that takes nothing from anybody.
    func noteWriting() { hasWritten = hasWritten || !isAdding }

    /// Tells the machine's other processes that something was written, if it was.
    func countWrites() {
        if hasWritten { writes?.count() }
        hasWritten = false
    }

    private static let genericPlans = "SET plan_cache_mode = force_generic_plan;"

    /// Whether there is a connection that has not been lost, as far as is known without asking the server.
    package var isAlive: Bool { handle.map { PQstatus($0) == CONNECTION_OK && !farewell.came } ?? false }

    /// Gives the connection back; the next call makes a new one.
    package func close() {
        drop()
        depth = 0
        (opening, closing) = ([], [])
    }

    private func drop() {
        PQfinish(handle)
        handle = nil
        farewell.came = false
        statements.forgetAll()
    }

    /// Whether the server knows of the transaction.
    var hasBegun: Bool { depth > 0 && opening.isEmpty }

    /// What goes before the next statement.
    func takeOpening(on handle: OpaquePointer) throws(PostgresError) -> [Outgoing] {
        guard let begin = opening.first else { return [] }
        var taken = [Outgoing.plain(begin)]
        for text in opening.dropFirst() {
            taken.append(try outgoing(SQL(raw: text), planning: .prepared, on: handle))
        }
        opening = []
        return taken
    }

    /// A live connection: the one there is, or a new one unless a transaction was lost with the old.
    func connected() throws(PostgresError) -> OpaquePointer {
        if let handle {
            if !hasBegun { noticeLoss(of: handle) }
            if PQstatus(handle) == CONNECTION_OK && !farewell.came { return handle }
            guard !hasBegun else { throw .connectionLost() }
            drop()
        }
        let fresh = try connect()
        do {
            _ = try checked(waiting { PQexec(fresh, greeting) }, on: fresh)
        } catch {
            PQfinish(fresh)
            throw error
        }
        handle = fresh
        return fresh
    }

    private func connect() throws(PostgresError) -> OpaquePointer {
        // What stands before the URL is a default that the URL may replace.
        let values = ["connect_timeout": "5", "fallback_application_name": "preview-dicom", "dbname": url]
        let ordered = ["connect_timeout", "fallback_application_name", "dbname"]
        let opened = withCStrings(ordered) { keywords in
            withCStrings(ordered.map { values[$0] ?? "" }) { PQconnectdbParams(keywords, $0, 1) }
        }
        guard let opened else { throw .connectionLost() }
        guard PQstatus(opened) == CONNECTION_OK else {
            let message = PQerrorMessage(opened).map { String(cString: $0) }
            PQfinish(opened)
            throw .connectionLost(message)
        }
        PQsetNoticeReceiver(opened, Farewell.receive, Unmanaged.passUnretained(farewell).toOpaque())
        return opened
    }

    private var greeting: String {
        """
        SET search_path = portal, public; SET client_encoding = 'UTF8'; SET TimeZone = 'UTC';
        SET DateStyle = 'ISO, YMD'; SET standard_conforming_strings = on;
        SET statement_timeout = \(timeouts.statement); SET lock_timeout = \(timeouts.lock);
        SET idle_in_transaction_session_timeout = \(timeouts.idleInTransaction);
        """ + (prefersGenericPlans ? Self.genericPlans : "") + channels.map { "LISTEN \"\($0)\";" }.joined()
    }

    /// Reads what an idle connection has got meanwhile: a farewell of the server shows before anything is sent, so
    /// that nothing is ever sent twice.
    private func noticeLoss(of handle: OpaquePointer) {
        while PQstatus(handle) == CONNECTION_OK, Socket.isReadable(PQsocket(handle), milliseconds: 0) {
            PQconsumeInput(handle)
            PQisBusy(handle)  // reads the messages
        }
    }
}

/// Whether the server has said that it ends the connection; a class, as libpq keeps a pointer to it.
private final class Farewell {
    var came = false

    static let receive: PQnoticeReceiver = { farewell, notice in
        guard let farewell, let notice, let severity = PQresultErrorField(notice, Int32(UInt8(ascii: "V"))),
            String(cString: severity) == "FATAL"
        else { return }
        Unmanaged<Farewell>.fromOpaque(farewell).takeUnretainedValue().came = true
    }
}

/// Calls `body` with a NULL-terminated array of C strings.
private func withCStrings(
    _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> OpaquePointer?
) -> OpaquePointer? {
    let bytes = texts.flatMap { Array($0.utf8CString) }
    var starts: [Int] = []
    var place = 0
    for text in texts {
        starts.append(place)
        place += text.utf8.count + 1
    }
    return bytes.withUnsafeBufferPointer { buffer -> OpaquePointer? in
        guard let base = buffer.baseAddress else { return nil }
        var pointers: [UnsafePointer<CChar>?] = starts.map { base + $0 }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { $0.baseAddress.flatMap(body) }
    }
}
