/// A place in a source, with a window of bytes around it that are read at once.
struct SourceCursor {
    let source: any ByteSource
    /// Bytes of the source in all.
    let count: Int
    /// The place, from the start of the source.
    private(set) var offset: Int
    private var window: [UInt8]
    private var windowStart: Int

    /// Bytes to read at once; the first time fewer, as most headers are short.
    static let windowLength = 64 * 1024
    private static let firstWindowLength = 16 * 1024

    init(_ source: any ByteSource, at offset: Int = 0) {
        (self.source, count, self.offset) = (source, source.count, offset)
        window = (source as? BytesSource)?.bytes ?? []
        windowStart = 0
    }

    /// Sees to it that the next `length` bytes are in the window.
    ///
    /// - Parameter ahead: how many to read at once when they are not.
    @inline(__always)
    mutating func require(_ length: Int, ahead: Int? = nil) throws {
        let place = offset &- windowStart
        guard place < 0 || length > window.count &- place else { return }
        try refill(length, ahead: ahead)
    }

    private mutating func refill(_ length: Int, ahead: Int?) throws {
        let ahead = ahead ?? (window.isEmpty ? Self.firstWindowLength : Self.windowLength)
        guard offset <= count, length <= count - offset else { throw DICOMError.truncated(offset: offset) }
        window = try source.read(at: offset, count: min(max(length, ahead), count - offset))
        windowStart = offset
    }

    /// The byte `distance` behind the place; it must have been required.
    @inline(__always)
    func byte(_ distance: Int) -> UInt8 { window[offset &- windowStart &+ distance] }

    @inline(__always)
    func word16(_ distance: Int, bigEndian: Bool) -> UInt16 {
        let (first, second) = (UInt16(byte(distance)), UInt16(byte(distance &+ 1)))
        return bigEndian ? first << 8 | second : second << 8 | first
    }

    @inline(__always)
    func word32(_ distance: Int, bigEndian: Bool) -> UInt32 {
        let first = UInt32(word16(distance, bigEndian: bigEndian))
        let second = UInt32(word16(distance &+ 2, bigEndian: bigEndian))
        return bigEndian ? first << 16 | second : second << 16 | first
    }

    /// The tag at the place.
    @inline(__always)
    func tag(bigEndian: Bool) -> Tag {
        Tag(word16(0, bigEndian: bigEndian), word16(2, bigEndian: bigEndian))
    }

    /// Goes `length` bytes on, whether they exist or not.
    @inline(__always)
    mutating func skip(_ length: Int) { offset &+= length }

    /// Takes the next `length` bytes.
    mutating func take(_ length: Int) throws -> [UInt8] {
        try require(length)
        let start = offset &- windowStart
        offset &+= length
        return Array(window[start..<start &+ length])
    }
}
