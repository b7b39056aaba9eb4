/// Chooses 256 colours that stand for all colours of a picture.
///
/// The box of colours that is spread most is cut at its mean, until there are 256 boxes; each becomes the mean of its
/// pixels. Colours are told apart by six bits a channel, in cells.
struct ColourReduction {
    private static let bits = 6

    /// Cells that are next to each other in colour.
    private struct Box {
        let range: Range<Int>
        /// The channel of the greatest spread, 0…2, and the sum of the squares of the distances from its mean.
        let channel: Int
        let mean: Double
        let spread: Double
    }

    private let pixels: [UInt8]
    /// The pixels of each cell.
    private var counts = [Int32](repeating: 0, count: 1 << (3 * bits))
    /// The cells that have pixels, those of a box together.
    private var cells: [Int]

    /// - Parameter pixels: three bytes each, at least one pixel.
    init(_ pixels: [UInt8]) {
        self.pixels = pixels
        cells = []
        for start in stride(from: 0, to: pixels.count, by: 3) {
            let cell = Self.cell(pixels, start)
            if counts[cell] == 0 { cells.append(cell) }
            counts[cell] &+= 1
        }
    }

    /// The colours, three bytes each, and for each pixel the place of its colour.
    func apply() -> (colours: [UInt8], indices: [UInt8]) {
        var reduction = self
        let places = reduction.places()
        var sums = [Int](repeating: 0, count: IndexedPicture.mostColours * 4)
        let indices = [UInt8](unsafeUninitializedCapacity: pixels.count / 3) { indices, written in
            written = pixels.count / 3
            for pixel in 0..<written {
                let place = places[Self.cell(pixels, pixel &* 3)]
                indices[pixel] = place
                let sum = Int(place) &* 4
                for channel in 0..<3 { sums[sum &+ channel] &+= Int(pixels[pixel &* 3 &+ channel]) }
                sums[sum &+ 3] &+= 1
            }
        }
        let colours = (0..<IndexedPicture.mostColours).flatMap { place -> [UInt8] in
            let count = max(1, sums[place * 4 + 3])
            return (0..<3).map { UInt8((sums[place * 4 + $0] + count / 2) / count) }
        }
        return (colours, indices)
    }

    /// For each cell the place of its box.
    private mutating func places() -> [UInt8] {
        var boxes = [box(cells.indices)]
        while boxes.count < IndexedPicture.mostColours,
            let widest = boxes.indices.max(by: { boxes[$0].spread < boxes[$1].spread }), boxes[widest].spread > 0
        {
            let box = boxes[widest]
            let middle = cells[box.range].partition { Double(Self.value(of: $0, box.channel)) > box.mean }
            boxes[widest] = self.box(box.range.lowerBound..<middle)
            boxes.append(self.box(middle..<box.range.upperBound))
        }
        var places = [UInt8](repeating: 0, count: counts.count)
        for (place, box) in boxes.enumerated() {
            for cell in cells[box.range] { places[cell] = UInt8(place) }
        }
        return places
    }

    private func box(_ range: Range<Int>) -> Box {
        var (count, sums, squares) = (0, [0, 0, 0], [0, 0, 0])
        for cell in cells[range] {
            let weight = Int(counts[cell])
            count &+= weight
            for channel in 0..<3 {
                let value = Self.value(of: cell, channel)
                sums[channel] &+= weight &* value
                squares[channel] &+= weight &* value &* value
            }
        }
        let means = sums.map { Double($0) / Double(count) }
        let spreads = (0..<3).map { Double(squares[$0]) - means[$0] * Double(sums[$0]) }
        let channel = (0..<3).max { spreads[$0] < spreads[$1] } ?? 0
        // A box of one cell has no spread but for rounding.
        return Box(range: range, channel: channel, mean: means[channel], spread: range.count > 1 ? spreads[channel] : 0)
    }

    private static func cell(_ pixels: [UInt8], _ start: Int) -> Int {
        let shift = 8 - bits
        return Int(pixels[start] >> shift) << (2 * bits) | Int(pixels[start &+ 1] >> shift) << bits
            | Int(pixels[start &+ 2] >> shift)
    }

    private static func value(of cell: Int, _ channel: Int) -> Int { cell >> ((2 - channel) * bits) & (1 << bits - 1) }
}
