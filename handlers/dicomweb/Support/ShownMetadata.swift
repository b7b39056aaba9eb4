import DICOM
import DICOMweb
import Portal

extension PatientCorrection? {
    /// gzip'd DICOM JSON objects as they are shown: without a correction, as they are kept.
    func shown(_ documents: [[UInt8]]) throws -> [[UInt8]] {
        guard let correction = self else { return documents }
        return try documents.map { try MetadataDocument.edited($0) { correction.applied(toJSON: $0) } }
    }
}

extension RetrievedMetadata {
    /// DICOM JSON: the array of the one object.
    var shown: [UInt8] {
        get throws {
            let object = try MetadataDocument.inflated(document)
            return Array("[".utf8) + (correction?.applied(toJSON: object) ?? object) + Array("]".utf8)
        }
    }
}

extension SeriesMetadata {
    var shown: [[UInt8]] { get throws { try correction.shown(instances) } }
}
