/// A piece of tissue with soft edges; later pieces cover earlier ones.
struct Ellipsoid {
    let center: Point
    /// Half axes in millimetres.
    let radii: Point
    /// The value that the piece gives: Hounsfield units, or the signal of a contrast.
    let value: Float
    /// Turns the piece about the z axis, in radians.
    var angle: Float = 0
    /// Millimetres over which the edge fades.
    var softness: Float = 1.5
    /// How much the value varies inside.
    var texture: Float = 0
    /// How deeply the surface is folded, as a part of the radius.
    var folds: Float = 0

    /// A sphere.
    init(_ center: Point, radius: Float, value: Float) {
        self.init(center, Point(radius, radius, radius), value: value)
    }

    init(
        _ center: Point, _ radii: Point, value: Float, angle: Float = 0, softness: Float = 1.5, texture: Float = 0,
        folds: Float = 0
    ) {
        (self.center, self.radii, self.value, self.angle) = (center, radii, value, angle)
        (self.softness, self.texture, self.folds) = (softness, texture, folds)
    }

    /// The same on the other side of the body.
    var mirrored: Ellipsoid {
        Ellipsoid(
            center.mirrored, radii, value: value, angle: -angle, softness: softness, texture: texture, folds: folds)
    }

    /// Whether a slice at `z` cuts the piece.
    func reaches(z: Float) -> Bool { abs(z - center.z) < radii.z * (1 + folds) }

    /// Beads along a path, close enough to make a tube.
    ///
    /// - Parameter radius: at the beginning and at the end.
    static func tube(_ path: [Point], from radius: Float, to end: Float, value: Float) -> [Ellipsoid] {
        zip(path, path.dropFirst()).enumerated().flatMap { index, ends in
            let part = Float(index) / Float(max(1, path.count - 1))
            let thickness = max(0.4, radius + (end - radius) * part)
            let steps = max(1, Int((ends.1 - ends.0).length / (thickness * 0.6)))
            return (0..<steps).map { step in
                let place = ends.0 + (ends.1 - ends.0) * (Float(step) / Float(steps))
                return Ellipsoid(
                    place, Point(thickness, thickness, thickness), value: value,
                    softness: min(1.2, thickness * 0.5))
            }
        }
    }
}
