/// Joins frames of single bits, which in native form run on from frame to frame without padding (PS3.5 §8.1.1, §D).
///
/// The first pixel of a byte is its lowest bit.
struct BitJoining {
    private var rest: UInt16 = 0
    private var restBits: UInt16 = 0

    init() {}

    /// The whole bytes that the frame completes.
    ///
    /// - Parameters:
    ///   - frame: packed, beginning at a bit 0.
    ///   - count: its bits; what the last byte holds behind them does not count.
    mutating func append(_ frame: [UInt8], bits count: Int) -> [UInt8] {
        var joined: [UInt8] = []
        joined.reserveCapacity(frame.count + 1)
        var left = count
        for byte in frame where left > 0 {
            let bits = UInt16(min(8, left))
            left -= Int(bits)
            rest |= (UInt16(byte) & (1 << bits &- 1)) << restBits
            restBits += bits
            if restBits >= 8 {
                joined.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
                restBits -= 8
            }
        }
        return joined
    }

    /// The last byte, when bits are left.
    func finished() -> [UInt8] { restBits > 0 ? [UInt8(truncatingIfNeeded: rest)] : [] }
}
