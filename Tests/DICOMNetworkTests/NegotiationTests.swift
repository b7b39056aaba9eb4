import Testing

@testable import DICOMNetwork

@Suite struct NegotiationTests {
    static let implicit = "1.2.840.10008.1.2"
    static let explicit = "1.2.840.10008.1.2.1"
    static let bigEndian = "1.2.840.10008.1.2.2"
    static let jpegLS = "1.2.840.10008.1.2.4.80"
    static let ct = "1.2.840.10008.5.1.4.1.1.2"

    @Test(arguments: [
        ([implicit], implicit), ([implicit, explicit], explicit), ([bigEndian, implicit], bigEndian),
        ([jpegLS, explicit], jpegLS), (["1.2.3", implicit], implicit),
    ])
    func theSyntaxThatKeepsMostIsChosen(proposed: [String], chosen: String) {
        let result = Negotiation.judge(ProposedContext(id: 1, abstractSyntax: Self.ct, transferSyntaxes: proposed))
        #expect(result == ContextResult(id: 1, result: .acceptance, transferSyntax: chosen))
    }

    @Test func whatIsNotStorageIsRefused() {
        let find = ProposedContext(
            id: 5, abstractSyntax: "1.2.840.10008.5.1.4.1.2.2.1", transferSyntaxes: [Self.implicit])
        #expect(Negotiation.judge(find).result == .abstractSyntaxNotSupported)
    }

    @Test func anUnknownSyntaxAloneIsRefused() {
        let odd = ProposedContext(id: 5, abstractSyntax: Self.ct, transferSyntaxes: ["1.2.3"])
        #expect(Negotiation.judge(odd).result == .transferSyntaxesNotSupported)
    }
}
