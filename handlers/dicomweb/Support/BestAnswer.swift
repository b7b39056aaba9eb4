import DICOMImage
import DICOMweb

extension Acceptance {
    /// Makes an answer in the caller's best form; where that needs a codec that is not there, in the best stored form.
    ///
    /// - Throws: 406 when none is acceptable; what `make` throws.
    func answer<Result>(from offers: [Offer], _ make: (Offer) throws -> Result) throws -> Result {
        let offer = try choose(from: offers)
        do {
            return try make(offer)
        } catch ImageError.unsupported where !offer.isAsStored {
            return try make(choose(from: offers.filter(\.isAsStored)))
        }
    }
}
