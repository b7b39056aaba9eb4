/// UIDs that are always the same for the same name, under the root for UUIDs.
///
/// - SeeAlso: PS3.5 §B.2.
enum DerivedUID {
    /// - Parameter name: what the UID stands for, for example a seed with patient, study and series.
    static func make(_ name: String) -> String {
        var (high, low): (UInt64, UInt64) = (0xCBF2_9CE4_8422_2325, 0x9AE1_6A3B_2F90_404F)
        for byte in name.utf8 {
            high = SeededRandom.mixed(high ^ UInt64(byte))
            low = SeededRandom.mixed(low &+ UInt64(byte) &* 0x100_0000_01B3)
        }
        high = high & ~0xF000 | 0x8000  // a UUID of version 8, whose contents are the maker's
        low = low & ~(3 << 62) | 2 << 62  // and of the usual variant
        return "2.25.\(UInt128(high) << 64 | UInt128(low))"
    }
}
