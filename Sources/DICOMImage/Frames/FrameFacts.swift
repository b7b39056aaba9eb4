import DICOM

/// What the samples of a decoded frame are, for people and for comparisons.
package struct FrameFacts: Sendable, Equatable {
    package let minimum: Double
    package let maximum: Double
    package let mean: Double
    /// The stored values in little endian, each as wide as its container: unused bits are cleared, signs extended, single
    /// bits one byte each.
    package let values: [UInt8]

    /// - Parameter native: as ``FrameDecoder/decode(_:_:syntax:bitOffset:)`` gives it.
    /// - Throws: ``ImageError/corrupt(_:)`` when it has another length than `description` says.
    package init(_ native: [UInt8], _ description: PixelDescription) throws {
        let bits = description.bitsAllocated
        let samples = try bits == 1 ? SingleBits.unpacked(native, count: description.decodedFrameLength) : native
        let width = description.bytesPerSample
        guard samples.count == description.decodedFrameLength, samples.count >= width else {
            throw ImageError.corrupt("The frame has \(native.count) bytes, which is not what its description says.")
        }
        var facts = Accumulation()
        var values = samples
        values.withUnsafeMutableBytes { bytes in
            for start in stride(from: 0, to: bytes.count, by: width) {
                var word: UInt64 = 0
                for byte in 0..<width { word |= UInt64(bytes[start &+ byte]) << UInt64(8 &* byte) }
                let (number, pattern) = Self.value(word, description)
                facts.add(number)
                for byte in 0..<width { bytes[start &+ byte] = UInt8(truncatingIfNeeded: pattern >> UInt64(8 &* byte)) }
            }
        }
        (minimum, maximum, mean) = (facts.minimum, facts.maximum, facts.sum / facts.count)
        self.values = values
    }

    private struct Accumulation {
        var (minimum, maximum, sum, count) = (Double.infinity, -Double.infinity, 0.0, 0.0)

        mutating func add(_ number: Double) {
            (minimum, maximum) = (Swift.min(minimum, number), Swift.max(maximum, number))
            (sum, count) = (sum + number, count + 1)
        }
    }

    private static func value(_ word: UInt64, _ description: PixelDescription) -> (Double, UInt64) {
        switch description.format {
        case .float32: return (Double(Float(bitPattern: UInt32(truncatingIfNeeded: word))), word)
        case .float64: return (Double(bitPattern: word), word)
        case .integer:
            let bits = UInt64(description.bitsStored)
            let value = word & (1 << bits &- 1)
            guard description.isSigned, value >> (bits - 1) == 1 else { return (Double(value), value) }
            let number = Int64(bitPattern: value) - 1 << Int64(bits)
            return (Double(number), UInt64(bitPattern: number))
        }
    }
}
