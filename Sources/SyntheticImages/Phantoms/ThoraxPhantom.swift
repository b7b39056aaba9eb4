import Glibc

/// A chest with contrast medium in its vessels and a nodule in the right upper lobe.
enum ThoraxPhantom {
    /// What a slice shows of each tissue.
    struct Signals {
        var fat: Float = -95
        var muscle: Float = 52
        var lung: Float = -855
        var air: Float = -1000
        var blood: Float = 190
        var heart: Float = 105
        var liver: Float = 100
        var spleen: Float = 115
        var cortex: Float = 620
        var marrow: Float = 230
        var disc: Float = 85
        var nodule: Float = 38
        var background: Float = -1000
        /// How much vessels and organs vary inside.
        var texture: Float = 14

        /// The uptake of a PET tracer, in kilobecquerels per millilitre.
        static let tracer = Signals(
            fat: 1.1, muscle: 2.6, lung: 1.6, air: 0.6, blood: 6, heart: 21, liver: 9.5, spleen: 7.5, cortex: 2.4,
            marrow: 5.2, disc: 2.6, nodule: 44, background: 0, texture: 0.6)
    }

    /// - Parameter seed: decides the branching of the vessels.
    static func make(_ signals: Signals = Signals(), seed: UInt64) -> Phantom {
        let pieces =
            wall(signals) + lungs(signals, seed: seed) + mediastinum(signals) + abdomen(signals) + spine(signals)
            + ribs(signals) + nodule(signals)
        return Phantom(background: signals.background, pieces: pieces, seed: seed)
    }

    private static func wall(_ s: Signals) -> [Ellipsoid] {
        let back = Ellipsoid(Point(34, 78, 0), Point(26, 17, 600), value: s.muscle, texture: s.texture)
        let blade = Ellipsoid(Point(98, 62, 105), Point(4, 40, 62), value: s.cortex, angle: -0.75)
        return [
            Ellipsoid(Point(0, 0, 0), Point(168, 112, 900), value: s.fat, texture: s.texture / 2),
            Ellipsoid(Point(0, 3, 0), Point(153, 98, 900), value: s.muscle, texture: s.texture),
            Ellipsoid(Point(0, 2, 0), Point(138, 88, 900), value: s.fat, texture: s.texture / 2),
            back, back.mirrored, blade, blade.mirrored,
        ]
    }

    private static func lungs(_ s: Signals, seed: UInt64) -> [Ellipsoid] {
        let left = Ellipsoid(Point(70, 6, 0), Point(62, 80, 160), value: s.lung, angle: 0.1, texture: s.texture * 2)
        let right = Ellipsoid(Point(-70, 6, 2), Point(64, 80, 160), value: s.lung, angle: -0.1, texture: s.texture * 2)
        var random = SeededRandom(seed: seed ^ 0x1CE5)
        var branches: [Ellipsoid] = []
        for (lung, hilum) in [(left, Point(26, 10, 12)), (right, Point(-26, 10, 8))] {
            for _ in 0..<16 {
                let target = Point(
                    lung.center.x + random.number(in: -34...34), lung.center.y + random.number(in: -58...58),
                    lung.center.z + random.number(in: -105...105))
                branches += branch(
                    from: hilum, towards: target, radius: 5.2, generation: 0, in: lung, s.blood * 0.55 + s.lung * 0.1,
                    &random)
            }
        }
        return [left, right] + branches
    }

    /// A vessel that divides until it is thin or leaves the lung.
    private static func branch(
        from start: Point, towards target: Point, radius: Float, generation: Int, in lung: Ellipsoid, _ value: Float,
        _ random: inout SeededRandom
    ) -> [Ellipsoid] {
        var direction = target - start
        direction = direction * (1 / max(1, direction.length))
        let length = random.number(in: 18...34) * (generation == 0 ? 1.3 : 1)
        let wander = Point(
            random.number(in: -4...4), random.number(in: -4...4), random.number(in: -4...4))
        let middle = start + direction * (length / 2) + wander
        let end = start + direction * length
        let inside = (end - lung.center)
        let (u, v, w) = (inside.x / lung.radii.x, inside.y / lung.radii.y, inside.z / lung.radii.z)
        guard radius > 0.55, generation < 6, u * u + v * v + w * w < 0.93 else { return [] }
        var pieces = Ellipsoid.tube([start, middle, end], from: radius, to: radius * 0.78, value: value)
        for _ in 0..<2 {
            let turn = Point(
                random.number(in: -0.75...0.75), random.number(in: -0.75...0.75), random.number(in: -0.75...0.75))
            pieces += branch(
                from: end, towards: end + (direction + turn) * 40, radius: radius * random.number(in: 0.58...0.78),
                generation: generation + 1, in: lung, value, &random)
        }
        return pieces
    }

