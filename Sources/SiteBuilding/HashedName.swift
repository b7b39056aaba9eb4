import Crypto

/// A file whose name says what is in it, so that it may be cached for ever.
enum HashedName {
    /// 40 bits: enough that two versions of one name never meet.
    static let hexDigits = 10

    /// `pages/import.js` → `assets/pages/import.0123456789.js`.
    static func of(_ path: String, holding bytes: [UInt8]) -> String {
        let digest = SHA256.hash(data: bytes).flatMap { byte in
            [byte >> 4, byte & 15].map { Character(String($0, radix: 16)) }
        }
        let dot = path.lastIndex(of: ".") ?? path.endIndex
        return "assets/\(path[..<dot]).\(String(digest.prefix(hexDigits)))\(path[dot...])"
    }
}
