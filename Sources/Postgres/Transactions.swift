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
    private func transaction<Result>(opening: String, _ body: () throws -> Result) throws -> Result {
        let name = "level_\(depth)"
        do {
            try script((depth == 0 ? "BEGIN;" : "SAVEPOINT \(name);") + opening)
        } catch {
            if !opening.isEmpty { undo(to: depth == 0 ? nil : name) }
            throw error
        }
        depth += 1
        let outcome: Result
        do {
            outcome = try body()
        } catch {
            depth = max(0, depth - 1)
            undo(to: depth == 0 ? nil : name)
            throw error
        }
        try finish(name)
        return outcome
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

    private func finish(_ name: String) throws(PostgresError) {
        if depth > 1 {
            try script("RELEASE SAVEPOINT \(name)")
            depth -= 1
            return
        }
        let handle = try connectedInTransaction()
        depth = 0
        let answer = try checked(waiting { PQexec(handle, "COMMIT") }, on: handle)
        // A transaction in which an error was passed over answers COMMIT with ROLLBACK.
        guard PQcmdStatus(answer.handle).map({ String(cString: $0) }) == "COMMIT" else {
            throw PostgresError(sqlState: "25P02", message: "the transaction had failed and was rolled back")
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
