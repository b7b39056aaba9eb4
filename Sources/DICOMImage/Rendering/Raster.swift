/// A finished picture: grey or RGB bytes, rows from top to bottom without gaps.
package struct Raster: Sendable, Equatable {
    package let columns: Int
    package let rows: Int
    /// 1 for grey, 3 for RGB.
    package let channels: Int
    package let pixels: [UInt8]

    /// - Parameter pixels: columns × rows × channels bytes.
    init(columns: Int, rows: Int, channels: Int, pixels: [UInt8]) {
        (self.columns, self.rows, self.channels, self.pixels) = (columns, rows, channels, pixels)
    }

    /// Cuts out a region that lies at least partly inside, and mirrors it if it says so.
    ///
    /// - Throws: ``ImageError/invalidOption(_:)`` when nothing is left.
    func cropped(to region: RenderingOptions.Region) throws -> Raster {
        let wide = try Self.overlap(region.x, region.columns.magnitude, columns)
        let high = try Self.overlap(region.y, region.rows.magnitude, rows)
        var result: [UInt8] = []
        result.reserveCapacity(wide.count &* high.count &* channels)
        for row in 0..<high.count {
            let y = region.rows < 0 ? high.upperBound - 1 - row : high.lowerBound + row
            let start = (y &* columns &+ wide.lowerBound) &* channels
            let line = pixels[start..<start &+ wide.count &* channels]
            if region.columns >= 0 {
                result += line
            } else {
                for pixel in stride(from: line.endIndex - channels, through: line.startIndex, by: -channels) {
                    result += line[pixel..<pixel + channels]
                }
            }
        }
        return Raster(columns: wide.count, rows: high.count, channels: channels, pixels: result)
    }

    private static func overlap(_ start: Int, _ length: UInt, _ side: Int) throws -> Range<Int> {
        let (end, overflow) = start.addingReportingOverflow(Int(clamping: length))
        let (low, high) = (max(0, start), min(side, overflow ? side : end))
        guard low < high else { throw ImageError.invalidOption("The region lies outside the image.") }
        return low..<high
    }
}
