import FunctionRuntime
import HTTPModel
import Ingestion
import Portal

extension Context {
    /// The conflict that a request's address names.
    ///
    /// - Throws: 403 unless the caller administers all; 404.
    func conflict(
        of request: Request
    ) throws -> (resolution: ConflictResolution, found: ConflictRecords.Found) {
        try Rights(database: database, caller: caller).requireOnAll(.administer)
        let resolution = ConflictResolution(
            database: database, store: store, caller: caller, address: request.remoteAddress)
        guard let found = try resolution.records.find(try request.parameter("id")) else { throw HTTPError.notFound }
        return (resolution, found)
    }
}

extension ConflictResolution.Refusal {
    var httpError: HTTPError {
        switch self {
        case .otherPlace:
            HTTPError(
                422, "conflict.otherPlace",
                "The second file belongs to another Study or Series; it cannot take the first one's place.")
        case .unreadable: HTTPError(422, "conflict.unreadable", "One of the two files cannot be read any more.")
        }
    }
}

/// A conflict with both files, as the API shows it.
struct ConflictDocument: Encodable {
    private struct File: Encodable {
        let size: Int
        let sha256: String
        let storedAt: String

        init(_ file: ConflictFile) {
            size = file.size
            sha256 = file.sha256.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            storedAt = file.storedAt
        }
    }

    private enum Key: String, CodingKey { case first, second, differences }

    private let entry: ConflictEntry
    private let first: File
    private let second: File
    private let differences: [AttributeDifference]

    init(_ found: ConflictRecords.Found, differences: [AttributeDifference]) {
        entry = found.entry
        (first, second) = (File(found.first), File(found.second))
        self.differences = differences
    }

    func encode(to encoder: any Encoder) throws {
        try entry.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(first, forKey: .first)
        try container.encode(second, forKey: .second)
        try container.encode(differences, forKey: .differences)
    }
}
