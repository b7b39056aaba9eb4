/// Between the colour spaces that images are stored in and RGB.
///
/// - SeeAlso: PS3.3 §C.7.6.3.1.2.
enum ColourConversion {
    /// Converts three bytes a pixel in place, in fixed point.
    ///
    /// - Parameter full: YBR_FULL, where all 256 values are used; else YBR_PARTIAL with 16…235 and 16…240.
    static func ybrToRGB(_ pixels: inout [UInt8], full: Bool) {
        let half = 1 << 15
        let (scale, black) = full ? (65_536, 0) : (76_309, 16)  // 1 and 255 ÷ 219
        let (redFromCr, greenFromCb) = full ? (91_881, 22_554) : (104_597, 25_675)  // 1.402 and 0.344136
        let (greenFromCr, blueFromCb) = full ? (46_802, 116_130) : (53_279, 132_201)  // 0.714136 and 1.772
        pixels.withUnsafeMutableBufferPointer { bytes in
            for start in stride(from: 0, to: bytes.count &- 2, by: 3) {
                let luminance = (Int(bytes[start]) &- black) &* scale &+ half
                let (blue, red) = (Int(bytes[start &+ 1]) &- 128, Int(bytes[start &+ 2]) &- 128)
                bytes[start] = clamped((luminance &+ red &* redFromCr) >> 16)
                bytes[start &+ 1] = clamped((luminance &- blue &* greenFromCb &- red &* greenFromCr) >> 16)
                bytes[start &+ 2] = clamped((luminance &+ blue &* blueFromCb) >> 16)
            }
        }
    }

    /// The upper eight of the stored bits of each sample.
    static func bytes(_ samples: [UInt8], _ description: PixelDescription) -> [UInt8] {
        let width = description.bytesPerSample
        if width == 1, description.bitsStored == 8 { return samples }
        let (low, stored) = (description.highBit + 1 - description.bitsStored, description.bitsStored)
        let maximum = (1 << stored) - 1
        return (0..<samples.count / width).map { index in
            let word = (0..<width).reduce(0) { $0 | Int(samples[index * width + $1]) << ($1 * 8) }
            return UInt8((word >> low & maximum) * 255 / maximum)
        }
    }

    private static func clamped(_ value: Int) -> UInt8 { UInt8(truncatingIfNeeded: min(255, max(0, value))) }
}
