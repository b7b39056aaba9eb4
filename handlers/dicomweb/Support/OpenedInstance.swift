import DICOM
import DICOMImage
import HTTPModel
import ObjectStore
import Portal

/// A stored instance whose header was read, because its bytes cannot be sent as they are.
struct OpenedInstance: Sendable {
    let stored: RetrievedInstance
    let key: ObjectKey
    /// With the correction of its study.
    let file: DICOMFile
    /// What the offsets of `file` refer to.
    let source: any ByteSource

    /// - Throws: `DICOMError`; `StoreError.absent` when the object is gone.
    init(_ stored: RetrievedInstance, in store: DirectoryStore) throws {
        let key = try stored.key()
        let opened = StoredSource(reader: try store.open(key))
        self.stored = stored
        self.key = key
        guard let correction = stored.correction else {
            file = try DICOMFile.read(opened)
            source = file.valueSource(opened)
            return
        }
        file = try DICOMFile.read(opened, assuming: SpecificCharacterSet(fallback: correction.characterSet))
            .corrected(by: correction, reading: opened)
        source = file.valueSource(opened)
    }

    /// - Throws: `ImageError` when the image's description is none that can be decoded.
    func image() throws -> ImageFile { try ImageFile(file, source: source) }

    /// A range that an offset of `file` names: of the stored object, unless that is deflated.
    func segment(_ range: Range<Int>) throws -> Segment {
        guard file.inflated != nil else { return .object(key, offset: range.lowerBound, length: range.count) }
        return .bytes(try source.read(at: range.lowerBound, count: range.count))
    }

    /// A range of a value in little endian: of the store where it stands there so, else held whole.
    ///
    /// - Parameter vr: tells the length of the words that are turned around.
    func littleEndian(_ range: Range<Int>, of vr: VR) throws -> Segment {
        guard file.dataSet.isSourceBigEndian else { return try segment(range) }
        var alone = file.dataSet
        alone.removeAll { _ in true }
        alone.set(DataElement(.pixelData, vr, .deferred(offset: range.lowerBound, length: range.count)))
        for piece in try DataSetWriter.pieces(alone, syntax: .explicitVRLittleEndian) {
            switch piece {
            case .bytes: continue
            case .source(let range): return try segment(range)
            case .swapped: return .bytes(try piece.bytes(from: source))
            }
        }
        return .bytes([])
    }
}
