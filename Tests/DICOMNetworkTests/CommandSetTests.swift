import Testing

@testable import DICOMNetwork

@Suite struct CommandSetTests {
    /// C-ECHO-RQ with message id 7, as PS3.7 §9.3.5.1 lays it out.
    static let echoRequest: [UInt8] =
        [0, 0, 0, 0, 4, 0, 0, 0, 56, 0, 0, 0]
        + [0, 0, 2, 0, 18, 0, 0, 0] + Array("1.2.840.10008.1.1\0".utf8)
        + [0, 0, 0, 1, 2, 0, 0, 0, 0x30, 0]
        + [0, 0, 0x10, 1, 2, 0, 0, 0, 7, 0]
        + [0, 0, 0, 8, 2, 0, 0, 0, 1, 1]

    @Test func aRequestIsReadAndWrittenAlike() throws {
        let request = try CommandSet(Self.echoRequest)
        #expect(request[.commandField] == CommandSet.Command.echoRequest)
        #expect(request[.messageID] == 7)
        #expect(request[text: .affectedSOPClassUID] == "1.2.840.10008.1.1")
        #expect(!request.hasDataSet)
        #expect(request.encoded() == Self.echoRequest)
    }

    @Test func everyTruncationThrowsOrLosesWholeElements() {
        for length in 1..<Self.echoRequest.count {
            _ = try? CommandSet(Array(Self.echoRequest.prefix(length)))
        }
        #expect(throws: PDUError.self) { try CommandSet(Array(Self.echoRequest.prefix(15))) }
    }

    @Test func aResponseRepeatsWhatItAnswers() throws {
        let answer = DIMSEStatus.coercion.saying("kept aside").response(to: try CommandSet(Self.echoRequest))
        #expect(answer[.commandField] == CommandSet.Command.echoResponse)
        #expect(answer[.messageIDBeingRespondedTo] == 7)
        #expect(answer[.status] == 0xB000)
        #expect(answer[text: .errorComment] == "kept aside")
        #expect(!answer.hasDataSet)
    }

    @Test func aDataSetOutOfTurnIsRefused() throws {
        var assembler = MessageAssembler()
        #expect(throws: PDUError.self) {
            try assembler.add(
                PresentationDataValue(contextID: 1, isCommand: false, isLast: true, bytes: [0][...]))
        }
    }

    @Test func aCommandInPiecesIsPutTogether() throws {
        var assembler = MessageAssembler()
        let first = try assembler.add(
            PresentationDataValue(contextID: 3, isCommand: true, isLast: false, bytes: Self.echoRequest[0..<20]))
        let second = try assembler.add(
            PresentationDataValue(contextID: 3, isCommand: true, isLast: true, bytes: Self.echoRequest[20...]))
        #expect(first == nil)
        #expect(second == .command(try CommandSet(Self.echoRequest), contextID: 3))
    }
}
