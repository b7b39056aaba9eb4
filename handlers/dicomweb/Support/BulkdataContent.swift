import DICOM
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
    }

    private let kind: Kind

    /// - Throws: 404 when there is no value at `path`.
    init(_ instance: RetrievedInstance, _ path: BulkdataPath, _ store: DirectoryStore) throws {
        let opened = try OpenedInstance(instance, in: store)
        guard let element = path.element(of: opened.file.dataSet) else { throw HTTPError.notFound }
        switch element.value {
        case .fragments: kind = .frames(try FrameContent(instance, store))
        case .bytes, .deferred: kind = .value(opened, element)
        case .items: throw HTTPError.notFound
        }
    }

    var offers: [Offer] {
        switch kind {
        case .frames(let frames): frames.count == 1 ? frames.offers : frames.offers.filter(\.isMultipart)
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
        case .frames(let frames): try frames.parts(Array(1...frames.count), as: offer, address: address)
        case .value(let opened, let element):
            [
                AnswerPart(
                    content: .segments([try opened.littleEndian(element)]), transferSyntax: nil, location: address)
            ]
        }
    }
}

extension OpenedInstance {
    fileprivate func littleEndian(_ element: DataElement) throws -> Segment {
        switch element.value {
        case .bytes(let bytes): .bytes(bytes)
        case .items, .fragments: .bytes([])
        case .deferred(let offset, let length): try littleEndian(offset..<offset + length, of: element.vr)
        }
    }
}
