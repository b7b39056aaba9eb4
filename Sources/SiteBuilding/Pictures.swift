/// The pictures of the help, `help/pictures/<language>/`, as articles show them: under a hashed name and with their size,
/// so that nothing jumps when they arrive.
struct Pictures {
    static let folder = "help/pictures/"

    /// Hashed path → bytes.
    private(set) var files: [String: [UInt8]] = [:]
    /// Path below the folder → what stands for it.
    private var known: [String: (address: String, width: Int, height: Int)] = [:]

    /// - Throws: `SiteProblem` for a file that is neither PNG nor WebP.
    init(_ content: ContentFolder) throws {
        for name in content.names(in: Self.folder, suffix: "") {
            guard let bytes = content.files[Self.folder + name] else { continue }
            guard let (width, height) = Self.size(of: bytes) else {
                throw SiteProblem(Self.folder + name, "is neither a PNG nor a WebP picture")
            }
            let hashed = HashedName.of("pictures/\(name)", holding: bytes)
            files[hashed] = bytes
            known[name] = ("/\(hashed)", width, height)
        }
    }

    /// The article with its pictures in place: `![What it shows](name.webp)` names one of the article's language.
    ///
    /// The first is fetched at once, the others when they come near.
    ///
    /// - Throws: `SiteProblem` for a picture that is absent, or that says nothing to who does not see it.
    func placed(in html: String, language: Language, file: String) throws -> String {
        var placed = ""
        var rest = html[...]
        while let match = rest.firstMatch(of: /<img src="([^"]*)" alt="([^"]*)" \/>/) {
            let name = String(match.1)
            guard let picture = known["\(language.rawValue)/\(name)"] else {
                throw SiteProblem(file, "there is no picture “\(name)” in \(Self.folder)\(language.rawValue)/")
            }
            guard match.2.contains(/\w/) else { throw SiteProblem(file, "the picture “\(name)” has no text") }
            placed += rest[..<match.range.lowerBound]
            placed += """
                <img src="\(picture.address)" alt="\(match.2)" width="\(picture.width)" height="\(picture.height)" \
                loading="\(placed.isEmpty ? "eager" : "lazy")" decoding="async">
                """
            rest = rest[match.range.upperBound...]
        }
        return placed + rest
    }

    /// Width and height in pixels, of the beginnings of PNG (W3C PNG §11.2.1) and WebP (RFC 9649 §2).
    static func size(of bytes: [UInt8]) -> (width: Int, height: Int)? {
        func number(_ offset: Int, _ count: Int, big: Bool = false) -> Int {
            let part = bytes[offset..<(offset + count)]
            return (big ? Array(part) : part.reversed()).reduce(0) { $0 << 8 | Int($1) }
        }
        guard bytes.count >= 30 else { return nil }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) { return (number(16, 4, big: true), number(20, 4, big: true)) }
        guard bytes.starts(with: Array("RIFF".utf8)), bytes[8..<15].elementsEqual("WEBPVP8".utf8) else { return nil }
        switch bytes[15] {
        case UInt8(ascii: " "): return (number(26, 2) & 0x3FFF, number(28, 2) & 0x3FFF)
        case UInt8(ascii: "L"): return (number(21, 4) & 0x3FFF + 1, number(21, 4) >> 14 & 0x3FFF + 1)
        case UInt8(ascii: "X"): return (number(24, 3) + 1, number(27, 3) + 1)
        default: return nil
        }
    }
}
