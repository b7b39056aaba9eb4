import Glibc

/// The shadow of a right hand on a detector.
struct HandRadiograph {
    /// Bone or flesh between two points, thinner or thicker at its ends; all in millimetres.
    private struct Rod {
        let from: (x: Float, y: Float)
        let to: (x: Float, y: Float)
        let startRadius: Float
        let endRadius: Float
        /// Narrower in the middle, as the shafts of bones are.
        var waist: Float = 0

        /// The thickness of the rod where a ray at (x, y) crosses it, and the radius there.
        func crossing(_ x: Float, _ y: Float) -> (thickness: Float, radius: Float) {
            let (dx, dy) = (to.x - from.x, to.y - from.y)
            let squared = max(0.01, dx * dx + dy * dy)
            let part = min(1, max(0, ((x - from.x) * dx + (y - from.y) * dy) / squared))
            let (ex, ey) = (x - from.x - part * dx, y - from.y - part * dy)
            let radius =
                (startRadius + (endRadius - startRadius) * part) * (1 - waist * sinf(part * .pi))
            let distance = ex * ex + ey * ey
            return distance < radius * radius ? (2 * (radius * radius - distance).squareRoot(), radius) : (0, radius)
        }

        var reach: Float { max(startRadius, endRadius) }
    }

    let columns: Int
    let rows: Int
    private let spacing: Float
    private let noise: Noise

    init(columns: Int, rows: Int, spacing: Float, seed: UInt64) {
        (self.columns, self.rows, self.spacing) = (columns, rows, spacing)
        noise = Noise(seed: seed)
    }

    /// The attenuation along each ray, row by row, in millimetres of water.
    func attenuation() -> [Float] {
        var flesh = [Float](repeating: 0, count: columns * rows)
        var bone = flesh
        for rod in Self.flesh {
            project(rod) { place, thickness, _ in flesh[place] = max(flesh[place], thickness * Self.flatness) }
        }
        for rod in Self.bones {
            project(rod) { place, thickness, radius in
                // A shell of dense bone round a sponge: the edges shine.
                let core = max(0, thickness * thickness / 4 - radius * radius * 0.38).squareRoot() * 2
                bone[place] = max(bone[place], (thickness - core) * 1.5 + core * 0.55)
            }
        }
        return flesh.indices.map { place in
            let (x, y) = (Float(place % columns) * spacing, Float(place / columns) * spacing)
            let sponge = bone[place] > 0 ? noise.value(x / 1.1, y / 1.1, 0) * 0.09 + 1 : 1
            return flesh[place] + bone[place] * sponge
        }
    }

    private func project(_ rod: Rod, _ paint: (_ place: Int, _ thickness: Float, _ radius: Float) -> Void) {
        let left = min(rod.from.x, rod.to.x) - rod.reach + Self.offset.x
        let right = max(rod.from.x, rod.to.x) + rod.reach + Self.offset.x
        let top = min(rod.from.y, rod.to.y) - rod.reach + Self.offset.y
        let bottom = max(rod.from.y, rod.to.y) + rod.reach + Self.offset.y
        let horizontal = max(0, Int(left / spacing))..<min(columns, max(1, Int(right / spacing) + 1))
        for row in max(0, Int(top / spacing))..<min(rows, max(1, Int(bottom / spacing) + 1)) where !horizontal.isEmpty {
            for column in horizontal {
                let (thickness, radius) = rod.crossing(
                    Float(column) * spacing - Self.offset.x, Float(row) * spacing - Self.offset.y)
                if thickness > 0 { paint(row * columns + column, thickness, radius) }
            }
        }
    }

    /// Hands are flatter than round.
    private static let flatness: Float = 0.7

    /// Where the drawing's origin lies on the detector.
    private static let offset: (x: Float, y: Float) = (6, 24)

    /// Knuckle, direction and bone lengths of each finger from the thumb to the little one.
    private static let fingers: [(x: Float, y: Float, angle: Float, lengths: [Float], width: Float)] = [
        (58, 128, -0.72, [33, 26], 5.6), (76, 92, -0.16, [40, 24, 18], 5.2), (97, 86, -0.02, [45, 28, 19], 5.4),
        (116, 92, 0.12, [41, 26, 19], 5.1), (132, 104, 0.30, [33, 20, 17], 4.5),
    ]

    private static let wrist: [(x: Float, y: Float)] = [(80, 164), (92, 161), (104, 161), (115, 165)]

    private static let bones: [Rod] = {
        var rods: [Rod] = []
        for (index, finger) in fingers.enumerated() {
            var place = (x: finger.x, y: finger.y)
            for (joint, length) in finger.lengths.enumerated() {
                let end = (x: place.x + sinf(finger.angle) * length, y: place.y - cosf(finger.angle) * length)
                let width = finger.width * (1 - 0.17 * Float(joint))
                rods.append(Rod(from: place, to: end, startRadius: width, endRadius: width * 0.82, waist: 0.33))
                place = (end.x + sinf(finger.angle) * 2.4, end.y - cosf(finger.angle) * 2.4)
            }
            let root = index == 0 ? (x: Float(74), y: Float(158)) : wrist[index - 1]
            rods.append(
                Rod(
                    from: root, to: (finger.x - sinf(finger.angle) * 2, finger.y + 2.4), startRadius: finger.width,
                    endRadius: finger.width * 1.05, waist: 0.3))
        }
        for (x, y, radius) in [
            (78, 172, 7), (90, 172, 6.5), (101, 173, 8), (113, 174, 7), (84, 183, 8), (97, 184, 8), (109, 184, 6.5),
        ] as [(Float, Float, Float)] {
            rods.append(Rod(from: (x - 1, y), to: (x + 2, y + 1), startRadius: radius, endRadius: radius))
        }
        rods.append(Rod(from: (90, 196), to: (88, 290), startRadius: 13.5, endRadius: 8.5, waist: 0.12))
        rods.append(Rod(from: (113, 195), to: (113, 290), startRadius: 7.5, endRadius: 7, waist: 0.15))
        return rods
    }()

    private static let flesh: [Rod] =
        fingers.flatMap { finger -> [Rod] in
            let length = finger.lengths.reduce(8, +)
            let tip = (x: finger.x + sinf(finger.angle) * length, y: finger.y - cosf(finger.angle) * length)
            return [
                Rod(from: (finger.x, finger.y), to: tip, startRadius: 10.5, endRadius: 7.2),
                Rod(from: (finger.x, finger.y), to: (96, 172), startRadius: 12.5, endRadius: 22),
            ]
        } + [Rod(from: (98, 170), to: (100, 290), startRadius: 26, endRadius: 25)]
}
