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
        guard form.isMultipart else {
            var alone: [UInt8] = []
            try NativeDICOMModel.documents(ofJSON: content) { alone = $0 }
            return Response(headers: ["Content-Type": xml], body: .bytes(alone))
        }
        // A multipart body has one part at least.
        if content == Array("[]".utf8) { return Response(status: 204) }
        return xmlStream(boundary: content.digest) { try $0(content) }
    }

    /// Data sets as XML, each made when those before it are sent.
    ///
    /// - Parameters:
    ///   - boundary: text that no part can hold.
    ///   - contents: gives the DICOM JSON of one data set, or of an array of them, at a time.
    static func xmlStream(
        boundary: String, _ contents: @escaping @Sendable (_ output: ([UInt8]) throws -> Void) throws -> Void
    ) -> Response {
        let writer = MultipartWriter(type: xml, boundary: boundary)
        return Response(
            headers: ["Content-Type": writer.contentType],
            body: .stream { write in
                try contents { content in
                    try NativeDICOMModel.documents(ofJSON: content) { document in
                        try write(writer.head(transferSyntax: nil)[...])
                        try write(document[...])
                        try write(MultipartWriter.lineEnd[...])
                    }
                }
                try write(writer.tail[...])
            })
    }
}

extension EntityTag {
    /// The version of an answer that is its content.
    init(content: [UInt8], _ form: Offer) { self.init(content.digest, form) }
}

extension [UInt8] {
    /// SHA-256, 64 hexadecimal digits.
    var digest: String {
        SHA256.hash(data: self).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
