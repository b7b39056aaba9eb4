/// Brings decoded samples to the width of their container.
enum SampleWidth {
    /// Samples of `target` bytes in little endian from samples of `source` bytes in the machine's order.
    ///
    /// - Parameter signBit: the number of bits of a signed sample, whose highest one fills the rest; nil leaves zeros.
    static func fit(_ samples: [UInt8], from source: Int, to target: Int, signBit: Int?) -> [UInt8] {
        let needsSign = signBit.map { $0 < target * 8 } ?? false
        if source == target, !needsSign { return samples }
        let count = samples.count / source
        let shift = Int32(needsSign ? 32 - (signBit ?? 32) : 0)
        return [UInt8](unsafeUninitializedCapacity: count &* target) { result, written in
            for index in 0..<count {
                var value: UInt32 = 0
                for byte in 0..<source { value |= UInt32(samples[index &* source &+ byte]) << UInt32(byte &* 8) }
                let extended = (Int32(bitPattern: value) &<< shift) &>> shift
                for byte in 0..<target {
                    result[index &* target &+ byte] = UInt8(truncatingIfNeeded: extended >> Int32(byte &* 8))
                }
            }
            written = count &* target
        }
    }
}
