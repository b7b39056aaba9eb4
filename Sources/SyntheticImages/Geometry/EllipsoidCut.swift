import Glibc

/// The ellipse in which a slice cuts an ellipsoid, in coordinates about its centre.
struct EllipsoidCut {
    // distance = a·x² + 2·b·y·x + c·y² + depth
    private let a: Float
    private let b: Float
    private let c: Float
    private let depth: Float
    private let limit: Float
    private let centerX: Float
    private let centerY: Float

    init(_ piece: Ellipsoid, at z: Float) {
        let (cosine, sine) = (cosf(piece.angle), sinf(piece.angle))
        let (inverseX, inverseY) = (1 / (piece.radii.x * piece.radii.x), 1 / (piece.radii.y * piece.radii.y))
        a = cosine * cosine * inverseX + sine * sine * inverseY
        b = cosine * sine * (inverseX - inverseY)
        c = sine * sine * inverseX + cosine * cosine * inverseY
        let height = (z - piece.center.z) / piece.radii.z
        depth = height * height
        limit = 1 + 0.4 * piece.folds  // where folds may still reach
        (centerX, centerY) = (piece.center.x, piece.center.y)
    }

    /// 0 in the centre, 1 on the surface.
    func distance(_ x: Float, _ y: Float) -> Float { (a * x + 2 * b * y) * x + c * y * y + depth }

    /// The first and the last y of the body's coordinates that it reaches.
    var rows: (Float, Float) {
        let reach = (max(0, limit - depth) / (c - b * b / a)).squareRoot()
        return (centerY - reach, centerY + reach)
    }

    /// The first and the last x of the body's coordinates that it reaches at `y` from its centre.
    func columns(_ y: Float) -> (Float, Float)? {
        let middle = -b * y / a
        let square = middle * middle - (c * y * y + depth - limit) / a
        guard square > 0 else { return nil }
        let reach = square.squareRoot()
        return (centerX + middle - reach, centerX + middle + reach)
    }
}
