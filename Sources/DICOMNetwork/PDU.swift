/// The protocol data units of the DICOM Upper Layer.
///
/// - SeeAlso: PS3.8 §9.3.
package enum PDU: Sendable, Equatable {
    case associateRequest(AssociateRequest)
    case associateAccept(AssociateAccept)
    case associateReject(AssociateReject)
    case data([PresentationDataValue])
    case releaseRequest
    case releaseResponse
    case abort(Abort)

    /// PS3.8 §9.3.1: type, reserved, length.
    package static let headerLength = 6
}

/// The first byte of each PDU (PS3.8 §9.3).
enum PDUType: UInt8 {
    case associateRequest = 0x01
    case associateAccept = 0x02
    case associateReject = 0x03
    case data = 0x04
    case releaseRequest = 0x05
    case releaseResponse = 0x06
    case abort = 0x07
}

/// A piece of a command or data set on one presentation context (PS3.8 §9.3.5.1, Annex E.2).
package struct PresentationDataValue: Sendable, Equatable {
    package let contextID: UInt8
    package let isCommand: Bool
    package let isLast: Bool
    package let bytes: ArraySlice<UInt8>

    package init(contextID: UInt8, isCommand: Bool, isLast: Bool, bytes: ArraySlice<UInt8>) {
        self.contextID = contextID
        self.isCommand = isCommand
        self.isLast = isLast
        self.bytes = bytes
    }
}

/// Why an association is refused (PS3.8 §9.3.4, Table 9-21).
package struct AssociateReject: Sendable, Equatable {
    package let result: UInt8
    package let source: UInt8
    package let reason: UInt8

    package static let callingAETitleNotRecognized = AssociateReject(result: 1, source: 1, reason: 3)
    package static let calledAETitleNotRecognized = AssociateReject(result: 1, source: 1, reason: 7)
    package static let applicationContextNotSupported = AssociateReject(result: 1, source: 1, reason: 2)
    package static let protocolVersionNotSupported = AssociateReject(result: 1, source: 2, reason: 2)
    package static let temporaryCongestion = AssociateReject(result: 2, source: 3, reason: 1)
    package static let localLimitExceeded = AssociateReject(result: 2, source: 3, reason: 2)
}

/// Who ended the association, and why (PS3.8 §9.3.8, Table 9-26).
package struct Abort: Sendable, Equatable {
    package let source: UInt8
    package let reason: UInt8

    package static let serviceUser = Abort(source: 0, reason: 0)
    package static let unrecognizedPDU = Abort(source: 2, reason: 1)
    package static let unexpectedPDU = Abort(source: 2, reason: 2)
    package static let invalidParameter = Abort(source: 2, reason: 6)
}

/// What is wrong with the bytes of a peer.
package enum PDUError: Error, Equatable, CustomStringConvertible {
    /// A type byte that PS3.8 does not know.
    case unrecognizedType(UInt8)
    /// A PDU that is longer than what was negotiated, or than any of its kind may be.
    case tooLong(length: Int, limit: Int)
    /// A length inside the PDU that leads out of it, or a field with a forbidden value.
    case malformed(String)

    package var description: String {
        switch self {
        case .unrecognizedType(let type): "PDU type \(type) is not known"
        case .tooLong(let length, let limit): "PDU of \(length) bytes where at most \(limit) are accepted"
        case .malformed(let what): "malformed PDU: \(what)"
        }
    }
}
