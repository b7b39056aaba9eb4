import HTTPModel
import Testing

@testable import DICOMweb

@Suite struct AcceptanceTests {
    static let explicit = "1.2.840.10008.1.2.1"
    static let jpegLS = "1.2.840.10008.1.2.4.80"

    /// What can be made of a frame that is stored as JPEG-LS.
    static let offers = [
        Offer("application/octet-stream", transferSyntax: explicit, isMultipart: true),
        Offer("image/jls", transferSyntax: jpegLS, isMultipart: true, isAsStored: true),
        Offer("application/octet-stream", transferSyntax: jpegLS, isMultipart: true, isAsStored: true),
        Offer("application/octet-stream", transferSyntax: explicit),
        Offer("image/jls", transferSyntax: jpegLS, isAsStored: true),
        Offer("application/octet-stream", transferSyntax: jpegLS, isAsStored: true),
    ]

    @Test(arguments: [
        ("", 0), ("*/*", 0), ("multipart/related", 0), ("multipart/*", 0),
        (#"multipart/related; type="application/octet-stream""#, 0),
        (#"multipart/related; type="application/octet-stream"; transfer-syntax="*""#, 2),
        ("multipart/related; type=application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.80", 2),
        ("multipart/related; type=image/jls", 1),
        ("multipart/related; type=image/jls; transfer-syntax=*", 1),
        ("multipart/related; type=image/*", 1),
        ("multipart/related; type=image/jpeg, multipart/related; type=image/jls;q=0.1", 1),
        ("application/octet-stream", 3), ("application/octet-stream; transfer-syntax=*", 5),
        ("image/jls", 4),
        ("application/octet-stream;q=0.5, image/jls;q=0.6", 4),
        ("*/*, image/jls", 4),
        ("image/jls;q=0, */*", 0),
    ])
    func theCallersPreferenceDecides(text: String, index: Int) throws {
        #expect(try Acceptance(text).choose(from: Self.offers) == Self.offers[index])
    }

    @Test(arguments: [
        "image/jpeg", "text/html", "multipart/related; type=image/jp2", "*/*;q=0",
        "multipart/related; type=application/octet-stream; transfer-syntax=1.2.840.10008.1.2.4.90", "nonsense",
    ])
    func whatCannotBeMadeIs406(text: String) {
        let refusal = #expect(throws: HTTPError.self) { try Acceptance(text).choose(from: Self.offers) }
        #expect(refusal?.status == 406)
    }

    @Test func whoTakesAnySyntaxGetsWhatIsOfferedForAny() throws {
        let offers = [
            Offer("application/octet-stream", transferSyntax: Self.explicit, isAsStored: true, isForAny: false),
            Offer("application/octet-stream", transferSyntax: Self.jpegLS, isForAny: true),
        ]
        #expect(try Acceptance("application/octet-stream; transfer-syntax=*").choose(from: offers) == offers[1])
        #expect(try Acceptance("application/octet-stream").choose(from: offers) == offers[0])
    }

    @Test func theViewersMetadataAcceptMeansJSON() throws {
        let text = #"application/dicom+json, multipart/related; type="application/octet-stream"; transfer-syntax="*""#
        #expect(try Acceptance(text).choose(from: [.dicomJSON, .json]) == .dicomJSON)
    }

    @Test func theQueryParameterStandsInPlaceOfTheHeader() throws {
        let request = Request(
            method: .get, path: "/", query: "accept=application%2Fdicom%2Bjson", headers: ["Accept": "text/html"])
        #expect(try Acceptance(request).choose(from: [.dicomJSON, .json]) == .dicomJSON)
    }

    /// The default of image/jpeg is lossless, but a client that names only the media type can read what is stored.
    @Test func anImageTypeWithoutSyntaxTakesTheStoredOne() throws {
        let stored = Offer("image/jpeg", transferSyntax: "1.2.840.10008.1.2.4.50", isMultipart: true, isAsStored: true)
        #expect(try Acceptance("multipart/related; type=image/jpeg").choose(from: [stored]) == stored)
    }
}
