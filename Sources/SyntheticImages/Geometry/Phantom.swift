import Glibc

/// A body made of soft ellipsoids, cut into slices.
struct Phantom {
    /// Pixels of a transverse slice and where they are.
    struct Grid {
        let columns: Int
        let rows: Int
        /// Millimetres from pixel to pixel.
        let columnSpacing: Float
        let rowSpacing: Float

        /// Square pixels over a field of view, centred on the body.
        init(side: Int, fieldOfView: Float) {
            self.init(
                columns: side, rows: side, columnSpacing: fieldOfView / Float(side),
                rowSpacing: fieldOfView / Float(side))
        }

        init(columns: Int, rows: Int, columnSpacing: Float, rowSpacing: Float) {
            (self.columns, self.rows) = (columns, rows)
            (self.columnSpacing, self.rowSpacing) = (columnSpacing, rowSpacing)
        }

        /// The place of the first pixel's centre.
        var origin: (x: Float, y: Float) {
            (-columnSpacing * Float(columns - 1) / 2, -rowSpacing * Float(rows - 1) / 2)
        }
    }

    /// The value outside of every piece.
    let background: Float
    let pieces: [Ellipsoid]
    private let noise: Noise

    init(background: Float, pieces: [Ellipsoid], seed: UInt64) {
        (self.background, self.pieces) = (background, pieces)
        noise = Noise(seed: seed)
    }

    /// The same body with edges that fade over `distance` more millimetres, small pieces less.
    func blurred(by distance: Float) -> Phantom {
        let soft = pieces.map { piece in
            var piece = piece
            piece.softness = min(piece.softness + distance, 0.45 * min(piece.radii.x, piece.radii.y))
            return piece
        }
        return Phantom(background: background, pieces: soft, seed: noise.seed)
    }

    /// The values of the slice at `z`, row by row.
    ///
    /// - Complexity: the area of all pieces that the slice cuts.
    func slice(at z: Float, _ grid: Grid) -> [Float] {
        var values = [Float](repeating: background, count: grid.columns * grid.rows)
        var textures = [Float](repeating: 0, count: values.count)
        values.withUnsafeMutableBufferPointer { values in
            textures.withUnsafeMutableBufferPointer { textures in
                for piece in pieces where piece.reaches(z: z) { fill(piece, z, grid, values, textures) }
                addTexture(textures, z, grid, to: values)
            }
        }
        return values
    }

    private func fill(
        _ piece: Ellipsoid, _ z: Float, _ grid: Grid, _ values: UnsafeMutableBufferPointer<Float>,
        _ textures: UnsafeMutableBufferPointer<Float>
    ) {
        let cut = EllipsoidCut(piece, at: z)
        let (left, top) = grid.origin
        let sharpness = min(piece.radii.x, piece.radii.y) / (2 * piece.softness)
        for row in Self.pixels(cut.rows, top, grid.rowSpacing, grid.rows) {
            let y = top + Float(row) * grid.rowSpacing - piece.center.y
            guard let reach = cut.columns(y) else { continue }
            for column in Self.pixels(reach, left, grid.columnSpacing, grid.columns) {
                let x = left + Float(column) * grid.columnSpacing - piece.center.x
                var distance = cut.distance(x, y)
                if piece.folds > 0, distance > 0.5 { distance += folding(piece, x, y, z) }
                guard distance < 1 else { continue }
                let weight = min(1, (1 - distance) * sharpness)
                let place = row &* grid.columns &+ column
                values[place] += (piece.value - values[place]) * weight
                textures[place] += (piece.texture - textures[place]) * weight
            }
        }
    }

    /// The pixels between two places.
    private static func pixels(_ reach: (Float, Float), _ start: Float, _ step: Float, _ count: Int) -> Range<Int> {
        let first = max(0, Int(((reach.0 - start) / step).rounded(.up)))
        let last = min(count - 1, Int(((reach.1 - start) / step).rounded(.down)))
        return first <= last ? first..<last + 1 : 0..<0
    }

    private func addTexture(
        _ textures: UnsafeMutableBufferPointer<Float>, _ z: Float, _ grid: Grid,
        to values: UnsafeMutableBufferPointer<Float>
    ) {
        let (left, top) = grid.origin
        for place in values.indices where textures[place] > 0.01 {
            let x = left + Float(place % grid.columns) * grid.columnSpacing
            let y = top + Float(place / grid.columns) * grid.rowSpacing
            let coarse = noise.value(x / 9, y / 9, z / 9)
            values[place] += (coarse + 0.6 * noise.value(x / 3.5, y / 3.5, z / 3.5)) * textures[place]
        }
    }

    /// Furrows: noise folded at zero has long sharp valleys.
    private func folding(_ piece: Ellipsoid, _ x: Float, _ y: Float, _ z: Float) -> Float {
        let furrow = 1 - abs(noise.value(x / 11, y / 11, z / 13)) * 3
        return max(0, furrow) * piece.folds + noise.value(x / 25, y / 25, z / 25) * piece.folds * 0.4
    }
}
