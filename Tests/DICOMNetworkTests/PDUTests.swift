import Testing

@testable import DICOMNetwork

@Suite struct PDUTests {
    static let user = UserInformation(
        maximumLength: 16384, implementationClassUID: "1.2.3", implementationVersionName: "TEST_1")
    static let samples: [PDU] = [
        .associateRequest(
            AssociateRequest(
                calledAETitle: "PREVIEWDICOM", callingAETitle: "STORESCU",
                contexts: [
                    ProposedContext(
                        id: 1, abstractSyntax: "1.2.840.10008.1.1",
                        transferSyntaxes: ["1.2.840.10008.1.2", "1.2.840.10008.1.2.1"])
                ], userInformation: user)),
        .associateAccept(
            AssociateAccept(
                calledAETitle: "PREVIEWDICOM", callingAETitle: "STORESCU",
                contexts: [
                    ContextResult(id: 1, result: .acceptance, transferSyntax: "1.2.840.10008.1.2"),
                    ContextResult(id: 3, result: .abstractSyntaxNotSupported, transferSyntax: "1.2.840.10008.1.2"),
                ], userInformation: user)),
        .associateReject(.calledAETitleNotRecognized),
        .data([
            PresentationDataValue(contextID: 1, isCommand: true, isLast: true, bytes: [1, 2, 3][...]),
            PresentationDataValue(contextID: 1, isCommand: false, isLast: false, bytes: [][...]),
        ]),
        .releaseRequest, .releaseResponse, .abort(.unexpectedPDU),
    ]

    @Test(arguments: samples)
    func whatIsEncodedComesBackEqual(pdu: PDU) throws {
        var framer = PDUFramer(longestData: 1 << 16)
        framer.append(pdu.encoded())
        #expect(try framer.next() == pdu)
        #expect(try framer.next() == nil)
    }

    @Test(arguments: samples)
    func aStreamInSingleBytesGivesTheSamePDUs(pdu: PDU) throws {
        var framer = PDUFramer(longestData: 1 << 16)
        var seen: [PDU] = []
        for byte in pdu.encoded() + pdu.encoded() {
            framer.append([byte])
            if let next = try framer.next() { seen.append(next) }
        }
        #expect(seen == [pdu, pdu])
    }

    /// A shorter body under a header that tells the truth about it is refused or read, and never traps.
    @Test(arguments: samples)
    func everyTruncatedBodyIsReadOrRefused(pdu: PDU) throws {
        let whole = pdu.encoded()
        for length in 0..<(whole.count - PDU.headerLength) {
            let body = whole[PDU.headerLength..<(PDU.headerLength + length)]
            _ = try? PDU(type: whole[0], body: body)
        }
        guard case .associateRequest = pdu else { return }
        #expect(throws: PDUError.self) { try PDU(type: whole[0], body: whole[6..<20]) }
    }

    @Test func anAbortHasTheBytesOfTheStandard() {
        #expect(PDU.abort(.unexpectedPDU).encoded() == [7, 0, 0, 0, 0, 4, 0, 0, 2, 2])
    }

    @Test func aLengthOverTheLimitIsRefusedFromTheHeaderAlone() {
        var framer = PDUFramer(longestData: 1000)
        framer.append([4, 0, 0xFF, 0xFF, 0xFF, 0xFF])
        #expect(throws: PDUError.tooLong(length: 0xFFFF_FFFF, limit: 1000)) { try framer.next() }
    }

    @Test func anHTTPRequestIsAnUnrecognizedPDU() {
        var framer = PDUFramer(longestData: 1000)
        framer.append(Array("GET / HTTP/1.1\r\n".utf8))
        #expect(throws: PDUError.unrecognizedType(0x47)) { try framer.next() }
    }
}
