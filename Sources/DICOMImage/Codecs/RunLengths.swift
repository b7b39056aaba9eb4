/// The RLE codec: PackBits over planes of bytes, the highest byte of a sample first.
///
/// - SeeAlso: PS3.5 Annex G.
enum RunLengths {
    static let headerLength = 64  // PS3.5 §G.5: number of segments and fifteen offsets, each four bytes
    static let maximumSegments = 15

    /// Decodes one frame.
    ///
    /// - Throws: ``ImageError/corrupt(_:)`` when the header or a segment does not fit the description.
    static func samples(_ bytes: [UInt8], _ description: PixelDescription) throws -> [UInt8] {
        let width = description.bytesPerSample
        let planes = description.samplesPerPixel &* width
        let isPacked = description.bitsAllocated == 1
        let segments = try segments(bytes, expected: planes)
        let planeLength = isPacked ? description.nativeFrameLength : description.pixelCount
        var samples = [UInt8](repeating: 0, count: planeLength &* planes)
        try samples.withUnsafeMutableBufferPointer { target in
            for (index, segment) in segments.enumerated() {
                let (component, byte) = index.quotientAndRemainder(dividingBy: width)
                // The most significant byte comes first; ours comes last.
                let first = component &* width &+ (width &- 1 &- byte)
                try unpack(bytes[segment], into: target, first: first, stride: planes, count: planeLength)
            }
        }
        return isPacked ? try SingleBits.unpacked(samples, count: description.pixelCount) : samples
    }

    private static func segments(_ bytes: [UInt8], expected: Int) throws -> [Range<Int>] {
        guard bytes.count >= headerLength else { throw ImageError.corrupt("The RLE header is cut short.") }
        func word(_ index: Int) -> Int {
            (0..<4).reduce(0) { $0 | Int(bytes[index &* 4 &+ $1]) << ($1 &* 8) }
        }
        let count = word(0)
        guard count == expected, count <= maximumSegments else {
            throw ImageError.corrupt("The RLE header announces \(count) segments instead of \(expected).")
        }
        let offsets = (1...count).map(word) + [bytes.count]
        return try (0..<count).map { index in
            guard offsets[index] >= headerLength, offsets[index] <= offsets[index + 1], offsets[index] <= bytes.count
            else { throw ImageError.corrupt("RLE segment \(index + 1) lies outside the frame.") }
            return offsets[index]..<min(offsets[index + 1], bytes.count)
        }
    }

    /// Unpacks one segment into every `stride`-th byte from `first`; surplus output is padding and is dropped.
    private static func unpack(
        _ segment: ArraySlice<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>, first: Int, stride: Int,
        count: Int
    ) throws {
        try segment.withUnsafeBufferPointer { source in
            var (read, written, place) = (0, 0, first)
            while written < count, read < source.count {
                let control = Int(Int8(bitPattern: source[read]))
                read &+= 1
                if control >= 0 {  // the next 1 + control bytes as they are
                    let length = min(1 &+ control, count &- written, source.count &- read)
                    for offset in 0..<length {
                        target[place] = source[read &+ offset]
                        place &+= stride
                    }
                    read &+= length
                    written &+= length
                } else if control != -128, read < source.count {  // the next byte 1 - control times
                    let (value, length) = (source[read], min(1 &- control, count &- written))
                    read &+= 1
                    for _ in 0..<length {
                        target[place] = value
                        place &+= stride
                    }
                    written &+= length
                }
            }
            guard written == count else {
                throw ImageError.corrupt("An RLE segment holds \(written) bytes instead of \(count).")
            }
        }
    }
}
