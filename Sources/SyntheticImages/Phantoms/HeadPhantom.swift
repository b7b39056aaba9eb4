import Glibc

/// A head with a small tumour and its oedema in the left frontal lobe.
enum HeadPhantom {
    /// What a slice shows of each tissue.
    struct Signals {
        var fat: Float
        var muscle: Float
        var cortex: Float
        var marrow: Float
        var fluid: Float
        var grey: Float
        var white: Float
        var tumour: Float
        var oedema: Float
        var vitreous: Float
        var air: Float
        var texture: Float

        /// Hounsfield units.
        static let ct = Signals(
            fat: -80, muscle: 55, cortex: 1_250, marrow: 620, fluid: 7, grey: 38, white: 29, tumour: 52, oedema: 19,
            vitreous: 12, air: -1000, texture: 2)
        static let t1 = Signals(
            fat: 930, muscle: 400, cortex: 45, marrow: 420, fluid: 150, grey: 470, white: 690, tumour: 400,
            oedema: 410, vitreous: 130, air: 8, texture: 18)
        static let t2 = Signals(
            fat: 690, muscle: 240, cortex: 40, marrow: 330, fluid: 1_020, grey: 560, white: 390, tumour: 680,
            oedema: 860, vitreous: 1_060, air: 8, texture: 18)
        static let flair = Signals(
            fat: 640, muscle: 300, cortex: 40, marrow: 300, fluid: 70, grey: 560, white: 440, tumour: 720,
            oedema: 930, vitreous: 90, air: 8, texture: 18)
    }

    /// - Parameter seed: decides the folds of the brain.
    static func make(_ signals: Signals, seed: UInt64) -> Phantom {
        let pieces = skull(signals) + face(signals) + brain(signals) + nuclei(signals) + hindbrain(signals)
        return Phantom(background: signals.air, pieces: pieces, seed: seed)
    }

    private static func skull(_ s: Signals) -> [Ellipsoid] {
        let middle = Point(0, 0, 8)
        return [
            Ellipsoid(Point(0, 18, -110), Point(58, 62, 90), value: s.fat, texture: s.texture),
            Ellipsoid(Point(0, 22, -110), Point(52, 55, 90), value: s.muscle, texture: s.texture),
            Ellipsoid(middle, Point(79, 99, 93), value: s.fat, texture: s.texture),
            Ellipsoid(middle, Point(75, 95, 89), value: s.muscle, texture: s.texture),
            Ellipsoid(middle, Point(73.5, 93.5, 87), value: s.cortex, softness: 0.8),
            Ellipsoid(middle, Point(70.5, 90.5, 84), value: s.marrow, softness: 0.8, texture: s.texture),
            Ellipsoid(middle, Point(68, 88, 82), value: s.cortex, softness: 0.8),
            Ellipsoid(middle, Point(65.5, 85.5, 79), value: s.fluid, softness: 0.8),
        ]
    }

    private static func face(_ s: Signals) -> [Ellipsoid] {
        let orbit = Ellipsoid(Point(32, -72, -42), Point(21, 27, 19), value: s.fat)
        let eye = Ellipsoid(Point(32, -82, -42), radius: 12, value: s.vitreous)
        let lens = Ellipsoid(Point(32, -92, -42), Point(5, 2.2, 5), value: s.muscle)
        let cheek = Ellipsoid(Point(26, -66, -74), Point(17, 18, 17), value: s.air)
        let ear = Ellipsoid(
            Point(54, 26, -46), Point(11, 13, 13), value: s.cortex, texture: abs(s.cortex - s.air) * 0.4)
        let nerve = Ellipsoid.tube([Point(30, -70, -42), Point(10, -40, -36)], from: 2.2, to: 2.2, value: s.white)
        let base = Ellipsoid(Point(0, -20, -60), Point(46, 46, 15), value: s.cortex, texture: s.texture)
        return [base, Ellipsoid(Point(0, -84, -72), Point(24, 24, 36), value: s.muscle), orbit, orbit.mirrored]
            + [eye, eye.mirrored, lens, lens.mirrored] + nerve + nerve.map(\.mirrored)
            + [cheek, cheek.mirrored, ear, ear.mirrored]
            + [
                Ellipsoid(Point(0, -70, -64), Point(12, 20, 24), value: s.air),
                Ellipsoid(Point(0, -86, -22), Point(15, 6, 11), value: s.air),
                Ellipsoid(Point(0, -32, -56), Point(14, 13, 10), value: s.air),
            ]
    }

