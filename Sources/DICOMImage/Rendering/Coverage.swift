/// How much of each pixel is covered, 0…255, in a rectangle.
struct Coverage {
    let columns: Int
    let rows: Int
    private(set) var values: [UInt8]

    init(columns: Int, rows: Int) {
        (self.columns, self.rows) = (columns, rows)
        values = [UInt8](repeating: 0, count: columns * rows)
    }

    /// Covers a pixel at least so much; one outside is left out.
    mutating func cover(_ column: Int, _ row: Int, _ value: UInt8) {
        guard (0..<columns).contains(column), (0..<rows).contains(row) else { return }
        let place = row &* columns &+ column
        values[place] = max(values[place], value)
    }

    /// Everything grown by `radius` pixels in all directions: each pixel takes the most of those around it.
    func grown(by radius: Int) -> Coverage {
        var (wide, high) = (self, self)
        for row in 0..<rows {
            for column in 0..<columns {
                let reach = max(0, column - radius)...min(columns - 1, column + radius)
                let values = reach.lazy.map { self.values[row &* columns &+ $0] }
                wide.values[row &* columns &+ column] = values.reduce(0, max)
            }
        }
        for row in 0..<rows {
            let reach = max(0, row - radius)...min(rows - 1, row + radius)
            for column in 0..<columns {
                let values = reach.lazy.map { wide.values[$0 &* columns &+ column] }
                high.values[row &* columns &+ column] = values.reduce(0, max)
            }
        }
        return high
    }
}
