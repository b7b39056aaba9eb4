import Glibc

/// What the frames of a Zstandard stream say about themselves (RFC 8878 §3.1).
enum Zstandard {
    static let magic: [UInt8] = [0x28, 0xB5, 0x2F, 0xFD]

    /// Refuses a stream that would take more memory than allowed: each frame says how far back its decoder must
    /// remember.
    ///
    /// - Parameter descriptor: of the open file; its place does not change.
    /// - Throws: `ArchiveError.unreadable`.
    /// - Complexity: one read for each block, which holds at most 128 KiB.
    static func requireWindow(within limit: Int, of descriptor: Int32) throws {
        var place = 0
        while let head = FrameHead(read(descriptor, at: place)) {
            guard head.window <= limit else {
                throw ArchiveError.unreadable("it asks for more than \(limit) bytes of memory")
            }
            place += head.length
            guard !head.isSkippable else { continue }
            place = try end(ofBlocksAt: place, descriptor) + (head.hasChecksum ? 4 : 0)
        }
    }

    private static func end(ofBlocksAt start: Int, _ descriptor: Int32) throws -> Int {
        var place = start
        while true {
            let head = read(descriptor, at: place)  // §3.1.1.2
            guard head.count >= 3 else { throw ArchiveError.unreadable("it is cut") }
            let bits = Int(head[0]) | Int(head[1]) << 8 | Int(head[2]) << 16
            let isRunLength = bits >> 1 & 3 == 1
            place += 3 + (isRunLength ? 1 : bits >> 3)
            if bits & 1 == 1 { return place }
        }
    }

    /// The first bytes of a frame (§3.1.1.1).
    private struct FrameHead {
        let length: Int
        /// How far back the frame's decoder must remember, in bytes.
        let window: Int
        var hasChecksum = false
        /// Whether it is no data, and has no blocks (§3.1.2).
        var isSkippable = false

        /// - Returns: `nil` behind the last frame, and for what the decoder itself will refuse.
        init?(_ bytes: [UInt8]) {
            guard bytes.count >= 8 else { return nil }
            if bytes[0] & 0xF0 == 0x50, bytes[1..<4] == [0x2A, 0x4D, 0x18] {
                length = 8 + Int(Self.number(bytes[4..<8]))
                window = 0
                isSkippable = true
                return
            }
            guard bytes.starts(with: magic) else { return nil }
            let descriptor = Int(bytes[4])
            let isSingleSegment = descriptor & 0x20 != 0
            let sizeLength = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]
            let dictionaryLength = [0, 1, 2, 4][descriptor & 3]
            length = 5 + (isSingleSegment ? 0 : 1) + dictionaryLength + sizeLength
            guard bytes.count >= length else { return nil }
            hasChecksum = descriptor & 4 != 0
            if isSingleSegment {
                let size = Int(clamping: Self.number(bytes[(length - sizeLength)..<length]))
                window = sizeLength == 2 ? size + 256 : size
            } else {
                let base = 1 << (10 + Int(bytes[5] >> 3))
                window = base + base / 8 * Int(bytes[5] & 7)
            }
        }

        private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
            bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
    }

    private static func read(_ descriptor: Int32, at place: Int) -> [UInt8] {
        let longestHead = 18
        return [UInt8](unsafeUninitializedCapacity: longestHead) { buffer, count in
            count = max(0, pread(descriptor, buffer.baseAddress, longestHead, off_t(place)))
        }
    }
}
