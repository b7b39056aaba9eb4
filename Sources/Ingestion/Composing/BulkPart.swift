/// A value that came beside the metadata of its instance, kept in a spooled file.
package struct BulkPart: Sendable {
    /// The BulkDataURI that names it in the metadata.
    package let location: String
    /// Its media type in lower case: `application/octet-stream`, `image/jls`.
    package let mediaType: String
    /// As its media type says; `nil` where that says none.
    package let transferSyntax: String?
    /// Where it stands in the spooled file.
    package let range: Range<Int>

    package init(location: String, mediaType: String, transferSyntax: String?, range: Range<Int>) {
        self.location = location
        self.mediaType = mediaType
        self.transferSyntax = transferSyntax
        self.range = range
    }
}

/// The attributes of one instance without its bulk data.
package enum InstanceMetadata: Sendable {
    /// One object (PS3.18 Annex F).
    case json([UInt8])
    /// One document (PS3.19 §A.1).
    case xml([UInt8])

    /// In bytes.
    package var length: Int {
        switch self {
        case .json(let bytes), .xml(let bytes): bytes.count
        }
    }
}

/// Why metadata and bulk data make no instance.
package struct CompositionError: Error, Sendable, Equatable {
    /// Failure Reason (0008,1197), PS3.18 Table I.2-2.
    package let status: UInt16
    package let message: String
    /// Empty where they could not be read.
    package let sopClass: String
    package let sopInstance: String

    static let cannotUnderstand: UInt16 = 0xC000
    static let syntaxNotSupported: UInt16 = 0xC122
}
