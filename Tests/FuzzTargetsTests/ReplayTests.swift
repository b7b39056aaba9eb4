import FuzzTargets
import Testing

/// The fuzzers' inputs without a fuzzer: what once broke something, and damaged seeds, the same ones at each run.
struct ReplayTests {
    @Test(arguments: FuzzTarget.allCases)
    func smallInputsAreTaken(_ target: FuzzTarget) {
        for length in 0..<24 {
            for byte: UInt8 in [0, 1, 0x08, 0x1B, 0x7F, 0x80, 0xFE, 0xFF] {
                target.run([UInt8](repeating: byte, count: length))
            }
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func damagedSeedsAreTaken(_ target: FuzzTarget) throws {
        var random = SeededGenerator()
        for seed in Seeds.of(target) {
            target.run(seed)
            for _ in 0..<40 {
                var bytes = seed
                for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
                target.run(bytes)
            }
        }
    }
}

/// A generator whose numbers are the same on every machine (Marsaglia's xorshift).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}
