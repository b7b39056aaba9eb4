import Portal
import Postgres

/// Files a batch whole, or its instances one by one when a value of one of them does not fit the database.
struct FilingAttempt {
    let filing: StudyFiling
    let filer: Filer
    /// The Studies that were known a moment ago.
    let known: Set<String>
    /// Makes the files durable; once it has, another call does nothing.
    let promote: () throws -> Void

    /// - Returns: in order; `nil` for an instance that cannot be kept in the index.
    func file(_ records: [FilingInstance]) throws -> [FilingOutcome?] {
        do {
            return try filing.file(records, from: filer, known: known, beforeCounting: promote)
        } catch let error as PostgresError where Self.isAboutValues(error) {
            return try records.map { record in
                do {
                    return try filing.file([record], from: filer, known: known, beforeCounting: promote).first
                } catch let error as PostgresError where Self.isAboutValues(error) {
                    return nil
                }
            }
        }
    }

    /// Class 22: a value is not possible; class 54: it is too large.
    private static func isAboutValues(_ error: PostgresError) -> Bool {
        error.isUnfitValue || error.sqlState.hasPrefix("54")
    }
}
