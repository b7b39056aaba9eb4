import DICOMImage
import DICOMweb
import FunctionRuntime
import HTTPModel
import ObjectStore
import Portal

extension Context {
    /// The instance that an address names.
    ///
    /// - Throws: 404 when it is absent or hidden from the caller.
    func instance(_ resource: ResourceReference, includesFrames: Bool = false) throws -> RetrievedInstance {
        guard let uid = resource.instance else { throw HTTPError.notFound }
        let address = InstanceAddress(
            uid.text, series: resource.series?.text, study: resource.study.text, includesFrames: includesFrames)
        let isLookedUp = lookedUp?.address == address
        guard let found = try isLookedUp ? lookedUp?.instance : retrieval.instance(address, for: caller) else {
            throw HTTPError.notFound
        }
        return found
    }

    /// One instance in the best form that the caller accepts.
    ///
    /// - Throws: 406; 422 for a damaged image that would have to be decoded.
    func answer(with instance: RetrievedInstance, as acceptance: Acceptance, _ request: Request) throws -> Response {
        try refusingImages {
            try acceptance.answer(from: InstanceContent.offers(for: instance) + [MediaArchive.offer]) { offer in
                if offer == MediaArchive.offer {
                    try noteExport(of: instance.studyUID, at: request.remoteAddress)
                    return MediaArchive(instances: [instance], context: self).response(to: request)
                }
                return try answer(with: instance, in: offer, to: request)
            }
        }
    }

    /// - Throws: `ImageError`, `DICOMError` when it cannot be converted.
    func answer(with instance: RetrievedInstance, in offer: Offer, to request: Request) throws -> Response {
        try request.conditional(on: EntityTag("instance", instance.version, offer)) {
            let part = try InstanceContent(instance: instance, store: store).part(as: offer)
            return .parts([part], as: offer, boundary: instance.hash, store: store)
        }
    }

    /// All instances of a Series or a Study, each in the best form that the caller accepts.
    ///
    /// - Throws: 404 when there is none that the caller may see; 406 when one cannot be given in an acceptable form.
    func instances(of resource: ResourceReference, for request: Request) throws -> Response {
        let acceptance = try Acceptance(request)
        let found = try retrieval.instances(of: resource.series?.text, in: resource.study.text, for: caller)
        guard let first = found.first else { throw HTTPError.notFound }
        // More than one part is always multipart.
        let offer = try acceptance.choose(from: multipartOffers(for: first) + [MediaArchive.offer])
        if offer == MediaArchive.offer {
            try noteExport(of: first.studyUID, at: request.remoteAddress)
            return MediaArchive(instances: found, context: self).response(to: request)
        }
        var converted: Set<[String?]> = []
        let parts = try refusingImages {
            try found.map { instance in
                try acceptance.answer(from: multipartOffers(for: instance)) { offer in
                    let content = InstanceContent(instance: instance, store: store)
                    // One of each kind tells whether it can be converted; the others wait for their turn.
                    let kind = [instance.transferSyntax, instance.sopClass, offer.transferSyntax]
                    let isFirst = offer.isAsStored || converted.insert(kind).inserted
                    return isFirst ? try content.part(as: offer) : try content.partInItsTurn(as: offer)
                }
            }
        }
        return .parts(parts, as: offer, boundary: ObjectKey.randomName(), store: store)
    }

    private func multipartOffers(for instance: RetrievedInstance) -> [Offer] {
        InstanceContent.offers(for: instance).filter(\.isMultipart)
    }
}
