/// What PostgreSQL refused, or that it is away.
///
/// The description holds no value of a statement or a row, so it may be shown and logged. The server's own sentence
/// is kept only where it speaks of the schema or of the server, never of data.
package struct PostgresError: Error, Sendable, Equatable, CustomStringConvertible {
    /// Five characters of PostgreSQL's table of error codes (Appendix A); ours begin with `PD`.
    package let sqlState: String
    /// The constraint that a row broke.
    package let constraint: String?
    /// The server's sentence, for the log; `nil` when it could hold a value.
    package let detail: String?

    package init(sqlState: String, constraint: String? = nil, message: String? = nil) {
        self.sqlState = sqlState
        self.constraint = constraint
        detail = Self.classesWithoutValues.contains(String(sqlState.prefix(2))) ? message : nil
    }

    /// Serialisation failure or deadlock: the whole transaction may be tried again.
    package var isRetryable: Bool { sqlState == "40001" || sqlState == "40P01" }

    /// The server is away, starting or stopping; nothing is known to be stored and the next call connects again.
    package var isUnavailable: Bool {
        ["08", "53"].contains(sqlState.prefix(2)) || ["57P01", "57P02", "57P03", "57P05"].contains(sqlState)
    }

    package var isUniqueViolation: Bool { sqlState == "23505" }
    package var isForeignKeyViolation: Bool { sqlState == "23503" }
    /// A statement, or its wait for a lock, took longer than the connection allows, or was cancelled.
    package var isTimeout: Bool { ["57014", "55P03"].contains(sqlState) }
    /// A text, number, date or UUID that the column cannot hold (class 22).
    package var isUnfitValue: Bool { sqlState.hasPrefix("22") }

    package var description: String {
        var text = "PostgreSQL error \(sqlState)"
        if let constraint { text += ", constraint \(constraint)" }
        if let detail { text += ": \(detail)" }
        return text
    }

    /// The connection was lost or could not be made.
    static func connectionLost(_ message: String? = nil) -> PostgresError {
        PostgresError(sqlState: "08006", message: message)
    }

    /// A row does not hold what the code expects there.
    package static func unexpectedValue(column: Int, expected: String) -> PostgresError {
        PostgresError(sqlState: "PD001", message: "column \(column) does not hold \(expected)")
    }

    // Connection, transaction state, authorisation, catalogue, syntax, resources, operator, system, ours. Class 22 and
    // 23 sentences quote values.
    private static let classesWithoutValues: Set<String> = [
        "08", "0A", "25", "28", "3D", "3F", "40", "42", "53", "54", "55", "57", "58", "PD", "XX",
    ]
}
