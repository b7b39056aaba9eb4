/// What the markers of a JPEG or JPEG-LS stream say before the first scan.
///
/// - SeeAlso: ISO/IEC 10918-1 Annex B; PS3.5 §8.2.1, §8.2.3.
package struct JPEGStream {
    /// How the samples are coded, as far as it decides who decodes them.
    enum Process { case dct, lossless, nearLossless }

    /// The transfer syntaxes whose frames are such streams; which process is used is told by the stream itself.
    static let family: Set<String> = Set(
        ["50", "51", "52", "53", "54", "55", "56", "57", "58", "59", "60", "61", "62", "63", "64", "65", "66", "70"]
            .map { "1.2.840.10008.1.2.4.\($0)" } + ["1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81"])

    let process: Process
    let precision: Int
    let components: Int
    /// A JFIF or Adobe marker says that the three components are luminance and colour differences.
    let isMarkedYBR: Bool

    /// How far behind the beginning of a frame its stream may start; some writers put a few attributes before it.
    private static let tolerance = 4_096

    /// The frame without what precedes the stream, or nil when there is no stream.
    static func stream(in bytes: [UInt8]) -> [UInt8]? {
        let start = (0..<min(tolerance, max(0, bytes.count &- 2))).first {
            bytes[$0] == 0xFF && bytes[$0 &+ 1] == 0xD8 && bytes[$0 &+ 2] == 0xFF
        }
        return start.map { $0 == 0 ? bytes : Array(bytes[$0...]) }
    }

    /// Reads markers up to the first frame header.
    ///
    /// - Returns: nil when `bytes` are no such stream or use a process that nobody writes (hierarchical, arithmetic).
    init?(_ bytes: [UInt8]) {
        guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return nil }
        var position = 2
        var isMarked = false
        while position &+ 4 <= bytes.count {
            guard bytes[position] == 0xFF else { return nil }
            let marker = bytes[position &+ 1]
            if marker == 0xFF || marker == 0x01 || (0xD0...0xD7).contains(marker) {
                position &+= marker == 0xFF ? 1 : 2
                continue
            }
            let length = Int(bytes[position &+ 2]) << 8 | Int(bytes[position &+ 3])
            let segment = position &+ 4..<min(bytes.count, position &+ 2 &+ max(2, length))
            if let process = Self.process(of: marker) {
                guard segment.count >= 6 else { return nil }
                self.process = process
                precision = Int(bytes[segment.lowerBound])
                components = Int(bytes[segment.lowerBound &+ 5])
                isMarkedYBR = isMarked && process == .dct && components == 3
                return
            }
            guard marker != 0xD9, marker != 0xDA, length >= 2 else { return nil }
            if let says = Self.saysYBR(marker, bytes[segment]) { isMarked = says }
            position &+= 2 &+ length
        }
        return nil
    }

    private static func process(of marker: UInt8) -> Process? {
        switch marker {
        case 0xC0, 0xC1, 0xC2: .dct  // baseline, extended, progressive; Huffman
        case 0xC3: .lossless
        case 0xF7: .nearLossless  // JPEG-LS, ISO/IEC 14495-1
        default: nil
        }
    }

    private static func saysYBR(_ marker: UInt8, _ segment: ArraySlice<UInt8>) -> Bool? {
        if marker == 0xE0, segment.starts(with: Array("JFIF\0".utf8)) { return true }
        guard marker == 0xEE, segment.starts(with: Array("Adobe".utf8)), segment.count >= 12 else { return nil }
        return segment[segment.startIndex &+ 11] == 1  // the colour transform: YCbCr
    }
}
