/// The marker segments of a JPEG 2000 codestream, as far as its end goes.
///
/// - SeeAlso: ISO/IEC 15444-1 §A.4.
enum JPEG2000Codestream {
    private static let startOfTilePart: [UInt8] = [0xFF, 0x90]
    private static let endOfCodestream: [UInt8] = [0xFF, 0xD9]
    private static let tilePartHeaderLength = 12  // ISO/IEC 15444-1 §A.4.2: marker, Lsot, Isot, Psot, TPsot, TNsot

    /// Puts the end right behind the last tile-part where a writer has put other segments between, such as a comment
    /// for padding, over which OpenJPEG stumbles.
    static func ended(_ bytes: [UInt8]) -> [UInt8] {
        guard var position = firstTilePart(bytes) else { return bytes }
        while position &+ tilePartHeaderLength <= bytes.count,
            bytes[position..<position &+ 2].elementsEqual(startOfTilePart)
        {
            let length = (6..<10).reduce(0) { $0 << 8 | Int(bytes[position &+ $1]) }
            guard length >= tilePartHeaderLength, position &+ length <= bytes.count else { return bytes }
            position &+= length
        }
        let rest = bytes[position...]
        guard rest.count > 2, rest.first == 0xFF, !rest.starts(with: endOfCodestream) else { return bytes }
        return Array(bytes[..<position]) + endOfCodestream
    }

    /// Puts the length of the only tile-part into the main header, as a TLM marker segment.
    ///
    /// - SeeAlso: ISO/IEC 15444-1 §A.7.1.
    static func withTilePartLength(_ bytes: [UInt8]) -> [UInt8] {
        guard let start = firstTilePart(bytes), start &+ tilePartHeaderLength <= bytes.count else { return bytes }
        let segment: [UInt8] = [0xFF, 0x55, 0, 8, 0, 0x40]  // marker, length, index, four bytes for each tile-part
        return bytes[..<start] + segment + bytes[start &+ 6..<start &+ 10] + bytes[start...]
    }

    /// Steps over the main header.
    private static func firstTilePart(_ bytes: [UInt8]) -> Int? {
        guard bytes.starts(with: [0xFF, 0x4F]) else { return nil }
        var position = 2
        while position &+ 4 <= bytes.count, bytes[position] == 0xFF {
            if bytes[position &+ 1] == startOfTilePart[1] { return position }
            position &+= 2 &+ (Int(bytes[position &+ 2]) << 8 | Int(bytes[position &+ 3]))
        }
        return nil
    }
}
