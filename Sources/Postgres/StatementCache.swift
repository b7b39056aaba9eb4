import WriteCounting

/// What is prepared on a connection, by text; the statement that was unused longest gives way.
struct StatementCache {
    struct Statement {
        let name: String
        /// Whether all its columns can be read in binary form, and one of them is a bytea, for which that pays.
        let isBinary: Bool
        var lastUse: Int
    }

    static let limit = 200

    private var statements: [String: Statement] = [:]
    /// Which texts may change what others read.
    private var writing: [String: Bool] = [:]
    private var clock = 0

    mutating func find(_ text: String) -> Statement? {
        guard var statement = statements[text] else { return nil }
        clock += 1
        statement.lastUse = clock
        statements[text] = statement
        return statement
    }

    mutating func mayWrite(_ text: String) -> Bool {
        if let known = writing[text] { return known }
        if writing.count >= Self.limit { writing = [:] }
        let mayWrite = WriteCounter.mayWrite(text)
        writing[text] = mayWrite
        return mayWrite
    }

    mutating func newName() -> String {
        clock += 1
        return "s\(clock)"
    }

    /// - Returns: the name of the statement that had to go.
    mutating func insert(_ text: String, name: String, isBinary: Bool) -> String? {
        clock += 1
        statements[text] = Statement(name: name, isBinary: isBinary, lastUse: clock)
        guard statements.count > Self.limit,
            let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse })
        else { return nil }
        statements[oldest.key] = nil
        return oldest.value.name
    }

    mutating func forget(_ text: String) { statements[text] = nil }

    mutating func forgetAll() { statements = [:] }
}