    private static func brain(_ s: Signals) -> [Ellipsoid] {
        let cortex = Ellipsoid(
            Point(0, 0, 18), Point(64, 84, 69), value: s.grey, softness: 1, texture: s.texture, folds: 0.17)
        let lobe = Ellipsoid(Point(40, -12, -32), Point(22, 36, 21), value: s.grey, texture: s.texture, folds: 0.2)
        let half = [
            Ellipsoid(
                Point(28, -14, 20), Point(25, 60, 55), value: s.white, angle: 0.12, texture: s.texture, folds: 0.36),
            Ellipsoid(
                Point(29, 24, 18), Point(26, 50, 52), value: s.white, angle: -0.12, texture: s.texture, folds: 0.36),
            Ellipsoid(Point(39, -8, -30), Point(14, 27, 13), value: s.white, folds: 0.36),
        ]
        let falx = Ellipsoid(Point(0, 0, 36), Point(1.6, 86, 52), value: s.fluid, softness: 0.8)
        let bridge = Ellipsoid(Point(0, 2, 20), Point(16, 36, 6), value: s.white)
        let tumour = [
            Ellipsoid(Point(33, -36, 34), Point(23, 26, 21), value: s.oedema, softness: 3, folds: 0.25),
            Ellipsoid(Point(34, -38, 34), Point(11, 12, 11), value: s.tumour, texture: s.texture * 2),
            Ellipsoid(Point(34, -38, 34), Point(5, 5, 5), value: s.fluid),
        ]
        let horns = [
            Point(11, -34, 10), Point(13, -14, 19), Point(15, 8, 20), Point(22, 30, 12), Point(25, 44, 4),
        ]
        let ventricle = Ellipsoid.tube(horns, from: 6.5, to: 5, value: s.fluid)
        let temporal = Ellipsoid.tube(
            [Point(24, 34, 6), Point(31, 18, -14), Point(31, 0, -20)], from: 4, to: 2.5, value: s.fluid)
        return [cortex, lobe, lobe.mirrored] + half + half.map(\.mirrored) + [falx, bridge] + tumour
            + ventricle + ventricle.map(\.mirrored) + temporal + temporal.map(\.mirrored)
            + [Ellipsoid(Point(0, -4, 17), Point(1.4, 28, 8), value: s.white)]
    }

    private static func nuclei(_ s: Signals) -> [Ellipsoid] {
        let halves = [
            Ellipsoid(Point(11, 10, 4), Point(9, 14, 10), value: s.grey, angle: 0.4),
            Ellipsoid(Point(27, -4, 4), Point(6, 17, 11), value: s.grey, angle: 0.25),
            Ellipsoid(Point(14, -22, 10), Point(5, 9, 9), value: s.grey),
            Ellipsoid(Point(37, -4, 0), Point(2, 26, 18), value: s.fluid, angle: 0.1),
        ]
        return halves + halves.map(\.mirrored) + [Ellipsoid(Point(0, 6, 0), Point(2.2, 13, 11), value: s.fluid)]
    }

    private static func hindbrain(_ s: Signals) -> [Ellipsoid] {
        let half = [
            Ellipsoid(Point(23, 48, -48), Point(29, 30, 24), value: s.fluid),
            Ellipsoid(Point(22, 47, -48), Point(27, 28, 22), value: s.grey, texture: s.texture, folds: 0.22),
            Ellipsoid(Point(18, 44, -48), Point(17, 18, 13), value: s.white, folds: 0.3),
        ]
        let tent = Ellipsoid(Point(0, 50, -24), Point(46, 34, 1.6), value: s.fluid)
        let stem = Ellipsoid.tube(
            [Point(0, 12, -10), Point(0, 14, -34), Point(0, 22, -66), Point(0, 28, -150)], from: 14, to: 7,
            value: s.white)
        return [tent] + half + half.map(\.mirrored)
            + [Ellipsoid(Point(0, 10, -38), Point(17, 15, 15), value: s.white, texture: s.texture)] + stem
            + [Ellipsoid(Point(0, 32, -44), Point(7, 6, 9), value: s.fluid)]
    }
}
