/// One step of the database's structure, forward only; once released it is never changed.
struct Migration: Sendable {
    let number: Int
    let name: String
    /// Statements without binds.
    let sql: String
}
