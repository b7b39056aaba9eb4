/// A stack of parallel slices through a phantom, from the feet to the head.
struct TransverseSlices: Sendable {
    let phantom: Phantom
    let grid: Phantom.Grid
    /// The height of the first slice and the distance between two, in millimetres.
    let start: Float
    let spacing: Float
    let count: Int
    /// How values become stored values: Rescale Slope and Intercept.
    let slope: Float
    let intercept: Float
    /// The standard deviation of the grain.
    let grain: Float
    /// The largest stored value: 4095 or 65535.
    let maximum: Float
    /// A sequence's uneven sensitivity, as a part of the value.
    var shading: Float = 0
    let seed: UInt64

    func height(_ index: Int) -> Float { start + Float(index) * spacing }

    /// Image Plane, Frame of Reference and Image Pixel Modules with the pixels of slice `index`.
    ///
    /// - Parameter index: 0-based.
    /// - SeeAlso: PS3.3 §C.7.6.2, §C.7.4.1, §C.7.6.3.
    func fill(_ attributes: inout Attributes, _ index: Int, frameOfReferenceUID: String) {
        let z = Double(height(index))
        let (x, y) = grid.origin
        attributes.set([
            "FrameOfReferenceUID": .text(frameOfReferenceUID), "PositionReferenceIndicator": "",
            "ImagePositionPatient": .numbers([Double(x), Double(y), z]),
            "ImageOrientationPatient": .numbers([1, 0, 0, 0, 1, 0]), "SliceLocation": .numbers([z]),
            "PixelSpacing": .numbers([Double(grid.rowSpacing), Double(grid.columnSpacing)]),
            "SliceThickness": .numbers([Double(spacing)]), "SpacingBetweenSlices": .numbers([Double(spacing)]),
            "SamplesPerPixel": 1, "PhotometricInterpretation": "MONOCHROME2",
            "Rows": .numbers([Double(grid.rows)]), "Columns": .numbers([Double(grid.columns)]),
            "BitsAllocated": 16, "BitsStored": .numbers([maximum > 4_095 ? 16 : 12]),
            "HighBit": .numbers([maximum > 4_095 ? 15 : 11]), "PixelRepresentation": 0,
        ])
        attributes.setPixels(pixels(index), .OW)
    }

    private func pixels(_ index: Int) -> [UInt8] {
        let values = phantom.slice(at: height(index), grid)
        let noise = Noise(seed: seed ^ 0x6721)
        return [UInt8](unsafeUninitializedCapacity: values.count * 2) { bytes, written in
            for place in values.indices {
                let (column, row) = (place % grid.columns, place / grid.columns)
                var value = values[place]
                if shading > 0 {
                    let (u, v) = (Float(column) / Float(grid.columns) - 0.5, Float(row) / Float(grid.rows) - 0.5)
                    value *= 1 + shading * (u * 0.5 - v * 0.7 - (u * u + v * v) * 1.6)
                }
                value = abs(value + noise.grain(column, row, index) * grain - intercept) / slope
                let stored = UInt16(min(maximum, max(0, value)))
                bytes[place * 2] = UInt8(truncatingIfNeeded: stored)
                bytes[place * 2 + 1] = UInt8(truncatingIfNeeded: stored >> 8)
            }
            written = values.count * 2
        }
    }
}
