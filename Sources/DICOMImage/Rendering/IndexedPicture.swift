/// A picture of at most 256 colours, as a GIF holds it.
struct IndexedPicture {
    static let mostColours = 256
    /// Three bytes for each colour.
    let colours: [UInt8]
    /// For each pixel, the place of its colour.
    let indices: [UInt8]

    /// Greys, and up to 256 colours, are kept; more are brought to the colours of a ``ColourReduction``.
    init(_ raster: Raster) {
        if raster.channels == 1 {
            (colours, indices) = (Self.greys, raster.pixels)
        } else {
            (colours, indices) = Self.exact(raster.pixels) ?? ColourReduction(raster.pixels).apply()
        }
    }

    private static let greys = (0..<256).flatMap { [UInt8](repeating: UInt8($0), count: 3) }

    /// The colours as they are; nil when there are more than 256.
    private static func exact(_ pixels: [UInt8]) -> (colours: [UInt8], indices: [UInt8])? {
        var places: [Int: UInt8] = [:]
        var colours: [UInt8] = []
        var indices: [UInt8] = []
        indices.reserveCapacity(pixels.count / 3)
        var (last, place) = (-1, UInt8(0))
        for start in stride(from: 0, to: pixels.count, by: 3) {
            let colour = Int(pixels[start]) << 16 | Int(pixels[start &+ 1]) << 8 | Int(pixels[start &+ 2])
            if colour != last {
                if let known = places[colour] {
                    place = known
                } else {
                    guard places.count < mostColours else { return nil }
                    place = UInt8(places.count)
                    places[colour] = place
                    colours += pixels[start..<start &+ 3]
                }
                last = colour
            }
            indices.append(place)
        }
        return (colours, indices)
    }
}
