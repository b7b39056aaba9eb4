import DICOM
import HTTPModel
import ObjectStore
import Portal

/// A stored instance whose header was read, because its bytes cannot be sent as they are.
struct OpenedInstance: Sendable {
    let stored: RetrievedInstance
    let key: ObjectKey
    let file: DICOMFile
    /// What the offsets of `file` refer to.
    let source: any ByteSource & Sendable

    /// - Throws: `DICOMError`; `StoreError.absent` when the object is gone.
    init(_ stored: RetrievedInstance, in store: DirectoryStore, limits: ReadingLimits = .standard) throws {
        let key = try stored.key()
        let opened = StoredSource(reader: try store.open(key))
        self.stored = stored
        self.key = key
        file = try DICOMFile.read(opened, limits: limits)
        if let inflated = file.inflated { source = BytesSource(inflated) } else { source = opened }
    }

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
