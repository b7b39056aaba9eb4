/// Noise that depends on place and seed only, so that slices can be made in any order.
struct Noise {
    let seed: UInt64

    /// Independent for each grid point; mean 0, standard deviation about 1, never beyond ±2.5.
    func grain(_ x: Int, _ y: Int, _ z: Int) -> Float {
        let bits = hash(x, y, z)
        // Four bytes of a sum of uniform numbers come close enough to a normal distribution.
        let sum = (0..<4).reduce(0) { $0 + Int((bits >> UInt64($1 * 16)) & 0xFFFF) }
        return (Float(sum) / 65_535 - 2) * 1.73
    }

    /// Smooth, from -1 to 1; changes over a distance of about 1.
    func value(_ x: Float, _ y: Float, _ z: Float) -> Float {
        let (left, top, front) = (x.rounded(.down), y.rounded(.down), z.rounded(.down))
        let (u, v, w) = (Self.ease(x - left), Self.ease(y - top), Self.ease(z - front))
        let (i, j, k) = (Int(left), Int(top), Int(front))
        func corner(_ di: Int, _ dj: Int, _ dk: Int) -> Float {
            Float(hash(i &+ di, j &+ dj, k &+ dk) >> 40) * 0x1p-23 - 1
        }
        func edge(_ dj: Int, _ dk: Int) -> Float { Self.mix(corner(0, dj, dk), corner(1, dj, dk), u) }
        return Self.mix(Self.mix(edge(0, 0), edge(1, 0), v), Self.mix(edge(0, 1), edge(1, 1), v), w)
    }

    private func hash(_ x: Int, _ y: Int, _ z: Int) -> UInt64 {
        let place =
            UInt64(bitPattern: Int64(x)) &* 0x8DA6_B343 &+ UInt64(bitPattern: Int64(y)) &* 0xD816_3841_D816
            &+ UInt64(bitPattern: Int64(z)) &* 0xCB1A_B31F_0000_CB1A
        return SeededRandom.mixed(place ^ seed)
    }

    private static func ease(_ t: Float) -> Float { t * t * (3 - 2 * t) }

    private static func mix(_ a: Float, _ b: Float, _ t: Float) -> Float { a + (b - a) * t }
}
