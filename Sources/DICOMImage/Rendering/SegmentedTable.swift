/// The entries of a segmented palette: runs, straight lines and repeats of earlier segments.
///
/// - SeeAlso: PS3.3 §C.7.9.2.
struct SegmentedTable {
    /// Segments that one table may make us read, repeats included.
    private static let maximumSegments = 65_536
    private let words: [Int]
    private let limit: Int
    private var segments = 0
    private(set) var entries: [UInt16] = []

    /// - Parameters:
    ///   - words: the data as 8- or 16-bit numbers.
    ///   - count: the entries that the descriptor announces.
    /// - Returns: nil when a segment is malformed.
    init?(_ words: [Int], count: Int) {
        (self.words, limit) = (words, count)
        var position = 0
        while position < words.count, entries.count < limit {
            guard let next = append(at: position, mayRepeat: true) else { return nil }
            position = next
        }
    }

    /// - Returns: the position behind the segment, nil when it is malformed.
    private mutating func append(at position: Int, mayRepeat: Bool) -> Int? {
        segments += 1
        guard segments <= Self.maximumSegments, position + 2 < words.count else { return nil }
        let length = words[position + 1]
        switch words[position] {
        case 0: return appendDiscrete(from: position + 2, length: length)
        case 1: return appendLine(to: words[position + 2], length: length) ? position + 3 : nil
        case 2 where mayRepeat && position + 3 < words.count:
            return repeatSegments(length, from: words[position + 2] | words[position + 3] << 16) ? position + 4 : nil
        default: return nil
        }
    }

    private mutating func appendDiscrete(from start: Int, length: Int) -> Int? {
        guard start + length <= words.count else { return nil }
        entries += words[start..<start + length].prefix(limit - entries.count).map(UInt16.init(truncatingIfNeeded:))
        return start + length
    }

    private mutating func appendLine(to end: Int, length: Int) -> Bool {
        guard let start = entries.last.map(Int.init) else { return false }
        for step in 1...max(1, length) where step <= length && entries.count < limit {
            let value = Double(start) + Double(end - start) * Double(step) / Double(length)
            entries.append(UInt16(truncatingIfNeeded: Int(value.rounded())))
        }
        return true
    }

    private mutating func repeatSegments(_ count: Int, from offset: Int) -> Bool {
        var position = offset
        for _ in 0..<count where entries.count < limit {
            guard let next = append(at: position, mayRepeat: false) else { return false }
            position = next
        }
        return true
    }
}
