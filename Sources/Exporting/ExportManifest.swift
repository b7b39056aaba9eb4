import Crypto
import FoundationEssentials

/// The list of an export's files with their hashes, written while they go.
struct ExportManifest {
    static let name = "manifest.json"

    private struct File: Encodable {
        let path: String
        let size: Int
        let sha256: String
    }

    private var document = Array(#"{"format":"preview-dicom","version":1,"files":["#.utf8)
    private var isEmpty = true

    /// - Parameter hash: SHA-256 in hexadecimal digits.
    mutating func add(_ components: [String], size: Int, hash: String) throws {
        document += Array((isEmpty ? "\n" : ",\n").utf8)
        isEmpty = false
        let file = File(path: components.joined(separator: "/"), size: size, sha256: hash)
        document += try JSONEncoder.ordered.encode(file)
    }

    mutating func add(_ components: [String], _ bytes: [UInt8]) throws {
        try add(components, size: bytes.count, hash: SHA256.hash(data: bytes).hexadecimal)
    }

    var bytes: [UInt8] { document + Array("\n]}\n".utf8) }
}

extension JSONEncoder {
    /// Equal values give equal bytes.
    static var ordered: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
