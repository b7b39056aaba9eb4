import DICOMImage
import DICOMweb
import HTTPModel

/// What the DICOM web services understand and give, made of the tables that they work by.
extension Contract {
    private static let accept = QueryParameter("accept", "In place of the Accept header (PS3.18 §8.3.3.1).")
    private static let parts = "multipart/related"

    private static func service(
        _ parameters: [QueryParameter] = [], takes: [String] = [], gives: [String]
    ) -> Contract {
        Contract(parameters + [accept], refusesOthers: false, takes: takes, gives: gives)
    }

    static let search = service(SearchQuery.parameters, gives: dataSets)
    static let metadata = service(gives: dataSets)
    static let instances = service(gives: ["\(parts); type=\"application/dicom\"", "application/zip"])
    static let instance = service(
        gives: ["application/dicom", "\(parts); type=\"application/dicom\"", "application/zip"])
    static let frames = service(gives: pixels)
    static let bulkdata = service(gives: pixels)
    static let rendered = service(RenderingQuery.parameters, gives: pictures + ["application/pdf", "video/mp4"])
    static let thumbnail = service(RenderingQuery.parameters.filter { $0.name != "annotation" }, gives: pictures)
    static let uri = service(ObjectURIQuery.parameters, gives: pictures + ["application/dicom", "application/pdf"])
    static let store = service(
        takes: ["application/dicom"]
            + StoreMedia.allCases.map { "\(parts); type=\"\($0.rawValue)\"" },
        gives: ["application/dicom+json", "application/dicom+xml"])

    private static let dataSets = DataSetForm.offers.map(\.description)
    private static let pictures = RenderedFrame.offers.map(\.essence)
    private static let pixels =
        ["application/octet-stream"] + FrameEncoder.lossless.compactMap { Offer.imageType(of: $0.uid.text) }.unique
        + ["\(parts); type=\"application/octet-stream\""]
}

extension [String] {
    fileprivate var unique: [String] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}
