/// A place in the patient in millimetres: x to the left, y to the back, z to the head.
///
/// - SeeAlso: PS3.3 §C.7.6.2.1.1.
struct Point {
    var x: Float
    var y: Float
    var z: Float

    init(_ x: Float, _ y: Float, _ z: Float) {
        (self.x, self.y, self.z) = (x, y, z)
    }

    static func + (a: Point, b: Point) -> Point { Point(a.x + b.x, a.y + b.y, a.z + b.z) }
    static func - (a: Point, b: Point) -> Point { Point(a.x - b.x, a.y - b.y, a.z - b.z) }
    static func * (a: Point, scale: Float) -> Point { Point(a.x * scale, a.y * scale, a.z * scale) }

    var length: Float { (x * x + y * y + z * z).squareRoot() }

    /// The same place on the other side of the body.
    var mirrored: Point { Point(-x, y, z) }
}
