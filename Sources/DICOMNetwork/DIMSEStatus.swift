/// What a DIMSE response says of its request.
///
/// - SeeAlso: PS3.4 §B.2.3, Table B.2-1; PS3.7 Annex C.
package struct DIMSEStatus: Sendable, Equatable {
    package let code: UInt16
    /// What is wrong, up to 64 characters, in (0000,0902).
    package let comment: String

    package init(code: UInt16, comment: String = "") {
        self.code = code
        self.comment = comment
    }

    package static let success = DIMSEStatus(code: 0x0000)
    /// Another object with this SOP Instance UID is kept; this one is set aside.
    package static let coercion = DIMSEStatus(code: 0xB000)
    package static let processingFailure = DIMSEStatus(code: 0x0110)
    package static let notAuthorized = DIMSEStatus(code: 0x0124)
    package static let sopClassNotSupported = DIMSEStatus(code: 0x0122)
    package static let unrecognizedOperation = DIMSEStatus(code: 0x0211)
    package static let outOfResources = DIMSEStatus(code: 0xA700)
    package static let doesNotMatchSOPClass = DIMSEStatus(code: 0xA900)
    package static let cannotUnderstand = DIMSEStatus(code: 0xC000)

    /// Every status that a response has, and its name in the Standard.
    package static let all: [(status: DIMSEStatus, name: String)] = [
        (success, "Success"), (processingFailure, "Processing failure"),
        (sopClassNotSupported, "SOP Class not supported"), (notAuthorized, "Not authorized"),
        (unrecognizedOperation, "Unrecognized operation"), (outOfResources, "Refused: out of resources"),
        (doesNotMatchSOPClass, "Error: data set does not match SOP Class"), (coercion, "Coercion of data elements"),
        (cannotUnderstand, "Error: cannot understand"),
    ]

    /// The same status with a comment; cut to the 64 characters of an LO value.
    package func saying(_ comment: String) -> DIMSEStatus {
        let longest = 64
        return DIMSEStatus(code: code, comment: String(comment.prefix(longest)))
    }

    /// The response to `request` on the same presentation context.
    package func response(to request: CommandSet) -> CommandSet {
        var answer = CommandSet()
        answer[text: .affectedSOPClassUID] = request[text: .affectedSOPClassUID]
        answer[.commandField] = (request[.commandField] ?? 0) | CommandSet.Command.response
        answer[.messageIDBeingRespondedTo] = request[.messageID] ?? 0
        answer[.dataSetType] = CommandSet.noDataSet
        answer[.status] = code
        if !comment.isEmpty { answer[text: .errorComment] = comment }
        answer[text: .affectedSOPInstanceUID] = request[text: .affectedSOPInstanceUID]
        return answer
    }
}
