import Crypto
import DICOM
import DICOMweb
import HTTPModel

/// The forms in which data sets without bulk data are given: DICOM JSON (PS3.18 Annex F), or Native DICOM Model, each
/// data set a part of its own (PS3.19 §A.1).
enum DataSetForm {
    static let xmlParts = Offer(xml, isMultipart: true)
    private static let xmlAlone = Offer(xml)
    private static let xml = "application/dicom+xml"

    /// For any number of data sets.
    static let offers: [Offer] = [.dicomJSON, .json, xmlParts]
    /// For one data set.
    static let single: [Offer] = [.dicomJSON, .json, xmlAlone, xmlParts]

    /// - Parameter content: in DICOM JSON: an array of data sets, or the one data set.
    static func response(_ content: [UInt8], as form: Offer) throws -> Response {
        guard form.essence == xml else {
            return Response(headers: ["Content-Type": form.essence], body: .bytes(content))
        }
        return try xmlResponse([content], as: form, boundary: content.digest)
    }

    /// The same for data sets that are kept apart.
    ///
    /// - Parameters:
    ///   - contents: the DICOM JSON of one data set each.
    ///   - boundary: text that no part can hold.
    static func xmlResponse(
        _ contents: some Sequence<[UInt8]>, as form: Offer, boundary: String
    ) throws -> Response {
        var writer = MultipartWriter(type: xml, boundary: boundary)
        var alone: [UInt8] = []
        var isEmpty = true
        for content in contents {
            try NativeDICOMModel.documents(ofJSON: content) { document in
                isEmpty = false
                if form.isMultipart {
                    writer.add([.bytes(document)], transferSyntax: nil)
                } else {
                    alone = document
                }
            }
        }
        // A multipart body has one part at least.
        if isEmpty { return Response(status: 204) }
        guard form.isMultipart else { return Response(headers: ["Content-Type": xml], body: .bytes(alone)) }
        return Response(headers: ["Content-Type": writer.contentType], body: .segments(writer.finished()))
    }
}

extension EntityTag {
    /// The version of an answer that is its content.
    init(content: [UInt8], _ form: Offer) { self.init(content.digest, form) }
}

extension [UInt8] {
    /// SHA-256, 64 hexadecimal digits.
    fileprivate var digest: String {
        SHA256.hash(data: self).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
