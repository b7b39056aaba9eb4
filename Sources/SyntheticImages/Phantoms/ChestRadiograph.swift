/// The shadow of a chest on a detector: the thorax phantom, summed up from front to back.
enum ChestRadiograph {
    /// The attenuation along each ray, row by row from the head down, in millimetres of water.
    ///
    /// - Parameters:
    ///   - columns, rows: of the result, over a field of 380 mm in width.
    static func attenuation(columns: Int, rows: Int, seed: UInt64) -> [Float] {
        // Every second ray is traced; a shadow is smooth enough for the others.
        let (wide, high) = (columns / 2 + 1, rows / 2 + 1)
        let traced = trace(columns: wide, rows: high, spacing: 760 / Float(columns), seed: seed)
        return (0..<rows * columns).map { place in
            let (row, column) = (place / columns, place % columns)
            let (down, right) = (row % 2 * wide, column % 2)
            let first = row / 2 * wide + column / 2
            return (traced[first] + traced[first + down] + traced[first + right] + traced[first + down + right]) / 4
        }
    }

    private static func trace(columns: Int, rows: Int, spacing: Float, seed: UInt64) -> [Float] {
        let phantom = ThoraxPhantom.make(ThoraxPhantom.Signals(blood: 60, texture: 0), seed: seed)
        let depth = 112  // samples from front to back
        let grid = Phantom.Grid(columns: columns, rows: depth, columnSpacing: spacing, rowSpacing: 236 / Float(depth))
        return (0..<rows).flatMap { row -> [Float] in
            let slice = phantom.slice(at: (Float(rows) / 2 - Float(row)) * spacing + 8, grid)
            var line = [Float](repeating: 0, count: columns)
            for sample in 0..<depth {
                for column in 0..<columns {
                    line[column] += max(0, slice[sample * columns + column] + 1000) / 1000 * grid.rowSpacing
                }
            }
            return line
        }
    }
}
