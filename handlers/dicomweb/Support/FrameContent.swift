import DICOM
import DICOMImage
import DICOMweb
import HTTPModel
import ObjectStore
import Portal

/// The frames of a stored instance: ranges of the store wherever the stored bytes are what is asked for.
struct FrameContent {
    private let instance: RetrievedInstance
    private let table: FrameTable
    private let syntax: TransferSyntax
    private let store: DirectoryStore

    /// - Throws: 404 when the instance has no frames.
    init(_ instance: RetrievedInstance, _ store: DirectoryStore) throws(HTTPError) {
        guard let table = FrameTable(encoded: instance.frames), table.count > 0, let uid = UID(instance.transferSyntax)
        else { throw .notFound }
        self.instance = instance
        self.table = table
        self.store = store
        syntax = TransferSyntax(uid)
    }

    var count: Int { table.count }

    /// What can be made of a frame: native little endian bytes, and the compressed bytes that are stored.
    var offers: [Offer] {
        let octets = "application/octet-stream"
        return [true, false].flatMap { isMultipart in
            let native = Offer(
                octets, transferSyntax: InstanceContent.explicit, isMultipart: isMultipart,
                isAsStored: !syntax.isEncapsulated)
            guard syntax.isEncapsulated else { return [native] }
            let stored = [octets, Offer.imageType(of: instance.transferSyntax)].compactMap { type in
                type.map {
                    Offer($0, transferSyntax: instance.transferSyntax, isMultipart: isMultipart, isAsStored: true)
                }
            }
            return syntax.isVideo ? stored : [native] + stored.reversed()
        }
    }

    /// - Parameters:
    ///   - numbers: 1-based, each at most `count`.
    ///   - address: of the instance; each part says its own.
    /// - Throws: `ImageError`, `DICOMError` when the first of them cannot be decoded.
    func parts(_ numbers: [Int], as offer: Offer, address: String) throws -> [AnswerPart] {
        let contents = try offer.isAsStored ? stored(numbers) : decoded(numbers)
        return zip(numbers, contents).map { number, content in
            AnswerPart(content: content, transferSyntax: offer.transferSyntax, location: "\(address)/frames/\(number)")
        }
    }

    private func stored(_ numbers: [Int]) throws -> [AnswerPart.Content] {
        let key = try instance.key()
        if table.isInFile, syntax.isLittleEndian, !needsShifting {
            return numbers.map { number in
                .segments(table.ranges(of: number - 1).map { .object(key, offset: $0.lowerBound, length: $0.count) })
            }
        }
        let opened = try OpenedInstance(instance, in: store)
        return try numbers.map { number in
            if needsShifting { return .segments([.bytes(try opened.image().frame(number - 1))]) }
            return .segments(try opened.littleEndianFrame(number - 1))
        }
    }

    /// Whether native frames of single bits begin within a byte.
    private var needsShifting: Bool {
        guard !syntax.isEncapsulated, count > 1, let first = table.ranges(of: 0).first,
            let next = table.ranges(of: 1).first
        else { return false }
        return next.lowerBound < first.upperBound
    }

    private func decoded(_ numbers: [Int]) throws -> [AnswerPart.Content] {
        let image = try OpenedInstance(instance, in: store).image()
        guard let first = numbers.first else { return [] }
        let bytes = try image.frame(first - 1)
        return [.segments([.bytes(bytes)])]
            + numbers.dropFirst().map { number in .made { write in try write(image.frame(number - 1)[...]) } }
    }
}

extension OpenedInstance {
    /// A native frame of a deflated or a big endian file, in little endian.
    fileprivate func littleEndianFrame(_ index: Int) throws -> [Segment] {
        let element = file.dataSet[.pixelData] ?? file.dataSet[.floatPixelData] ?? file.dataSet[.doubleFloatPixelData]
        return try file.frames.ranges(of: index).map { try littleEndian($0, of: element?.vr ?? .OW) }
    }
}
