/// Frames of one bit per sample: eight in a byte, the first in the lowest bit.
///
/// - SeeAlso: PS3.5 §8.1.1, Annex D.
package enum SingleBits {
    /// One byte, 0 or 1, for each of `count` bits after the first `offset`.
    ///
    /// - Throws: ``ImageError/corrupt(_:)`` when `bytes` end before.
    static func unpacked(_ bytes: [UInt8], count: Int, offset: Int = 0) throws -> [UInt8] {
        guard offset >= 0, count >= 0, bytes.count >= (offset &+ count &+ 7) / 8 else {
            throw ImageError.corrupt("The pixel data end inside a frame.")
        }
        return [UInt8](unsafeUninitializedCapacity: count) { samples, written in
            for index in 0..<count {
                let bit = offset &+ index
                samples[index] = (bytes[bit >> 3] >> UInt8(bit & 7)) & 1
            }
            written = count
        }
    }

    /// The bits of `samples`, packed from the first byte on.
    static func packed(_ samples: [UInt8]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: (samples.count &+ 7) / 8)
        for (index, sample) in samples.enumerated() where sample != 0 {
            bytes[index >> 3] |= 1 << UInt8(index & 7)
        }
        return bytes
    }

    /// Cuts frame `index` out of the value of a native Pixel Data element, where frames follow each other bit by bit.
    ///
    /// - Parameter index: 0-based.
    /// - Throws: ``ImageError/corrupt(_:)`` when the value ends before or the image has no such frame.
    package static func frame(_ index: Int, of value: [UInt8], _ description: PixelDescription) throws -> [UInt8] {
        guard let place = description.nativePlace(ofFrame: index), place.bytes.upperBound <= value.count else {
            throw ImageError.corrupt("The pixel data end inside a frame.")
        }
        let bits = description.pixelCount &* description.samplesPerPixel
        return packed(try unpacked(Array(value[place.bytes]), count: bits, offset: place.bitOffset))
    }
}
