/// Writing the RLE codec that ``RunLengths`` reads.
///
/// - SeeAlso: PS3.5 Annex G.
extension RunLengths {
    private static let longestRun = 128  // PS3.5 §G.3.1

    /// Encodes one frame: each row of each plane of bytes by itself.
    ///
    /// - Parameter samples: as ``FrameDecoder/decode(_:_:syntax:bitOffset:)`` gives them.
    /// - Throws: ``ImageError/unsupported(_:)`` for more planes than a header has room for.
    static func encode(_ samples: [UInt8], _ description: PixelDescription) throws -> [UInt8] {
        let width = description.bytesPerSample
        let planes = description.samplesPerPixel &* width
        guard planes <= maximumSegments else {
            throw ImageError.unsupported("RLE has no room for \(planes) planes of bytes.")
        }
        var frame = [UInt8](repeating: 0, count: headerLength)
        set(planes, at: 0, of: &frame)
        frame.reserveCapacity(samples.count / 2)
        samples.withUnsafeBufferPointer { source in
            for plane in 0..<planes {
                set(frame.count, at: plane &+ 1, of: &frame)
                let (component, byte) = plane.quotientAndRemainder(dividingBy: width)
                let first = component &* width &+ (width &- 1 &- byte)  // the most significant byte comes first
                for row in 0..<description.rows {
                    let start = row &* description.columns &* planes &+ first
                    append(source, start, stride: planes, count: description.columns, to: &frame)
                }
                if frame.count % 2 == 1 { frame.append(0) }
            }
        }
        return frame
    }

    private static func set(_ number: Int, at word: Int, of frame: inout [UInt8]) {
        for byte in 0..<4 { frame[word &* 4 &+ byte] = UInt8(truncatingIfNeeded: number >> (8 &* byte)) }
    }

    /// One row: runs of three and more are repeated, everything else is literal.
    private static func append(
        _ source: UnsafeBufferPointer<UInt8>, _ start: Int, stride: Int, count: Int, to frame: inout [UInt8]
    ) {
        var (index, literal) = (0, 0)  // `literal` bytes before `index` are still to be written
        func flush(_ end: Int) {
            guard literal > 0 else { return }
            frame.append(UInt8(literal &- 1))
            for place in end &- literal..<end { frame.append(source[start &+ place &* stride]) }
            literal = 0
        }
        while index < count {
            let byte = source[start &+ index &* stride]
            var run = 1
            while run < longestRun, index &+ run < count, source[start &+ (index &+ run) &* stride] == byte {
                run &+= 1
            }
            if run >= 3 {
                flush(index)
                frame.append(UInt8(257 &- run))
                frame.append(byte)
                index &+= run
            } else {
                index &+= 1
                literal &+= 1
                if literal == longestRun { flush(index) }
            }
        }
        flush(count)
    }
}
