import Archives

/// A JSON document of an import.
struct ImportDocument {
    let entry: ImportEntry
    let path: RelativePath
    /// `nil` when it is too large to be one.
    let bytes: [UInt8]?
    var value: JSONValue?

    init(entry: ImportEntry, path: RelativePath, bytes: [UInt8]?) {
        self.entry = entry
        self.path = path
        self.bytes = bytes
    }

    /// The path of its folder; empty at the top.
    var folder: String { path.folder?.description ?? "" }

    func file(_ outcome: ImportReport.FileOutcome, _ code: String, _ message: String) -> ImportReport.File {
        ImportReport.File(path: entry.name, outcome: outcome, code: code, message: message)
    }
}

/// The list of files with their hashes that an export brings along; without one everything is taken as it is.
struct ImportManifest {
    /// Lower-case hexadecimal SHA-256 by path.
    private var hashes: [String: String] = [:]

    /// - Returns: whether the document is a manifest.
    mutating func read(_ value: JSONValue, in document: ImportDocument) -> Bool {
        guard document.path.name == "manifest.json", value["format"]?.string == "preview-dicom" else { return false }
        guard case .array(let files) = value["files"] else { return true }
        let base = document.folder.isEmpty ? "" : document.folder + "/"
        for file in files {
            guard let path = file["path"]?.string, let hash = file["sha256"]?.string else { continue }
            hashes[base + path] = hash.lowercased()
        }
        return true
    }

    /// Whether a file is not what the list says.
    func contradicts(_ path: RelativePath?, sha256: [UInt8]) -> Bool {
        guard let path, let expected = hashes[path.description] else { return false }
        let digits = Array("0123456789abcdef")
        let actual = sha256.reduce(into: "") { text, byte in
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return actual != expected
    }
}
