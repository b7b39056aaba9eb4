import FunctionRuntime
import Portal

/// Seals what came to the record since the last seal.
struct SealAudit: Job {
    static let kind = "audit.seal"

    func run(arguments: [UInt8], in context: Context) throws { try AuditChain(database: context.database).seal() }
}
