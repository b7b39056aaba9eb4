import DICOM

/// One form in which an answer can be made.
package struct Offer: Sendable, Hashable, CustomStringConvertible {
    /// The media type of each part when `isMultipart`, else of the body.
    package let essence: String
    /// `nil` where the media type has none, such as JSON.
    package let transferSyntax: String?
    package let isMultipart: Bool
    /// Whether the bytes are those of the store.
    package let isAsStored: Bool
    /// Whether it is what a caller gets who takes any Transfer Syntax; the stored one, unless told otherwise.
    package let isForAny: Bool

    package init(
        _ essence: String, transferSyntax: String? = nil, isMultipart: Bool = false, isAsStored: Bool = false,
        isForAny: Bool? = nil
    ) {
        self.essence = essence
        self.transferSyntax = transferSyntax
        self.isMultipart = isMultipart
        self.isAsStored = isAsStored
        self.isForAny = isForAny ?? isAsStored
    }

    package static let dicomJSON = Offer("application/dicom+json")
    package static let json = Offer("application/json")

    /// The Transfer Syntax that the media type has when none is named (PS3.18 §8.7.3, Tables 8.7.3-2, -4 and -5).
    package var defaultSyntax: String? {
        ["application/dicom", "application/octet-stream"].contains(essence)
            ? "1.2.840.10008.1.2.1" : TransferSyntax.usual(ofMediaType: essence)
    }

    /// Whether the media type names the compression itself, so that its stored bytes tell their own syntax.
    var isImage: Bool { essence.hasPrefix("image/") || essence.hasPrefix("video/") }

    /// The media type of one compressed frame or video (PS3.18 Table 8.7.3-5); `nil` for a syntax that it does not list.
    package static func imageType(of transferSyntax: String) -> String? {
        switch transferSyntax {
        case "1.2.840.10008.1.2.5": "image/dicom-rle"
        case "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70":
            "image/jpeg"
        case "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81": "image/jls"
        case "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91": "image/jp2"
        case "1.2.840.10008.1.2.4.92", "1.2.840.10008.1.2.4.93": "image/jpx"
        case "1.2.840.10008.1.2.4.201", "1.2.840.10008.1.2.4.202", "1.2.840.10008.1.2.4.203": "image/jphc"
        case "1.2.840.10008.1.2.4.100", "1.2.840.10008.1.2.4.101": "video/mpeg"
        case "1.2.840.10008.1.2.4.102", "1.2.840.10008.1.2.4.103", "1.2.840.10008.1.2.4.104",
            "1.2.840.10008.1.2.4.105", "1.2.840.10008.1.2.4.106":
            "video/mp4"
        default: nil
        }
    }

    /// As it would stand in an Accept header.
    package var description: String {
        let syntax = transferSyntax.map { "; transfer-syntax=\($0)" } ?? ""
        return isMultipart ? "multipart/related; type=\"\(essence)\"\(syntax)" : essence + syntax
    }
}
