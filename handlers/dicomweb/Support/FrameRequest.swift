import DICOMweb
import HTTPModel
import ObjectStore

/// What a request for frames asks for, whichever Instance they are of.
struct FrameRequest {
    let acceptance: Acceptance
    /// 1-based.
    let numbers: [Int]
    private let savesData: Bool
    private let request: Request
    private let store: DirectoryStore

    /// - Throws: 400, 404, 406.
    init(_ request: Request, _ store: DirectoryStore) throws(HTTPError) {
        acceptance = try Acceptance(request)
        numbers = try FrameList(request.parameters["frames"] ?? "").numbers
        savesData = request.headers["Save-Data"]?.lowercased() == "on"
        self.request = request
        self.store = store
    }

    func offers(of content: FrameContent) -> [Offer] {
        let offers = content.offers(savingData: savesData)
        return numbers.count > 1 ? offers.filter(\.isMultipart) : offers
    }

    /// - Throws: `ImageError`, `DICOMError` when the first of them cannot be decoded.
    func response(_ numbers: [Int], of content: FrameContent, as offer: Offer) throws -> Response {
        try request.conditional(on: EntityTag("frames", content.instance.hash, offer)) {
            let parts = try content.parts(numbers, as: offer)
            return .parts(parts, as: offer, boundary: content.instance.hash, store: store)
        }
    }

    /// One frame as it lies in the store.
    ///
    /// - Returns: `nil` when that is not what is asked for.
    func storedResponse(_ number: Int, of content: FrameContent, _ chosen: inout ChosenOffers) throws -> Response? {
        let offer = try chosen.offer(for: content.instance.transferSyntax) {
            try acceptance.choose(from: offers(of: content))
        }
        guard offer.isAsStored, content.isReady else { return nil }
        return try response([number], of: content, as: offer)
    }
}

/// The form that a caller gets of each Transfer Syntax.
struct ChosenOffers {
    private var offers: [String: Offer] = [:]

    mutating func offer(for transferSyntax: String, _ choose: () throws -> Offer) rethrows -> Offer {
        if let known = offers[transferSyntax] { return known }
        let offer = try choose()
        offers[transferSyntax] = offer
        return offer
    }
}
