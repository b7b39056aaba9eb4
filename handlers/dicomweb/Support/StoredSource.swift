import DICOM
import ObjectStore

/// A stored object as bytes that a DICOM reader reads.
struct StoredSource: ByteSource, Sendable {
    let reader: ObjectReader

    var count: Int { reader.length }

    func read(at offset: Int, count: Int) throws -> [UInt8] {
        let bytes = try reader.read(at: offset, count: count)
        guard bytes.count == count else { throw DICOMError.truncated(offset: offset) }
        return bytes
    }
}
