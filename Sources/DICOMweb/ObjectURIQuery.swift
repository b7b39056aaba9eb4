import DICOM
import HTTPModel

/// What a request of the URI service asks for: one object, and how it is wanted.
///
/// - SeeAlso: PS3.18 §9.4.1.
package struct ObjectURIQuery: Sendable {
    package let resource: ResourceReference
    /// The media types of `contentType`; `nil` where the server chooses.
    package let contentType: String?
    /// 1-based.
    package let frame: Int?
    /// A UID or `*`, of an object that is given as PS3.10 file.
    package let transferSyntax: String?
    package let rendering: RenderingQuery

    package static let parameters = [
        QueryParameter("requestType", "WADO."), QueryParameter("studyUID", "Study Instance UID."),
        QueryParameter("seriesUID", "Series Instance UID."), QueryParameter("objectUID", "SOP Instance UID."),
        QueryParameter("contentType", "Media types, the best first: image/jpeg, application/dicom and others."),
        QueryParameter("charset", "Understood; text is in UTF-8."),
        QueryParameter("anonymize", "Refused: objects are given as they are."),
        QueryParameter("annotation", "patient, technique or both: text in the corners of the picture."),
        QueryParameter("rows", .number, "The picture's rows at most."),
        QueryParameter("columns", .number, "The picture's columns at most."),
        QueryParameter("region", "x0,y0,x1,y1: fractions of the image's sides."),
        QueryParameter("windowCenter", .number, "With windowWidth."),
        QueryParameter("windowWidth", .number, "With windowCenter."),
        QueryParameter("frameNumber", .number, "The frame of a picture, from 1."),
        QueryParameter("imageQuality", .number, "Of a lossy picture, 1 to 100."),
        QueryParameter("transferSyntax", "Of application/dicom."),
    ]

    /// - Throws: 400 that names the parameter which is missing, repeated, malformed or unknown.
    package init(_ request: Request) throws(HTTPError) {
        try request.requireQuery(only: Set(Self.parameters.map(\.name)))
        var values: [String: String] = [:]
        for item in try request.queryItems {
            guard values.updateValue(item.value, forKey: item.name) == nil else {
                throw .badRequest(
                    "query.repeated", "The parameter '\(item.name)' may be given only once.", field: item.name)
            }
        }
        guard values["requestType"] == "WADO" else {
            throw .badRequest("query.requestType", "requestType is WADO.", field: "requestType")
        }
        guard values["anonymize"] == nil else {
            throw .badRequest(
                "query.anonymize", "Objects are not de-identified here; ask without anonymize.", field: "anonymize")
        }
        resource = ResourceReference(
            study: try Self.uid("studyUID", values), series: try Self.uid("seriesUID", values),
            instance: try Self.uid("objectUID", values))
        contentType = values["contentType"]
        transferSyntax = values["transferSyntax"]
        guard transferSyntax.map({ $0 == "*" || UID($0) != nil }) ?? true else {
            throw .badRequest("query.transferSyntax", "transferSyntax is a UID, or * for any.", field: "transferSyntax")
        }
        frame = try values["frameNumber"].map { text throws(HTTPError) in
            guard let frame = Int(text), frame > 0 else {
                throw .badRequest(
                    "query.number", "frameNumber is a whole number, 1 or more.", field: "frameNumber",
                    details: ["least": "1"])
            }
            return frame
        }
        rendering = try RenderingQuery(uri: values)
    }

    private static func uid(_ name: String, _ values: [String: String]) throws(HTTPError) -> UID {
        guard let text = values[name] else { throw .badRequest("uid.missing", "\(name) is missing.", field: name) }
        guard let uid = UID(text) else { throw .badRequest("uid.malformed", "\(name) is no UID.", field: name) }
        return uid
    }
}
