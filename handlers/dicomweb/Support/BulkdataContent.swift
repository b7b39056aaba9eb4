import DICOM
import DICOMImage
import DICOMweb
import HTTPModel
import ObjectStore
import Portal

/// One bulk value of a stored instance.
struct BulkdataContent {
    private enum Kind {
        case value(OpenedInstance, DataElement)
        /// Compressed Pixel Data: its frames.
        case frames(FrameContent)
        /// Compressed pixels in an item of a Sequence, an icon: the item, and its fragments.
        case icon(OpenedInstance, DataSet, [Range<Int>])
    }

    private let kind: Kind

    /// - Throws: 404 when there is no value at `path`.
    init(_ instance: RetrievedInstance, _ path: BulkdataPath, _ store: DirectoryStore) throws {
        let opened = try OpenedInstance(instance, in: store)
        guard let (element, level) = path.place(in: opened.file.dataSet) else { throw HTTPError.notFound }
        switch element.value {
        case .fragments(let items) where path.isNested: kind = .icon(opened, level, Array(items.dropFirst()))
        case .fragments: kind = .frames(try FrameContent(instance, store))
        case .bytes, .deferred: kind = .value(opened, element)
        case .items: throw HTTPError.notFound
        }
    }

    var offers: [Offer] {
        switch kind {
        case .frames(let frames): frames.count == 1 ? frames.offers() : frames.offers().filter(\.isMultipart)
        case .icon(let opened, _, _): FrameContent.offers(of: opened.file.transferSyntax)
        case .value:
            [true, false].map {
                Offer(
                    "application/octet-stream", transferSyntax: InstanceContent.explicit, isMultipart: $0,
                    isAsStored: true)
            }
        }
    }

    /// - Throws: `ImageError`, `DICOMError` when compressed pixels cannot be decoded.
    func parts(as offer: Offer, address: String) throws -> [AnswerPart] {
        switch kind {
        case .frames(let frames): try frames.parts(Array(1...frames.count), as: offer)
        case .icon(let opened, let item, let fragments):
            [
                AnswerPart(
                    content: .segments(try opened.icon(item, fragments, decoded: !offer.isAsStored)),
                    transferSyntax: offer.transferSyntax, location: address)
            ]
        case .value(let opened, let element):
            [
                AnswerPart(
                    content: .segments([try opened.littleEndian(element)]), transferSyntax: nil, location: address)
            ]
        }
    }
}

extension OpenedInstance {
    fileprivate func icon(_ item: DataSet, _ fragments: [Range<Int>], decoded: Bool) throws -> [Segment] {
        guard decoded else { return try fragments.map(segment) }
        let bytes = try fragments.flatMap { try source.read(at: $0.lowerBound, count: $0.count) }
        return [.bytes(try FrameDecoder.decode(bytes, PixelDescription(item), syntax: file.transferSyntax))]
    }

    fileprivate func littleEndian(_ element: DataElement) throws -> Segment {
        switch element.value {
        case .bytes(let bytes): .bytes(bytes)
        case .items, .fragments: .bytes([])
        case .deferred(let offset, let length): try littleEndian(offset..<offset + length, of: element.vr)
        }
    }
}
