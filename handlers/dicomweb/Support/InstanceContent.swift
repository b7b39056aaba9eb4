import DICOM
import DICOMImage
import DICOMweb
import HTTPModel
import ObjectStore
import Portal

/// A stored instance as PS3.10 file in a Transfer Syntax that web services use (PS3.18 §8.7.3.2).
struct InstanceContent {
    static let explicit = TransferSyntax.explicitVRLittleEndian.uid.text

    let instance: RetrievedInstance
    let store: DirectoryStore

    /// What can be made of it: Explicit VR Little Endian, what is stored unless it is implicit or big endian, and the
    /// lossless forms that we write.
    static func offers(for instance: RetrievedInstance) -> [Offer] {
        let stored = UID(instance.transferSyntax).map { TransferSyntax($0) }
        let syntax = instance.transferSyntax
        var forms: [(String, isAsStored: Bool)] = []
        if syntax != explicit, stored?.isVideo != true { forms.append((explicit, false)) }
        if let stored, stored.isExplicitVR, stored.isLittleEndian { forms.append((syntax, true)) }
        if stored?.isVideo != true {
            forms += written.filter { $0 != syntax }.map { ($0, false) }
        }
        return [true, false].flatMap { isMultipart in
            forms.map {
                Offer("application/dicom", transferSyntax: $0.0, isMultipart: isMultipart, isAsStored: $0.isAsStored)
            }
        }
    }

    private static let written = (FrameEncoder.lossless + [.deflatedExplicitVRLittleEndian]).map(\.uid.text)

    /// - Throws: `ImageError`, `DICOMError` when it cannot be converted.
    func part(as offer: Offer) throws -> AnswerPart {
        let content: AnswerPart.Content =
            offer.isAsStored ? .segments(try asStored()) : try conversion(to: offer.transferSyntax).content()
        return AnswerPart(content: content, transferSyntax: offer.transferSyntax)
    }

    /// The same part, made when those before it are sent, unless that is no work.
    func partInItsTurn(as offer: Offer) throws -> AnswerPart {
        let syntaxes = [instance.transferSyntax, offer.transferSyntax ?? Self.explicit].map(UID.init)
        let isCompressed = syntaxes.contains { $0.map { TransferSyntax($0).isEncapsulated } ?? true }
        guard !offer.isAsStored, isCompressed else { return try part(as: offer) }
        return AnswerPart(
            content: .made { write in try conversion(to: offer.transferSyntax).content().write(from: store, to: write)
            },
            transferSyntax: offer.transferSyntax)
    }

    private func conversion(to syntax: String?) throws -> Conversion {
        let syntax = syntax.flatMap { UID($0) }.map { TransferSyntax($0) } ?? .explicitVRLittleEndian
        return try Conversion(instance, to: syntax, store)
    }

    /// Whether the file is sent as it lies in the store.
    var isReady: Bool { instance.correction == nil && instance.dataSetOffset > 0 }

    /// The stored bytes; a file that came without a head gets one. Of a corrected one the header is written again, before
    /// ranges of the store; one that is deflated is held whole, as it is for every other reading.
    func asStored() throws -> [Segment] {
        if instance.correction != nil { return try corrected() }
        let file = Segment.object(try instance.key(), offset: 0, length: instance.size)
        if instance.dataSetOffset > 0 { return [file] }
        let head = instance.dataSetOffset < 0 ? FileMeta.preamble : Self.head(instance, syntax: instance.transferSyntax)
        return [.bytes(head), file]
    }

    private func corrected() throws -> [Segment] {
        switch try conversion(to: instance.transferSyntax).content() {
        case .segments(let segments): return segments
        case .made(let make):
            var bytes: [UInt8] = []
            try make { bytes += $0 }
            return [.bytes(bytes)]
        }
    }

    static func head(_ instance: RetrievedInstance, syntax: String) -> [UInt8] {
        FileMeta.bytes(sopClass: instance.sopClass, sopInstance: instance.uid, transferSyntax: syntax)
    }
}
