import FoundationEssentials
import FunctionRuntime
import Portal
import SelfTesting

/// Does a self-test that somebody asked for.
struct TestPortal: Job {
    static let kind = SelfTests.jobKind

    private struct Arguments: Decodable {
        let id: String
    }

    func run(arguments: [UInt8], in context: Context) throws {
        let wanted = try JSONDecoder().decode(Arguments.self, from: Data(arguments))
        try SelfTest(settings: context.settings, database: context.database, store: context.store).run(wanted.id)
    }
}
