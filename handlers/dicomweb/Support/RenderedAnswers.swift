import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

extension Context {
    /// Answers with one frame of one instance as a picture, or with the document that the instance holds.
    ///
    /// - Parameter frame: 1-based; `nil` for the instance as a whole, which its first frame stands for, or in a thumbnail the
    ///   middle one.
    /// - Throws: 404 when there is no such frame; 400, 406, 413, 422.
    func picture(
        of instance: RetrievedInstance, frame: Int?, for purpose: RenderedFrame.Purpose, _ request: Request
    ) throws -> Response {
        try picture(
            of: instance, frame: frame, for: purpose, as: Acceptance(request), RenderingQuery(request), request)
    }

    /// The same with the wishes of another service's query.
    func picture(
        of instance: RetrievedInstance, frame: Int?, for purpose: RenderedFrame.Purpose, as acceptance: Acceptance,
        _ query: RenderingQuery, _ request: Request
    ) throws -> Response {
        try refusingImages {
            if frame == nil, purpose == .reading,
                let document = try RenderedDocument.response(instance, request, acceptance, store: store)
            {
                return document
            }
            let middle = purpose == .thumbnail ? instance.frameCount / 2 + 1 : 1
            let number = frame ?? max(1, min(middle, instance.frameCount))
            if frame != nil || instance.frameCount > 0 {
                guard number <= instance.frameCount else { throw HTTPError.notFound }
            }
            return try RenderedFrame(
                instance: instance, frame: number, isWhole: frame == nil && purpose == .reading, purpose: purpose,
                query: query
            ).response(to: request, acceptance, store: store)
        }
    }

    /// The same for the frame that the address names.
    func pictureOfFrame(for purpose: RenderedFrame.Purpose, _ request: Request) throws -> Response {
        let list = try FrameList(request.parameters["frames"] ?? "")
        guard let frame = list.numbers.first, list.numbers.count == 1 else {
            throw HTTPError.badRequest("frames.several", "One picture shows one frame.", field: "frames")
        }
        return try picture(of: instance(request.resource), frame: frame, for: purpose, request)
    }

    /// The same for the image that stands for the Series or the Study of the address.
    func pictureOfImage(
        _ place: RepresentativePlace, for purpose: RenderedFrame.Purpose, _ request: Request
    ) throws -> Response {
        let resource = try request.resource
        let found = try retrieval.representative(
            place, of: resource.series?.text, in: resource.study.text, for: caller)
        guard let found else { throw HTTPError.notFound }
        return try picture(of: found, frame: nil, for: purpose, request)
    }
}
