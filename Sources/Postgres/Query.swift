import CLibpq

extension Connection {
    /// Runs a statement and gives its rows.
    ///
    /// - Throws: `PostgresError`; after a lost connection the next call connects again, outside of a transaction.
    @discardableResult
    package func query(_ sql: SQL, planning: Planning = .prepared) throws(PostgresError) -> [Row] {
        try run(sql, planning: planning).rows
    }

    /// Runs a statement and gives the number of rows that it changed.
    @discardableResult
    package func execute(_ sql: SQL) throws(PostgresError) -> Int {
        try run(sql, planning: .prepared).affectedRows
    }

    /// Runs several statements without binds, as one transaction unless they say otherwise.
    package func script(_ text: String) throws(PostgresError) {
        let handle = try connected()
        let begun = opening.map { $0 + ";" }.joined() + text
        opening = []
        noteWriting()
        defer { if depth == 0 { countWrites() } }
        _ = try checked(waiting { PQexec(handle, begun) }, on: handle)
    }

    private func run(_ sql: SQL, planning: Planning) throws(PostgresError) -> QueryResult {
        let handle = try connected()
        let statement = try outgoing(sql, planning: planning, on: handle)
        do {
            return try last(of: takeOpening(on: handle) + [statement], on: handle)
        } catch  where depth == 0 && planning == .prepared && Self.staleStatement.contains(error.sqlState) {
            // A migration changed a table under a prepared statement; nothing was run.
            statements.forget(sql.text)
            return try last(of: [try outgoing(sql, planning: planning, on: handle)], on: handle)
        }
    }

    // 0A000: "cached plan must not change result type"; 26000: the statement is gone.
    static let staleStatement: Set<String> = ["0A000", "26000"]

    func prepared(
        _ text: String, _ binds: [Bind], on handle: OpaquePointer
    ) throws(PostgresError) -> StatementCache.Statement {
        if let statement = statements.find(text) { return statement }
        let name = statements.newName()
        let types = binds.map(\.type)
        _ = try checked(waiting { PQprepare(handle, name, text, Int32(binds.count), types) }, on: handle)
        let description = try checked(waiting { PQdescribePrepared(handle, name) }, on: handle)
        if let leaving = statements.insert(text, name: name, isBinary: description.readsBinary) {
            _ = try checked(PQexec(handle, "DEALLOCATE \(leaving)"), on: handle)
        }
        guard let statement = statements.find(text) else { throw .connectionLost() }
        return statement
    }

    /// Takes libpq's answer, or what went wrong.
    func checked(_ answer: OpaquePointer?, on handle: OpaquePointer) throws(PostgresError) -> QueryResult {
        guard let answer else { throw .connectionLost(PQerrorMessage(handle).map { String(cString: $0) }) }
        let result = QueryResult(answer)
        switch PQresultStatus(answer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return result
        default: break
        }
        guard let state = result.field(PG_DIAG_SQLSTATE_CODE) else {
            throw PQstatus(handle) == CONNECTION_OK
                ? PostgresError(sqlState: "PD002") : .connectionLost(result.field(PG_DIAG_MESSAGE_PRIMARY_CODE))
        }
        throw PostgresError(
            sqlState: state, constraint: result.field(PG_DIAG_CONSTRAINT_NAME_CODE),
            message: result.field(PG_DIAG_MESSAGE_PRIMARY_CODE))
    }
}

// The header has these as character constants, which Swift does not import as Int32 (`postgres_ext.h`).
private let PG_DIAG_SQLSTATE_CODE = Int32(UInt8(ascii: "C"))
private let PG_DIAG_MESSAGE_PRIMARY_CODE = Int32(UInt8(ascii: "M"))
private let PG_DIAG_CONSTRAINT_NAME_CODE = Int32(UInt8(ascii: "n"))

extension QueryResult {
    /// A field of an error.
    fileprivate func field(_ code: Int32) -> String? {
        PQresultErrorField(handle, code).map { String(cString: $0) }
    }

    /// Whether a statement's columns can all be read in binary form and one is a bytea.
    fileprivate var readsBinary: Bool {
        let types = (0..<PQnfields(handle)).map { PQftype(handle, $0) }
        return types.contains(TypeID.bytea) && types.allSatisfy(Self.binaryTypes.contains)
    }

    private static let binaryTypes: Set<UInt32> = [
        TypeID.bool, TypeID.bytea, TypeID.int2, TypeID.int4, TypeID.int8, TypeID.text, TypeID.varchar,
        TypeID.float8, TypeID.uuid,
    ]
}
