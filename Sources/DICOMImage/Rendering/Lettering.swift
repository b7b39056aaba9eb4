/// A picture that words are written on, white with a dark outline, so that they are read on any ground.
struct Lettering {
    /// A side with less than this has no room for words that can be read.
    static let smallestSide = 64
    private static let smallestSize = 9  // pixels; DejaVu Sans is not read below
    private static let linesPerSide = 36

    private let columns: Int
    private let rows: Int
    private let channels: Int
    private var pixels: [UInt8]
    private let typeface: Typeface
    private let margin: Int
    private let outline: Int

    /// - Throws: ``ImageError/invalidOption(_:)`` when the picture is too small; as ``Typeface``.
    init(_ raster: Raster) throws {
        (columns, rows, channels, pixels) = (raster.columns, raster.rows, raster.channels, raster.pixels)
        let side = min(columns, rows)
        guard side >= Self.smallestSide else {
            throw ImageError.invalidOption(
                "Annotations need a picture of at least \(Self.smallestSide) × \(Self.smallestSide) pixels.")
        }
        let size = max(Self.smallestSize, side / Self.linesPerSide)
        (margin, outline) = (size / 2, max(2, size / 6))
        typeface = try Typeface(size: size)
    }

    var raster: Raster { Raster(columns: columns, rows: rows, channels: channels, pixels: pixels) }

    /// Writes lines at the left, at the upper or the lower end; those that would not fit in their half become a ….
    mutating func write(_ lines: [String], atTop: Bool) {
        let room = (rows / 2 - margin) / typeface.lineHeight
        let shown = lines.count <= room ? lines : lines.prefix(max(0, room - 1)) + ["…"]
        let top = atTop ? margin : rows - margin - shown.count * typeface.lineHeight
        let letters = shown.map { typeface.line($0, room: columns - 2 * margin, border: outline) }
        // All outlines before all letters, as they reach into the next line.
        for (place, line) in letters.enumerated() {
            blend(line.grown(by: outline), top + place * typeface.lineHeight, towards: 0)
        }
        for (place, line) in letters.enumerated() {
            blend(line, top + place * typeface.lineHeight, towards: 255)
        }
    }

    /// Brings what is covered to `grey`; margin and room keep all of it inside the picture.
    private mutating func blend(_ coverage: Coverage, _ top: Int, towards grey: Int) {
        for row in 0..<coverage.rows {
            for column in 0..<coverage.columns {
                let share = Int(coverage.values[row &* coverage.columns &+ column])
                let pixel = ((top - outline &+ row) &* columns &+ margin - outline &+ column) &* channels
                for place in pixel..<pixel &+ channels {
                    let ground = Int(pixels[place])
                    pixels[place] = UInt8(truncatingIfNeeded: ground &+ (grey &- ground) &* share / 255)
                }
            }
        }
    }
}
