/// The command part of a DIMSE message: group 0000 in Implicit VR Little Endian.
///
/// - SeeAlso: PS3.7 §6.3, §9.3, Annex E.
package struct CommandSet: Sendable, Equatable {
    /// The elements of group 0000 that the portal's services use (PS3.7 Annex E.1).
    package enum Element: UInt16, Sendable, CaseIterable {
        case groupLength = 0x0000
        case affectedSOPClassUID = 0x0002
        case commandField = 0x0100
        case messageID = 0x0110
        case messageIDBeingRespondedTo = 0x0120
        case moveDestination = 0x0600
        case priority = 0x0700
        case dataSetType = 0x0800
        case status = 0x0900
        case offendingElement = 0x0901
        case errorComment = 0x0902
        case affectedSOPInstanceUID = 0x1000
        case moveOriginatorAETitle = 0x1030
        case moveOriginatorMessageID = 0x1031
    }

    /// Command Field values (PS3.7 Annex E.1).
    package enum Command {
        package static let storeRequest: UInt16 = 0x0001
        package static let storeResponse: UInt16 = 0x8001
        package static let echoRequest: UInt16 = 0x0030
        package static let echoResponse: UInt16 = 0x8030
        package static let cancelRequest: UInt16 = 0x0FFF
        /// A response has this bit, added to its request's field.
        package static let response: UInt16 = 0x8000
    }

    /// Command Data Set Type that says no data set follows (PS3.7 Annex E.1).
    package static let noDataSet: UInt16 = 0x0101

    private var values: [UInt16: [UInt8]] = [:]

    package init() {}

    /// Reads an encoded command set.
    ///
    /// - Throws: `PDUError.malformed` when an element leads out of the bytes or belongs to another group.
    package init(_ bytes: [UInt8]) throws {
        let headerLength = 8  // tag, 4-byte length
        var offset = 0
        while offset < bytes.count {
            guard bytes.count - offset >= headerLength else { throw PDUError.malformed("a cut command element") }
            let group = littleEndian(bytes[offset..<(offset + 2)])
            let element = UInt16(littleEndian(bytes[(offset + 2)..<(offset + 4)]))
            let length = littleEndian(bytes[(offset + 4)..<(offset + headerLength)])
            offset += headerLength
            guard group == 0, length <= bytes.count - offset else {
                throw PDUError.malformed("a command element of \(length) bytes in group \(group)")
            }
            values[element] = Array(bytes[offset..<(offset + length)])
            offset += length
        }
    }

    /// A 2-byte number.
    package subscript(_ element: Element) -> UInt16? {
        get { values[element.rawValue].flatMap { $0.count >= 2 ? UInt16(littleEndian($0[0..<2])) : nil } }
        set { values[element.rawValue] = newValue.map { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } }
    }

    /// A text or UID without its padding.
    package subscript(text element: Element) -> String? {
        get {
            values[element.rawValue].map { bytes in
                String(decoding: bytes.filter { $0 != 0 }, as: UTF8.self).trimmingSpaces()
            }
        }
        set {
            values[element.rawValue] = newValue.map { text in
                let bytes = Array(text.utf8)
                let padding: UInt8 = element == .errorComment ? 0x20 : 0
                return bytes.count % 2 == 0 ? bytes : bytes + [padding]
            }
        }
    }

    /// Whether a data set follows the command.
    package var hasDataSet: Bool { self[.dataSetType] != Self.noDataSet }

    /// The elements in order, with their group length.
    package func encoded() -> [UInt8] {
        let body = values.filter { $0.key != Element.groupLength.rawValue }.sorted { $0.key < $1.key }
            .flatMap { encodedElement($0.key, $0.value) }
        let length = UInt32(truncatingIfNeeded: body.count)
        return encodedElement(0, withUnsafeBytes(of: length.littleEndian) { Array($0) }) + body
    }

    private func encodedElement(_ element: UInt16, _ value: [UInt8]) -> [UInt8] {
        let length = UInt32(truncatingIfNeeded: value.count)
        return [0, 0, UInt8(element & 0xFF), UInt8(element >> 8)]
            + withUnsafeBytes(of: length.littleEndian) { Array($0) } + value
    }
}

/// An unsigned number of up to 4 bytes.
private func littleEndian(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
}
