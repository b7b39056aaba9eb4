/// The samples of a frame as a codec that knows their precision takes them.
struct CodedSamples {
    /// One or two bytes each, little endian.
    let bytes: [UInt8]
    /// Bits that the codec keeps of each sample: Bits Stored where these are the lowest, else all of the container.
    let precision: Int

    /// What stands above the stored bits is no part of the pixels and is not kept.
    ///
    /// - Parameters:
    ///   - samples: one or two bytes each, little endian.
    ///   - keepsSign: the codec knows signed samples; for another one their upper bits are cleared, and the reader
    ///     fills them again.
    init(_ samples: [UInt8], _ description: PixelDescription, keepsSign: Bool) {
        let (stored, width) = (description.bitsStored, description.bytesPerSample)
        guard description.highBit == stored - 1, stored < description.bitsAllocated else {
            (bytes, precision) = (samples, description.bitsAllocated)
            return
        }
        precision = max(2, stored)
        bytes =
            description.isSigned && keepsSign
            ? SampleWidth.fit(samples, from: width, to: width, signBit: stored)
            : Self.cleared(samples, width, bits: stored)
    }

    private static func cleared(_ samples: [UInt8], _ width: Int, bits: Int) -> [UInt8] {
        let mask = (1 << bits) - 1
        let masks = (0..<width).map { UInt8(truncatingIfNeeded: mask >> (8 * $0)) }
        var result = samples
        result.withUnsafeMutableBufferPointer { bytes in
            for index in 0..<bytes.count { bytes[index] &= masks[index % width] }
        }
        return result
    }
}
