import DICOM
import DICOMweb
import HTTPModel
import ObjectStore
import Portal

/// What an instance holds that people read with programs of their own: a PDF document or a video, as it is.
enum RenderedDocument {
    private static let encapsulatedPDF = "1.2.840.10008.5.1.4.1.1.104.1"

    /// - Returns: `nil` for an instance that is shown as a picture.
    /// - Throws: 406; 404 for a document that is none.
    static func response(
        _ instance: RetrievedInstance, _ request: Request, _ acceptance: Acceptance, store: DirectoryStore
    ) throws -> Response? {
        let offers = offers(for: instance)
        guard !offers.isEmpty else { return nil }
        let offer = try acceptance.choose(from: offers)
        let video = isVideo(instance)
        return try request.conditional(on: EntityTag("document", instance.hash)) {
            let opened = try OpenedInstance(instance, in: store)
            let segments = try video ? videoStream(opened) : pdf(opened)
            return Response(
                headers: ["Content-Type": offer.essence, "Content-Disposition": "inline"], body: .segments(segments))
        }
    }

    /// - Returns: none for an instance that is shown as a picture.
    static func offers(for instance: RetrievedInstance) -> [Offer] {
        if isVideo(instance) { return [Offer(Offer.imageType(of: instance.transferSyntax) ?? "video/mp4")] }
        return instance.sopClass == encapsulatedPDF ? [Offer("application/pdf")] : []
    }

    private static func isVideo(_ instance: RetrievedInstance) -> Bool {
        UID(instance.transferSyntax).map { TransferSyntax($0) }?.isVideo == true
    }

    private static func videoStream(_ opened: OpenedInstance) throws -> [Segment] {
        try (0..<opened.file.frames.count).flatMap { try opened.file.frames.ranges(of: $0).map(opened.segment) }
    }

    /// The document without the byte that pads it. What does not begin as a PDF is not called one.
    private static func pdf(_ opened: OpenedInstance) throws -> [Segment] {
        let dataSet = opened.file.dataSet
        switch dataSet[.encapsulatedDocument]?.value {
        case .bytes(let bytes) where isPDF(bytes): return [.bytes(bytes.last == 0 ? bytes.dropLast() : bytes)]
        case .deferred(let offset, let length)? where length > 0:
            guard isPDF(try opened.source.read(at: offset, count: min(length, 1024))) else { break }
            let isPadded = try opened.source.read(at: offset + length - 1, count: 1) == [0]
            return [try opened.segment(offset..<offset + length - (isPadded ? 1 : 0))]
        default: break
        }
        throw HTTPError(406, "image.notPDF", "This object holds no PDF document that can be shown.")
    }

    /// ISO 32000-1 §7.5.2; readers look for the header in the first 1024 bytes.
    private static func isPDF(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes.prefix(1024), as: UTF8.self).contains("%PDF-")
    }
}
