import HTTPModel
import Ingestion
import Portal

/// What `POST /api/imports/plan` asks about: files by their headers alone, and sidecars whole.
package struct HeaderPlan: Sendable {
    /// One file as its sender read it.
    struct File: Sendable {
        let path: String
        let size: Int
        /// `nil` for what is no DICOM file.
        let header: Header?
    }

    struct Header: Sendable {
        let sopInstanceUID: String
        let studyUID: String
        let seriesUID: String
        let identity: FileIdentity
    }

    /// The members of one patient's document and where it stands.
    struct Document: Sendable {
        let path: String
        let bytes: [UInt8]
    }

    let sidecars: [Document]
    let files: [File]
    let onExisting: ImportOptions.OnExisting

    private static let mostFiles = 100_000

    /// - Throws: 400 for a document that has another form.
    package init(_ body: [UInt8]) throws {
        let document: JSONValue
        do { document = try JSONReader.read(body) } catch {
            throw HTTPError.badRequest("json.malformed", "The body is not well-formed JSON in UTF-8.")
        }
        guard case .object = document else {
            throw HTTPError.badRequest(
                "json.root", "The body is not of the JSON type object.", details: ["type": "object"])
        }
        sidecars = try Self.elements("sidecars", of: document).enumerated().map { place, element in
            guard let path = element["path"]?.string, let json = element["json"] else {
                throw Self.missing("sidecars[\(place)]")
            }
            return Document(path: path, bytes: Array(json.text.utf8))
        }
        files = try Self.elements("files", of: document).enumerated().map { place, element in
            guard let path = element["path"]?.string else { throw Self.missing("files[\(place)].path") }
            return File(path: path, size: Self.number(element["size"]), header: Header(element))
        }
        guard files.count <= Self.mostFiles else {
            throw HTTPError(
                422, "import.tooManyFiles", "At most \(Self.mostFiles) files can be announced.", field: "files",
                details: ["limit": "\(Self.mostFiles)"])
        }
        let wanted = document["onExisting"]?.string ?? ImportOptions.OnExisting.update.rawValue
        guard let onExisting = ImportOptions.OnExisting(rawValue: wanted) else {
            throw HTTPError(422, "import.onExisting", "'onExisting' is update, skip or fail.", field: "onExisting")
        }
        self.onExisting = onExisting
    }

    private static func elements(_ name: String, of document: JSONValue) throws -> [JSONValue] {
        switch document[name] {
        case nil, .null: return []
        case .array(let elements): return elements
        default:
            throw HTTPError.badRequest(
                "json.type", "The member '\(name)' is not of the JSON type object.", field: name,
                details: ["type": "object"])
        }
    }

    private static func missing(_ field: String) -> HTTPError {
        HTTPError.badRequest("json.missing", "The member '\(field)' is missing.", field: field)
    }

    private static func number(_ value: JSONValue?) -> Int {
        guard case .number(let digits) = value else { return 0 }
        return max(0, Int(digits) ?? 0)
    }
}

extension HeaderPlan.Header {
    /// - Returns: `nil` for a file with a `problem`.
    init?(_ element: JSONValue) {
        guard element["problem"]?.string == nil else { return nil }
        let text = { (name: String) in element[name]?.string ?? "" }
        sopInstanceUID = text("sopInstanceUID")
        studyUID = text("studyInstanceUID")
        seriesUID = text("seriesInstanceUID")
        identity = FileIdentity(
            name: text("patientName"), patientID: text("patientId"), issuer: text("issuer"),
            birthDate: text("birthDate"))
    }
}

extension HeaderPlan {
    /// The same tree as the files themselves would make; only the sidecars have a content.
    var tree: ImportTree {
        .announced(
            sidecars.map { AnnouncedFile(name: $0.path, length: $0.bytes.count, document: $0.bytes) }
                + files.map { AnnouncedFile(name: $0.path, length: $0.size, document: nil) })
    }
}
