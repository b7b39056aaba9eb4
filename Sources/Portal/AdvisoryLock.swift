/// The numbers of PostgreSQL's advisory locks that the portal takes, so that no two things share one.
///
/// 4242001 is the lock of all changes of rights, and 4242002 that of folding the counters: the migrations' functions name
/// them in SQL.
enum AdvisoryLock {
    /// Processes that bring the database to its structure take turns.
    static let migrations = 4_242_000
    /// With the hash of an import's id: who runs it.
    static let imports = 4_242_003
    /// Who seals the record.
    static let seal = 4_242_004
    /// Who adds to what the imports that are being received declare.
    static let declaring = 4_242_005
}