    private static func mediastinum(_ s: Signals) -> [Ellipsoid] {
        let windpipe = [Point(0, 18, 170), Point(0, 20, 60), Point(0, 22, 34)]
        let aorta =
            [Point(4, -8, -25), Point(-6, -14, 15), Point(-4, -10, 48)]
            + stride(from: Float(0), through: 1, by: 0.125).map { t in
                Point(-4 + 26 * t, -8 + 52 * t, 48 + 20 * sinf(t * .pi))
            } + [Point(22, 46, 20), Point(20, 48, -60), Point(14, 48, -190)]
        return [
            Ellipsoid(Point(0, -6, 60), Point(34, 52, 120), value: s.fat + (s.muscle - s.fat) * 0.35),
            Ellipsoid(Point(20, -26, -48), Point(60, 46, 58), value: s.heart, angle: -0.55, texture: s.texture),
            Ellipsoid(Point(32, -28, -56), Point(27, 22, 40), value: s.blood, angle: -0.55),
            Ellipsoid(Point(-6, -38, -44), Point(26, 16, 36), value: s.blood * 0.95, angle: -0.5),
            Ellipsoid(Point(10, 2, -22), Point(27, 15, 22), value: s.blood * 0.97),
            Ellipsoid(Point(-26, -16, -40), Point(19, 20, 28), value: s.blood * 0.93),
        ]
            + Ellipsoid.tube(
                [Point(2, -30, -12), Point(10, -20, 18), Point(14, -6, 28)], from: 14, to: 12, value: s.blood)
            + Ellipsoid.tube([Point(14, -4, 26), Point(34, 10, 22)], from: 11, to: 8, value: s.blood)
            + Ellipsoid.tube([Point(12, -4, 24), Point(-32, 8, 16)], from: 10, to: 8, value: s.blood)
            + Ellipsoid.tube(
                [Point(-26, -14, -20), Point(-24, -12, 70), Point(-22, -10, 150)], from: 9, to: 8, value: s.blood)
            + Ellipsoid.tube(aorta, from: 15, to: 11, value: s.blood)
            + Ellipsoid.tube(windpipe, from: 10, to: 9, value: s.muscle)
            + Ellipsoid.tube(windpipe, from: 8.5, to: 7.8, value: s.air)
            + [1, -1].flatMap { side in
                Ellipsoid.tube(
                    [Point(0, 22, 36), Point(20 * side, 22, 18), Point(44 * side, 20, 0)], from: 6.5, to: 3.5,
                    value: s.air)
            } + Ellipsoid.tube([Point(6, 34, 160), Point(8, 36, -160)], from: 6, to: 6, value: s.muscle)
    }

    private static func abdomen(_ s: Signals) -> [Ellipsoid] {
        [
            Ellipsoid(Point(-48, -4, -150), Point(86, 80, 84), value: s.liver, texture: s.texture),
            Ellipsoid(Point(78, 30, -160), Point(40, 44, 62), value: s.spleen, angle: 0.4, texture: s.texture),
            Ellipsoid(Point(58, -26, -152), Point(44, 38, 48), value: s.muscle, texture: s.texture),
            Ellipsoid(Point(58, -40, -146), Point(30, 20, 30), value: s.air),
        ]
    }

    private static func spine(_ s: Signals) -> [Ellipsoid] {
        stride(from: Float(-182), through: 182, by: 26).flatMap { z in
            let process = Ellipsoid.tube([Point(0, 92, z), Point(0, 106, z - 14)], from: 4, to: 3, value: s.cortex)
            let arch = [Float(1), -1].flatMap { side in
                Ellipsoid.tube(
                    [Point(15 * side, 70, z), Point(9 * side, 84, z), Point(0, 91, z)], from: 4.5, to: 4,
                    value: s.cortex)
                    + Ellipsoid.tube(
                        [Point(12 * side, 80, z), Point(32 * side, 84, z + 4)], from: 4.5, to: 3.5, value: s.cortex)
            }
            return [
                Ellipsoid(Point(0, 60, z - 13), Point(19, 15, 5), value: s.disc),
                Ellipsoid(Point(0, 60, z), Point(21, 17, 12.5), value: s.cortex, softness: 1),
                Ellipsoid(Point(0, 60, z), Point(19, 15, 11), value: s.marrow, texture: s.texture * 3),
                Ellipsoid(Point(0, 81, z), Point(10, 8.5, 20), value: s.disc * 0.3),
            ] + arch + process
        }
    }

    private static func ribs(_ s: Signals) -> [Ellipsoid] {
        let sternum = [
            Ellipsoid(Point(0, -91, 55), Point(17, 5.5, 75), value: s.cortex),
            Ellipsoid(Point(0, -91, 55), Point(14, 3.5, 72), value: s.marrow),
        ]
        let pairs = (0..<13).flatMap { rib in
            [Float(1), -1].flatMap { side in arc(Float(rib) * 27 - 150, side, s) }
        }
        let collar = [Float(1), -1].flatMap { side in
            Ellipsoid.tube(
                [Point(16 * side, -84, 132), Point(70 * side, -70, 150), Point(128 * side, -20, 158)], from: 7, to: 6,
                value: s.cortex)
        }
        return sternum + pairs + collar
    }

    /// One rib: round the chest from the spine, sinking towards the front.
    private static func arc(_ z: Float, _ side: Float, _ s: Signals) -> [Ellipsoid] {
        let path = stride(from: Float(0.06), through: 0.9, by: 0.028).map { t in
            let turn = t * .pi
            return Point(side * 141 * sinf(turn), 2 + 90 * cosf(turn), z + 10 - 78 * t * t)
        }
        return Ellipsoid.tube(path, from: 6, to: 5.5, value: s.cortex)
            + Ellipsoid.tube(path, from: 3.6, to: 3.2, value: s.marrow)
    }

    private static func nodule(_ s: Signals) -> [Ellipsoid] {
        [Ellipsoid(Point(-72, -24, 62), Point(9, 8, 9), value: s.nodule, softness: 1, folds: 0.35)]
    }
}
