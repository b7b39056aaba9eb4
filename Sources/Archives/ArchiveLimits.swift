import Synchronization

/// What an archive may cost. All of it is counted on what really comes out, never on what the archive declares.
package struct ArchiveLimits: Sendable {
    package var entries = 100_000
    /// The largest single file, in bytes.
    package var entryLength = 16 << 30
    /// All files together, in bytes.
    package var totalLength = 1 << 40
    /// How many times its own length an archive may grow.
    package var ratio = 200
    /// What any archive may grow to, however small it is, in bytes.
    package var alwaysAllowed = 64 << 20

    /// How much of what came out a Zstandard stream may want to look back at, in bytes.
    package var window = 64 << 20

    package static let standard = ArchiveLimits()

    /// The most that an archive of `length` bytes may give.
    func output(ofLength length: Int) -> Int {
        let (grown, overflow) = length.multipliedReportingOverflow(by: ratio)
        return min(totalLength, overflow ? totalLength : max(alwaysAllowed, grown))
    }
}

/// What came out of one archive, counted over all that read it at once.
///
/// A class, because its readers share it.
package final class UnpackedBytes: Sendable {
    private let bytes = Atomic(0)

    package init() {}

    /// All bytes that came out of entries so far.
    package var count: Int { bytes.load(ordering: .relaxed) }

    func add(_ count: Int, limit: Int) throws {
        guard bytes.add(count, ordering: .relaxed).newValue <= limit else {
            throw ArchiveError.tooMuchOutput(limit: limit)
        }
    }
}

/// Why an archive, or one entry of it, is not read or written on.
package enum ArchiveError: Error, Sendable, Equatable, CustomStringConvertible {
    /// It is no archive of a known kind, it is cut, or its directory is missing or contradicts itself.
    case unreadable(String)
    case tooManyEntries(limit: Int)
    /// It would become larger than allowed: nothing of it is read any more.
    case tooMuchOutput(limit: Int)
    /// This entry would become larger than allowed; the next ones can be read.
    case entryTooLarge(limit: Int)
    /// This entry's data is broken, or packed in a way that is not known; the next ones can be read.
    case entryDamaged(String)
    /// What was to be written does not make an archive.
    case unwritable(String)

    package var description: String {
        switch self {
        case .unreadable(let detail): "The archive cannot be read: \(detail)."
        case .tooManyEntries(let limit): "The archive has more than \(limit) entries."
        case .tooMuchOutput(let limit): "The archive unpacks to more than the \(limit) bytes that are allowed for it."
        case .entryTooLarge(let limit): "The file is larger than \(limit) bytes."
        case .entryDamaged(let detail): "The file cannot be unpacked: \(detail)."
        case .unwritable(let detail): "The archive cannot be written: \(detail)."
        }
    }

    /// Whether the entries behind can still be read.
    package var concernsOneEntry: Bool {
        switch self {
        case .entryTooLarge, .entryDamaged: true
        default: false
        }
    }
}
