/// Cuts a stream of bytes into PDUs.
///
/// It never holds more than one PDU, and none that is longer than the limits: a length field is believed only within them.
package struct PDUFramer: Sendable {
    /// The largest P-DATA-TF that was offered to the peer, in bytes.
    private let longestData: Int
    /// Association PDUs: 128 contexts with many transfer syntaxes each fit well within.
    private let longestOther = 1 << 18
    private var pending: [UInt8] = []
    private var start = 0

    package init(longestData: Int) {
        self.longestData = longestData
    }

    package mutating func append(_ bytes: some Collection<UInt8>) {
        if start > 0 {
            pending.removeFirst(start)
            start = 0
        }
        pending += bytes
    }

    /// The next whole PDU, or `nil` until more bytes come.
    ///
    /// - Throws: `PDUError`, after which the stream cannot be read further.
    package mutating func next() throws -> PDU? {
        let available = pending.count - start
        guard available >= PDU.headerLength else { return nil }
        let type = pending[start]
        guard let known = PDUType(rawValue: type) else { throw PDUError.unrecognizedType(type) }
        let length = pending[(start + 2)..<(start + 6)].reduce(0) { $0 << 8 | Int($1) }
        let limit = known == .data ? longestData : longestOther
        guard length <= limit else { throw PDUError.tooLong(length: length, limit: limit) }
        guard available >= PDU.headerLength + length else { return nil }
        let body = pending[(start + PDU.headerLength)..<(start + PDU.headerLength + length)]
        start += PDU.headerLength + length
        return try PDU(type: type, body: body)
    }
}
