/// Frames that are not compressed, in either byte order and any layout.
///
/// - SeeAlso: PS3.5 §8.1, Annex A.
enum NativeFrame {
    /// The frame's samples in little endian, colour by pixel, chroma at full resolution.
    ///
    /// - Throws: ``ImageError/corrupt(_:)`` when `bytes` are fewer than the description needs.
    static func samples(
        _ bytes: [UInt8], _ description: PixelDescription, isLittleEndian: Bool, bitOffset: Int
    ) throws -> [UInt8] {
        let ordered = isLittleEndian ? bytes : swapped(bytes, width: width(of: description))
        if description.bitsAllocated == 1 {
            let bits = description.pixelCount &* description.samplesPerPixel
            return try SingleBits.unpacked(ordered, count: bits, offset: bitOffset)
        }
        guard ordered.count >= description.nativeFrameLength else {
            throw ImageError.corrupt(
                "The frame has \(bytes.count) bytes of pixels instead of \(description.nativeFrameLength).")
        }
        guard description.photometric != .ybrPartial420 else {
            throw ImageError.unsupported("YBR_PARTIAL_420 is only supported in compressed form.")
        }
        if description.photometric.isHorizontallySubsampled { return try withFullChroma(ordered, description) }
        if description.isPlanar && description.samplesPerPixel > 1 { return byPixel(ordered, description) }
        return ordered.count == description.nativeFrameLength
            ? ordered : Array(ordered[..<description.nativeFrameLength])
    }

    /// Colour by pixel from colour by plane.
    static func byPixel(_ planes: [UInt8], _ description: PixelDescription) -> [UInt8] {
        let (pixels, width) = (description.pixelCount, description.bytesPerSample)
        let components = description.samplesPerPixel
        var samples = [UInt8](repeating: 0, count: description.decodedFrameLength)
        for component in 0..<components {
            for pixel in 0..<pixels {
                let source = (component &* pixels &+ pixel) &* width
                let target = (pixel &* components &+ component) &* width
                for byte in 0..<width { samples[target &+ byte] = planes[source &+ byte] }
            }
        }
        return samples
    }

    /// The unit whose bytes big endian turns round: a word for OW, else the sample.
    private static func width(of description: PixelDescription) -> Int {
        description.bitsAllocated <= 8 ? (description.isWordOriented ? 2 : 1) : description.bytesPerSample
    }

    private static func swapped(_ bytes: [UInt8], width: Int) -> [UInt8] {
        guard width > 1 else { return bytes }
        let whole = bytes.count / width &* width
        return [UInt8](unsafeUninitializedCapacity: bytes.count) { result, written in
            for start in stride(from: 0, to: whole, by: width) {
                for byte in 0..<width { result[start &+ byte] = bytes[start &+ width &- 1 &- byte] }
            }
            for rest in whole..<bytes.count { result[rest] = bytes[rest] }
            written = bytes.count
        }
    }

    /// Each pair of pixels is stored as two luminances and one pair of colour differences.
    private static func withFullChroma(_ bytes: [UInt8], _ description: PixelDescription) throws -> [UInt8] {
        guard description.bitsAllocated == 8 else {
            throw ImageError.unsupported("Subsampled colour of more than 8 bits is not supported.")
        }
        var samples = [UInt8](repeating: 0, count: description.decodedFrameLength)
        for pixel in 0..<description.pixelCount {
            let pair = pixel / 2 &* 4
            samples[pixel &* 3] = bytes[pair &+ pixel % 2]
            samples[pixel &* 3 &+ 1] = bytes[pair &+ 2]
            samples[pixel &* 3 &+ 2] = bytes[pair &+ 3]
        }
        return samples
    }
}
