import DICOMweb
import HTTPModel

/// The media types in which instances are stored (PS3.18 §10.5.1.1).
enum StoreMedia: String, CaseIterable {
    /// PS3.10 files.
    case files = "application/dicom"
    /// Metadata as DICOM JSON, bulk data beside it.
    case json = "application/dicom+json"
    /// Metadata as Native DICOM Model, bulk data beside it.
    case xml = "application/dicom+xml"

    /// - Returns: `nil` for a body of another media type.
    init?(_ type: MediaType) {
        if type.essence == Self.files.rawValue {
            self = .files
        } else if type.essence == "multipart/related" {
            self.init(rawValue: (type["type"] ?? Self.files.rawValue).lowercased())
        } else {
            return nil
        }
    }
}

extension HTTPError {
    static let notDICOM = HTTPError(
        415, "body.notDICOM",
        "Instances are stored as application/dicom, or as multipart/related with type \"application/dicom\", "
            + "\"application/dicom+json\" or \"application/dicom+xml\".",
        headers: [
            "Accept": (["application/dicom"] + StoreMedia.allCases.map { "multipart/related; type=\"\($0.rawValue)\"" })
                .joined(separator: ", ")
        ])
}
