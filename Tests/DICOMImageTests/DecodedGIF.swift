import CGIF
import Testing

/// A GIF as giflib reads it.
struct DecodedGIF {
    struct Frame: Equatable {
        /// Red, green and blue of each pixel.
        let pixels: [UInt8]
        /// Hundredths of a second.
        let delay: Int
    }

    let columns: Int
    let rows: Int
    let frames: [Frame]

    /// What is left to read; a class because the library keeps its address between calls.
    private final class Input {
        var bytes: ArraySlice<UInt8>
        init(_ bytes: [UInt8]) { self.bytes = bytes[...] }
    }

    init(_ bytes: [UInt8]) throws {
        let input = Input(bytes)
        let opened = DGifOpen(
            Unmanaged.passUnretained(input).toOpaque(),
            { file, target, count in
                guard let user = file?.pointee.UserData, let target else { return 0 }
                let input = Unmanaged<Input>.fromOpaque(user).takeUnretainedValue()
                let part = input.bytes.prefix(Int(count))
                target.update(from: Array(part), count: part.count)
                input.bytes = input.bytes.dropFirst(part.count)
                return Int32(part.count)
            }, nil)
        let file = try #require(opened)
        defer { DGifCloseFile(file, nil) }
        try #require(DGifSlurp(file) == GIF_OK)
        (columns, rows) = (Int(file.pointee.SWidth), Int(file.pointee.SHeight))
        frames = try (0..<Int(file.pointee.ImageCount)).map { try Self.frame($0, of: file) }
        #expect(input.bytes.isEmpty)
    }

    private static func frame(_ index: Int, of file: UnsafeMutablePointer<GifFileType>) throws -> Frame {
        let image = file.pointee.SavedImages[index]
        let map = try #require(image.ImageDesc.ColorMap ?? file.pointee.SColorMap)
        var control = GraphicsControlBlock()
        try #require(DGifSavedExtensionToGCB(file, Int32(index), &control) == GIF_OK)
        let count = Int(image.ImageDesc.Width * image.ImageDesc.Height)
        let pixels = (0..<count).flatMap { place in
            let colour = map.pointee.Colors[Int(image.RasterBits[place])]
            return [colour.Red, colour.Green, colour.Blue]
        }
        return Frame(pixels: pixels, delay: Int(control.DelayTime))
    }
}
