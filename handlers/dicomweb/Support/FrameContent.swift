import DICOM
import DICOMImage
import DICOMweb
import HTTPModel
import ObjectStore
import Portal

/// The frames of a stored instance: ranges of the store wherever the stored bytes are what is asked for.
struct FrameContent {
    let instance: RetrievedInstance
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

    /// What can be made of a frame: native little endian bytes, the compressed bytes that are stored, and what we
    /// compress without loss.
    ///
    /// - Parameter savingData: whether a caller who takes any Transfer Syntax gets stored native frames compressed.
    func offers(savingData: Bool = false) -> [Offer] {
        let written = syntax.isVideo ? [] : FrameEncoder.lossless.filter { $0 != syntax }
        let best = savingData && !syntax.isEncapsulated ? FrameEncoder.lossless.first : nil
        return Self.offers(of: syntax, written: written, forAny: best)
    }

    /// - Parameters:
    ///   - syntax: the pixels' own.
    ///   - written: those that they can be written in as well.
    ///   - best: the one of these that a caller gets who takes any; the stored one unless told.
    static func offers(
        of syntax: TransferSyntax, written: [TransferSyntax] = [], forAny best: TransferSyntax? = nil
    ) -> [Offer] {
        let native = Form(essence: octets, syntax: InstanceContent.explicit, isAsStored: !syntax.isEncapsulated)
        let stored = syntax.isEncapsulated ? forms(of: syntax, isAsStored: true) : []
        let forms =
            (syntax.isVideo ? [] : [native]) + stored + written.flatMap { Self.forms(of: $0, isAsStored: false) }
        return [true, false].flatMap { isMultipart in
            forms.map { form in
                Offer(
                    form.essence, transferSyntax: form.syntax, isMultipart: isMultipart, isAsStored: form.isAsStored,
                    isForAny: best.map { $0.uid.text == form.syntax })
            }
        }
    }

    private struct Form {
        let essence: String
        let syntax: String
        let isAsStored: Bool
    }

    private static let octets = "application/octet-stream"

    /// Compressed frames under their own media type, and as octets of their Transfer Syntax.
    private static func forms(of syntax: TransferSyntax, isAsStored: Bool) -> [Form] {
        [Offer.imageType(of: syntax.uid.text), octets].compactMap { type in
            type.map { Form(essence: $0, syntax: syntax.uid.text, isAsStored: isAsStored) }
        }
    }

    /// - Parameters:
    ///   - numbers: 1-based, each at most `count`.
    /// - Throws: `ImageError`, `DICOMError` when the first of them cannot be decoded.
    func parts(_ numbers: [Int], as offer: Offer) throws -> [AnswerPart] {
        let contents = try offer.isAsStored ? stored(numbers) : converted(numbers, to: offer)
        return zip(numbers, contents).map { number, content in
            AnswerPart(
                content: content, transferSyntax: offer.transferSyntax, location: path(ofFrames: "\(number)"))
        }
    }

    /// The address of frames.
    func path(ofFrames list: String) -> String { "\(instance.path)/frames/\(list)" }

    /// Whether the file holds the frames as they are given.
    var isReady: Bool { table.isInFile && syntax.isLittleEndian && !needsShifting }

    private func stored(_ numbers: [Int]) throws -> [AnswerPart.Content] {
        let key = try instance.key()
        if isReady {
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

    private func converted(_ numbers: [Int], to offer: Offer) throws -> [AnswerPart.Content] {
        let syntax = offer.transferSyntax.flatMap { UID($0) }.map { TransferSyntax($0) } ?? .explicitVRLittleEndian
        if let kept = kept(numbers, in: syntax) { return kept }
        let image = try OpenedInstance(instance, in: store).image()
        guard let first = numbers.first else { return [] }
        let bytes = try image.frame(first - 1, in: syntax)
        // A store that is full must not hide an image.
        if let key = key(of: first, in: syntax) { try? store.putDerived(bytes, at: key) }
        return [.segments([.bytes(bytes)])]
            + numbers.dropFirst().map { number in .made { write in try write(image.frame(number - 1, in: syntax)[...]) }
            }
    }
}

extension FrameContent {
    /// Frames that were compressed before; `nil` unless all of them are there.
    private func kept(_ numbers: [Int], in syntax: TransferSyntax) -> [AnswerPart.Content]? {
        var contents: [AnswerPart.Content] = []
        for number in numbers {
            guard let key = key(of: number, in: syntax), let length = store.length(of: key) else { return nil }
            contents.append(.segments([.object(key, offset: 0, length: length)]))
        }
        return contents
    }

    /// Native frames are not kept: they would hold more than what they are made of.
    private func key(of number: Int, in syntax: TransferSyntax) -> ObjectKey? {
        syntax.isEncapsulated ? .derived("frames", of: instance.hash, "\(number)-\(syntax.uid.text)") : nil
    }
}

extension OpenedInstance {
    /// A native frame of a deflated or a big endian file, in little endian.
    fileprivate func littleEndianFrame(_ index: Int) throws -> [Segment] {
        let element = file.dataSet[.pixelData] ?? file.dataSet[.floatPixelData] ?? file.dataSet[.doubleFloatPixelData]
        guard let element, case .deferred(let start, let length) = element.value else { return [] }
        return try file.frames.ranges(of: index).map { range in
            // Of a word that a frame shares with its neighbour, or with the padding, the other byte is its own.
            let word = element.vr.wordLength
            let first = start + (range.lowerBound - start) / word * word
            let last = min(start + length, start + (range.upperBound - start + word - 1) / word * word)
            let segment = try littleEndian(first..<last, of: element.vr)
            guard case .bytes(let words) = segment, words.count > range.count else { return segment }
            return .bytes(Array(words[range.lowerBound - first..<range.upperBound - first]))
        }
    }
}
