/// Changes the size of a raster: bilinear when it grows, the average of the covered pixels when it shrinks.
struct Resampling {
    private static let one = 1 << 14  // weights in fixed point; sums stay far below 32 bits
    /// For each target position the first source position and the weights from there on, which sum up to ``one``.
    private let taps: [(first: Int, weights: [Int32])]

    private init(from source: Int, to target: Int) {
        let scale = Double(source) / Double(target)
        let reach = max(1, scale)  // half of a triangle's base
        taps = (0..<target).map { index in
            let center = (Double(index) + 0.5) * scale
            let first = max(0, Int(center - reach + 0.5))
            let last = max(first + 1, min(source, Int(center + reach + 0.5)))
            let raw = (first..<last).map { max(0, 1 - abs(Double($0) + 0.5 - center) / reach) }
            let sum = raw.reduce(0, +)
            guard sum > 0 else { return (min(first, source - 1), [Int32(Self.one)]) }
            return (first, raw.map { Int32(($0 / sum * Double(Self.one)).rounded()) })
        }
    }

    /// - Parameters: the new size, both at least 1.
    static func resize(_ raster: Raster, columns: Int, rows: Int) -> Raster {
        if columns == raster.columns, rows == raster.rows { return raster }
        let narrow = Resampling(from: raster.columns, to: columns).horizontally(raster)
        return Resampling(from: raster.rows, to: rows).vertically(narrow)
    }

    private func horizontally(_ raster: Raster) -> Raster {
        guard taps.count != raster.columns else { return raster }
        let (channels, width) = (raster.channels, taps.count)
        let pixels = Self.make(width &* raster.rows &* channels) { target in
            raster.pixels.withUnsafeBufferPointer { source in
                for row in 0..<raster.rows {
                    let line = row &* raster.columns &* channels
                    for (column, tap) in taps.enumerated() {
                        for channel in 0..<channels {
                            var sum = Int32(Self.one / 2)
                            var place = line &+ tap.first &* channels &+ channel
                            for weight in tap.weights {
                                sum &+= weight &* Int32(source[place])
                                place &+= channels
                            }
                            target[(row &* width &+ column) &* channels &+ channel] = Self.byte(sum)
                        }
                    }
                }
            }
        }
        return Raster(columns: width, rows: raster.rows, channels: channels, pixels: pixels)
    }

    private func vertically(_ raster: Raster) -> Raster {
        guard taps.count != raster.rows else { return raster }
        let line = raster.columns &* raster.channels
        var sums = [Int32](repeating: 0, count: line)
        let pixels = Self.make(line &* taps.count) { target in
            raster.pixels.withUnsafeBufferPointer { source in
                for (row, tap) in taps.enumerated() {
                    for index in 0..<line { sums[index] = Int32(Self.one / 2) }
                    for (offset, weight) in tap.weights.enumerated() {
                        let start = (tap.first &+ offset) &* line
                        for index in 0..<line { sums[index] &+= weight &* Int32(source[start &+ index]) }
                    }
                    for index in 0..<line { target[row &* line &+ index] = Self.byte(sums[index]) }
                }
            }
        }
        return Raster(columns: raster.columns, rows: taps.count, channels: raster.channels, pixels: pixels)
    }

    private static func make(_ count: Int, _ body: (UnsafeMutableBufferPointer<UInt8>) -> Void) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            body(buffer)
            written = count
        }
    }

    private static func byte(_ sum: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: min(255, max(0, sum >> 14)))
    }
}
