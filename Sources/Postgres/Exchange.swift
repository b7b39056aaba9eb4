import CLibpq

/// One statement on its way to the server.
enum Outgoing {
    /// Without binds, and without rows of interest.
    case plain(String)
    /// Planned for these values.
    case once(String, [Bind])
    case prepared(StatementCache.Statement, [Bind])

    static let commit = Outgoing.plain("COMMIT")

    var isCommit: Bool { if case .plain("COMMIT") = self { true } else { false } }
}

extension Connection {
    /// Runs statements of which none needs another one's rows: they are sent in one go, and waited for once.
    ///
    /// Outside of a transaction they are one. After one that fails none of the rest is run.
    /// - Returns: the rows of each.
    @discardableResult
    package func queries(_ statements: [SQL]) throws(PostgresError) -> [[Row]] {
        let handle = try connected()
        var outgoing: [Outgoing] = []
        for sql in statements { outgoing.append(try self.outgoing(sql, planning: .prepared, on: handle)) }
        do {
            return try exchange(takeOpening(on: handle) + outgoing, on: handle).suffix(statements.count).map(\.rows)
        } catch  where depth == 0 && Self.staleStatement.contains(error.sqlState) {
            // Nothing of the pipeline was kept; each of them is prepared again by itself.
            var rows: [[Row]] = []
            for sql in statements { rows.append(try query(sql)) }
            return rows
        }
    }

    func outgoing(_ sql: SQL, planning: Planning, on handle: OpaquePointer) throws(PostgresError) -> Outgoing {
        let (text, binds) = (sql.text, sql.binds)
        if statements.mayWrite(text) { noteWriting() }
        return planning == .custom ? .once(text, binds) : .prepared(try prepared(text, binds, on: handle), binds)
    }

    /// Sends statements by libpq's pipeline mode, and waits once.
    ///
    /// The server answers nothing long before it has read all of them, so neither side waits for the other one to read.
    /// - Returns: one answer for each.
    /// - Throws: what went wrong with the first that failed.
    func exchange(_ statements: [Outgoing], on handle: OpaquePointer) throws(PostgresError) -> [QueryResult] {
        for case .once(_, let binds) in statements { try check(binds) }
        for case .prepared(_, let binds) in statements { try check(binds) }
        // Whether it was kept is not always known: after a failure it counts as well.
        defer { if depth == 0 || statements.last?.isCommit ?? false { countWrites() } }
        guard PQenterPipelineMode(handle) == 1, statements.allSatisfy({ post($0, on: handle) }),
            waiting({ PQpipelineSync(handle) }) == 1
        else {
            let message = PQerrorMessage(handle).map { String(cString: $0) }
            close()
            throw .connectionLost(message)
        }
        var answers: [QueryResult] = []
        var failure: PostgresError?
        for _ in statements {
            do {
                answers.append(try checked(waiting { PQgetResult(handle) }, on: handle))
            } catch {
                failure = failure ?? error
            }
            while let rest = PQgetResult(handle) { PQclear(rest) }
        }
        PQclear(PQgetResult(handle))  // of the synchronisation
        if PQexitPipelineMode(handle) != 1, PQstatus(handle) == CONNECTION_OK {
            close()
            throw failure ?? .connectionLost()
        }
        if let failure { throw failure }
        return answers
    }

    /// The same, for the answer of the last one.
    func last(of statements: [Outgoing], on handle: OpaquePointer) throws(PostgresError) -> QueryResult {
        guard let answer = try exchange(statements, on: handle).last else { throw .connectionLost() }
        return answer
    }

    private func post(_ statement: Outgoing, on handle: OpaquePointer) -> Bool {
        switch statement {
        case .plain(let text): return PQsendQueryParams(handle, text, 0, nil, nil, nil, nil, 0) == 1
        case .once(let text, let binds):
            return laidOut(binds) {
                PQsendQueryParams(handle, text, $0.count, $0.types, $0.pointers, $0.lengths, $0.formats, 0)
            } == 1
        case .prepared(let statement, let binds):
            return laidOut(binds) {
                PQsendQueryPrepared(
                    handle, statement.name, $0.count, $0.pointers, $0.lengths, $0.formats, statement.isBinary ? 1 : 0)
            } == 1
        }
    }
}
