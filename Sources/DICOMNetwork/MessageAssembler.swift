/// Puts presentation data values together to DIMSE messages; data set bytes are passed on, never held.
///
/// - SeeAlso: PS3.7 §6.3.1, PS3.8 Annex E.
package struct MessageAssembler: Sendable {
    /// What a value brought.
    package enum Event: Sendable, Equatable {
        /// A whole command on its presentation context; its data set follows if it says so.
        case command(CommandSet, contextID: UInt8)
        /// A piece of the data set of the last command.
        case dataSet(ArraySlice<UInt8>, isLast: Bool)
    }

    /// A command set is some hundred bytes; more is an attack.
    private let longestCommand = 1 << 16
    private var command: [UInt8] = []
    private var awaitingDataSetOn: UInt8?

    package init() {}

    /// - Throws: `PDUError.malformed` for a value out of turn or a command that cannot be read.
    package mutating func add(_ value: PresentationDataValue) throws -> Event? {
        if let context = awaitingDataSetOn {
            guard !value.isCommand, value.contextID == context else {
                throw PDUError.malformed("a data set was expected on presentation context \(context)")
            }
            if value.isLast { awaitingDataSetOn = nil }
            return .dataSet(value.bytes, isLast: value.isLast)
        }
        guard value.isCommand else { throw PDUError.malformed("a data set without a command") }
        guard command.count + value.bytes.count <= longestCommand else {
            throw PDUError.tooLong(length: command.count + value.bytes.count, limit: longestCommand)
        }
        command += value.bytes
        guard value.isLast else { return nil }
        let whole = try CommandSet(command)
        command = []
        if whole.hasDataSet { awaitingDataSetOn = value.contextID }
        return .command(whole, contextID: value.contextID)
    }
}
