import CLibpq

extension Connection {
    /// Runs `body` in a transaction: all of it is kept when it returns, nothing when it throws.
    ///
    /// Inside another transaction it is a savepoint: what it throws undoes its own part only. A caller may run the
    /// outermost one again when the error `isRetryable`.
    /// - Throws: what `body` throws; `PostgresError` when the commit fails. After 08006 from a commit nobody knows
    ///   whether it happened.
    package func transaction<Result>(_ body: () throws -> Result) throws -> Result {
        try transaction(opening: "", body)
    }

    /// - Parameter opening: a first statement of ours, sent together with the beginning.
    private func transaction<Result>(opening first: String, _ body: () throws -> Result) throws -> Result {
        let name = "level_\(depth)"
        let queued = closing.count
        try begin(first, at: name)
        depth += 1
        let outcome: Result
        do {
            outcome = try body()
        } catch {
            let hadBegun = hasBegun
            depth = max(0, depth - 1)
            closing.removeSubrange(min(queued, closing.count)...)
            if depth > 0 { undo(to: name) } else if hadBegun { undo(to: nil) }
            if depth == 0 { opening = [] }
            throw error
        }
        try finish(name, queued)
        return outcome
    }

    /// The outermost transaction begins with its first statement; a savepoint at once.
    private func begin(_ first: String, at name: String) throws(PostgresError) {
        guard depth > 0 else { return opening = ["BEGIN", first].filter { !$0.isEmpty } }
        do {
            try script("SAVEPOINT \(name);" + first)
        } catch {
            if !first.isEmpty { undo(to: name) }
            throw error
        }
    }

    /// Runs a statement as the last one of the transaction around it, in one exchange with its end; at once outside of one.
    package func executeLast(_ sql: SQL) throws(PostgresError) {
        if depth == 0 { try execute(sql) } else { closing.append(sql) }
    }

    /// Runs a transaction again, up to `attempts` times in all, after a deadlock or a serialisation failure.
    ///
    /// - Parameter opening: a first statement of ours without binds, sent together with the beginning.
    package func retryingTransaction<Result>(
        attempts: Int = 5, opening: String = "", _ body: () throws -> Result
    ) throws -> Result {
        for _ in 1..<max(1, attempts) {
            do {
                return try transaction(opening: opening, body)
            } catch let error as PostgresError where error.isRetryable && depth == 0 {}
        }
        return try transaction(opening: opening, body)
    }

    /// - Parameter queued: how many of the last statements belong to the levels above.
    private func finish(_ name: String, _ queued: Int) throws(PostgresError) {
        // It was lost and given up, which the body passed over.
        guard depth > 0 else { throw .connectionLost() }
        guard depth == 1 else { return try release(name, queued) }
        let last = closing
        closing = []
        if opening == ["BEGIN"], last.isEmpty {  // it asked nothing
            (depth, opening) = (0, [])
            return
        }
        let handle = try connectedInTransaction()
        let answer: QueryResult
        do {
            var outgoing: [Outgoing] = []
            for sql in last { outgoing.append(try self.outgoing(sql, planning: .prepared, on: handle)) }
            answer = try self.last(of: takeOpening(on: handle) + outgoing + [.commit], on: handle)
        } catch {
            depth = 0
            if self.handle != nil, PQtransactionStatus(handle) != PQTRANS_IDLE { undo(to: nil) }
            opening = []
            throw error
        }
        depth = 0
        // A transaction in which an error was passed over answers COMMIT with ROLLBACK.
        guard PQcmdStatus(answer.handle).map({ String(cString: $0) }) == "COMMIT" else {
            throw PostgresError(sqlState: "25P02", message: "the transaction had failed and was rolled back")
        }
    }

    private func release(_ name: String, _ queued: Int) throws(PostgresError) {
        let last = closing[queued...]
        closing.removeSubrange(queued...)
        defer { depth = max(0, depth - 1) }
        do {
            for sql in last { try execute(sql) }
            try script("RELEASE SAVEPOINT \(name)")
        } catch {
            undo(to: name)
            throw error
        }
    }

    private func connectedInTransaction() throws(PostgresError) -> OpaquePointer {
        do {
            return try connected()
        } catch {
            depth = 0
            throw error
        }
    }

    /// A connection that cannot even roll back is given up; the server then does it.
    private func undo(to savepoint: String?) {
        do {
            try script(savepoint.map { "ROLLBACK TO SAVEPOINT \($0); RELEASE SAVEPOINT \($0)" } ?? "ROLLBACK")
        } catch {
            if savepoint == nil { close() }
        }
    }
}
