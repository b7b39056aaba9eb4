/// Reads the numbers of binary and decimal VRs from little endian bytes.
///
/// A value whose length is no multiple of its word loses the rest.
enum Numbers {
    /// - Returns: empty for VRs that hold no whole numbers.
    static func integers(_ bytes: [UInt8], _ vr: VR) -> [Int128] {
        switch vr {
        case .US, .OW: all(bytes, UInt16.self)
        case .SS: all(bytes, Int16.self)
        case .UL, .OL: all(bytes, UInt32.self)
        case .SL: all(bytes, Int32.self)
        case .UV, .OV: all(bytes, UInt64.self)
        case .SV: all(bytes, Int64.self)
        case .OB: bytes.map { Int128($0) }
        default: []
        }
    }

    /// - Returns: empty for VRs that hold no numbers.
    static func doubles(_ bytes: [UInt8], _ vr: VR) -> [Double] {
        switch vr {
        case .FL, .OF: words(bytes, UInt32.self) { Double(Float(bitPattern: $0)) }
        case .FD, .OD: words(bytes, UInt64.self) { Double(bitPattern: $0) }
        default: integers(bytes, vr).map { Double($0) }
        }
    }

    /// The tags that a value of AT holds.
    static func tags(_ bytes: [UInt8]) -> [Tag] {
        words(bytes, UInt32.self) { Tag(code: $0 << 16 | $0 >> 16) }
    }

    /// Numbers in decimal, the shortest that reads back the same (`nan`, `inf`, `-inf` for what has no digits); tags in
    /// hexadecimal digits.
    static func texts(_ bytes: [UInt8], _ vr: VR) -> [String] {
        switch vr {
        case .AT: tags(bytes).map(\.hex)
        case .FL: words(bytes, UInt32.self) { Float(bitPattern: $0).description }
        case .FD: words(bytes, UInt64.self) { Double(bitPattern: $0).description }
        default: integers(bytes, vr).map { "\($0)" }
        }
    }

    private static func all<Word: FixedWidthInteger>(_ bytes: [UInt8], _: Word.Type) -> [Int128] {
        words(bytes, Word.self) { Int128($0) }
    }

    /// `transform` of each word of `bytes`.
    static func words<Word: FixedWidthInteger, Made>(
        _ bytes: [UInt8], _: Word.Type, _ transform: (Word) -> Made
    ) -> [Made] {
        let length = MemoryLayout<Word>.size
        return stride(from: 0, to: bytes.count / length * length, by: length).map { start in
            var word: Word = 0
            for place in (0..<length).reversed() { word = word << 8 | Word(bytes[start &+ place]) }
            return transform(word)
        }
    }

    /// A whole number of IS or DS: a sign is allowed, and a fraction of zeros.
    static func integer(_ text: String) -> Int? {
        Int(text) ?? double(text).flatMap { Int(exactly: $0) }
    }

    /// A number of IS or DS; nil for infinities and NaN, which no decimal string can be.
    static func double(_ text: String) -> Double? {
        let allowed = text.utf8.allSatisfy { (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }
        guard allowed, let number = Double(text), number.isFinite else { return nil }
        return number
    }
}
