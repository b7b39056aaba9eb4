import DICOM
import Testing

@testable import DICOMImage

@Suite struct AnimationTests {
    private typealias Tag = DICOM.Tag  // Testing has a Tag too

    private func gif(
        _ image: MadeImage, frames: some Collection<Int>, options: RenderingOptions = .init()
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try image.file().gif(frames: frames, options: options) { bytes += $0 }
        return bytes
    }

    /// Frames of 16 × 16 that show all greys, each turned by its number.
    private func greys(_ count: Int, _ more: [DataElement] = []) -> MadeImage {
        let frames = (0..<count).map { frame in (0..<256).map { UInt8(truncatingIfNeeded: $0 + frame) } }
        return MadeImage(columns: 16, rows: 16, frames: frames, more: more)
    }

    private func delays(_ count: Int, _ more: [DataElement]) throws -> [Int] {
        try DecodedGIF(gif(greys(count, more), frames: 0..<count)).frames.map(\.delay)
    }

    @Test func keepsEveryGreyOfEveryFrame() throws {
        let image = greys(3)
        let decoded = try DecodedGIF(gif(image, frames: 0..<3))
        #expect((decoded.columns, decoded.rows) == (16, 16))
        #expect(decoded.frames.map(\.pixels) == image.frames.map { $0.flatMap { [$0, $0, $0] } })
    }

    @Test func showsFramesInTheOrderAskedFor() throws {
        let image = greys(4)
        let decoded = try DecodedGIF(gif(image, frames: [3, 1]))
        #expect(decoded.frames.map { $0.pixels[0] } == [3, 1])
    }

    @Test func loopsForEverUnlessItIsStill() throws {
        let loop = Array("NETSCAPE2.0".utf8) + [3, 1, 0, 0, 0]
        let (animated, still) = (try gif(greys(2), frames: 0..<2), try gif(greys(2), frames: 1..<2))
        #expect(animated.starts(with: Array("GIF89a".utf8)) && animated.last == 0x3B)
        #expect(animated.contains(loop))
        #expect(!still.contains(loop))
        #expect(try DecodedGIF(still).frames.map { $0.pixels[0] } == [1])
    }

    @Test func keepsUpTo256Colours() throws {
        let frame = (0..<256).flatMap { place -> [UInt8] in [UInt8(place), UInt8(255 - place), UInt8(place & 0xF0)] }
        let white = [UInt8](repeating: 255, count: 768)
        let image = MadeImage(columns: 16, rows: 16, frames: [white, frame, white], isColour: true)
        #expect(try DecodedGIF(gif(image, frames: 0..<3)).frames.map(\.pixels) == image.frames)
    }

    @Test func comesNearToMoreColours() throws {
        // Red from left to right, green downwards, blue against both: 4,096 colours.
        let frame = (0..<4096).flatMap { place -> [UInt8] in
            let (row, column) = (place / 64, place % 64)
            return [UInt8(column * 4), UInt8(row * 4), UInt8(255 - (row + column) * 2)]
        }
        let image = MadeImage(columns: 64, rows: 64, frames: [frame], isColour: true)
        let shown = try DecodedGIF(gif(image, frames: 0..<1)).frames[0].pixels
        let errors = zip(frame, shown).map { abs(Int($0) - Int($1)) }
        #expect((errors.max() ?? 255) <= 20)
        #expect(errors.reduce(0, +) / errors.count <= 5)
        #expect(Set(stride(from: 0, to: shown.count, by: 3).map { Array(shown[$0..<$0 + 3]) }).count == 256)
    }

    @Test func takesTheTimesOfTheImage() throws {
        #expect(try delays(2, []) == [10, 10])
        #expect(try delays(2, [MadeImage.text(.cineRate, .IS, "25")]) == [4, 4])
        let frameTime = MadeImage.text(.frameTime, .DS, "33.333")
        #expect(try delays(4, [frameTime]) == [3, 4, 3, 3], "a tenth of a second for three frames")
        #expect(try delays(2, [frameTime, MadeImage.text(.recommendedDisplayFrameRate, .IS, "5")]) == [20, 20])
        let vector = MadeImage.text(.frameTimeVector, .DS, "0\\50\\500")
        #expect(try delays(4, [frameTime, vector]) == [5, 50, 50, 50])
    }

    @Test(arguments: ["0", "-40", "1e300", "fast", "0.0001"])
    func passesOverTimesThatCannotBe(_ time: String) throws {
        #expect(try delays(2, [MadeImage.text(.frameTime, .DS, time)]) == [10, 10])
    }

    @Test func isNeverFasterThanBrowsersShow() throws {
        #expect(try delays(3, [MadeImage.text(.frameTime, .DS, "1")]) == [2, 2, 2])
    }

    @Test func refusesWhatIsTooMuchBeforeItWritesAnything() throws {
        let frame = [UInt8](repeating: 0, count: 4)
        let image = try MadeImage(columns: 2, rows: 2, frames: [frame, frame]).file()
        let large = RenderingOptions(size: .init(columns: 4096, rows: 4096))
        let many = Array(repeating: 0, count: 9)
        #expect(throws: ImageError.tooLarge("An animation of 9 frames of this size is too large.")) {
            try image.gif(frames: many, options: large) { _ in Issue.record("Something was written.") }
        }
        #expect(throws: ImageError.self) { try image.gif(frames: 0..<Int.max) { _ in } }
        #expect(throws: ImageError.self) { try image.gif(frames: 0..<0) { _ in } }
        #expect(throws: ImageError.invalidOption("This image has 2 frames.")) {
            try image.gif(frames: 1..<3) { _ in Issue.record("Something was written.") }
        }
        #expect(throws: ImageError.self) { try image.gif(frames: -1..<1) { _ in } }
    }

    @Test func stopsWithTheErrorOfTheWriter() throws {
        struct Full: Error {}
        #expect(throws: Full.self) { try greys(2).file().gif(frames: 0..<2) { _ in throw Full() } }
    }

    /// What giflib reads back is what the PNG of the same frame shows, or nearly.
    @Test(arguments: Corpus.entries.filter { $0.class == "valid" && ($0.decode.framesDecoded ?? 1) > 1 })
    func animatesRealImages(_ entry: Corpus.Entry) throws {
        let image = try ImageFile(FileSource(path: entry.path))
        let options = RenderingOptions(size: .init(columns: 128, rows: 128))
        let frames = 0..<min(3, image.description.frameCount)
        var bytes: [UInt8] = []
        do {
            try image.gif(frames: frames, options: options) { bytes += $0 }
        } catch is ImageError where CorpusTests.differences[entry.name] != nil { return }
        let decoded = try DecodedGIF(bytes).frames
        #expect(decoded.count == frames.count)
        for (index, frame) in zip(frames, decoded) {
            let raster = try Renderer.raster(
                frame: image.frame(index), image.dataSet, frameIndex: index, options: options)
            let wanted = raster.channels == 3 ? raster.pixels : raster.pixels.flatMap { [$0, $0, $0] }
            let difference = zip(wanted, frame.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
            #expect(raster.channels == 3 ? difference <= 3 * wanted.count : difference == 0)
        }
    }
}
