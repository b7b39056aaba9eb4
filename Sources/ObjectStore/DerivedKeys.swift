extension ObjectKey {
    /// The key of what is made of an instance's file: `derived/<kind>/<xx>/<hash>-<rest>`, 256 folders a kind.
    ///
    /// - Parameter hash: SHA-256 of the file in hexadecimal digits, by which it is found when the instance is gone.
    /// - Returns: `nil` when the parts are no key components.
    package static func derived(_ kind: String, of hash: String, _ rest: String) -> ObjectKey? {
        ObjectKey("derived/\(kind)/\(hash.prefix(2))/\(hash)-\(rest)")
    }

    /// The key of the metadata of a series at one revision.
    package static func metadata(ofSeries id: Int, revision: Int) -> ObjectKey? {
        ObjectKey("derived/metadata/\(id % 256)/\(id)-\(revision).json.gz")
    }

    /// The key of the metadata of several series, or of the list of the instances of one.
    ///
    /// - Parameter digest: of their ids and revisions, and of what else the document is made of.
    package static func metadata(ofVersions digest: String) -> ObjectKey? {
        ObjectKey("derived/metadata/versions/\(digest).json.gz")
    }
}

/// What an object under `derived/` was derived from, as its key tells.
package enum DerivedSource: Sendable, Hashable {
    /// SHA-256 of an instance's file, in hexadecimal digits.
    case file(String)
    case series(Int)
    /// Versions of series, of which the key tells nothing.
    case versions

    /// - Returns: `nil` for a key that is minted nowhere here.
    package init?(_ key: ObjectKey) {
        let parts = key.text.split(separator: "/")
        guard parts.count == 4, parts[0] == "derived" else { return nil }
        let beginning = parts[3].prefix { $0 != "-" }
        if parts[1] != "metadata" {
            guard beginning.utf8.count == 64, beginning.allSatisfy(\.isHexDigit) else { return nil }
            self = .file(String(beginning))
        } else {
            self = Int(beginning).map { .series($0) } ?? .versions
        }
    }
}
