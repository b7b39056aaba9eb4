import DICOM
import Testing

@testable import DICOMImage

private typealias Tag = DICOM.Tag  // Testing has a Tag too

@Suite struct RenderingTests {
    /// A monochrome or colour image of one row with the given attributes.
    private func image(
        columns: Int, rows: Int = 1, bits: Int = 16, photometric: String = "MONOCHROME2", signed: Bool = false,
        _ more: [DataElement] = []
    ) -> DataSet {
        let samples = photometric == "RGB" || photometric.hasPrefix("YBR") ? 3 : 1
        let numbers: [(Tag, Int)] = [
            (.rows, rows), (.columns, columns), (.samplesPerPixel, samples), (.bitsAllocated, bits),
            (.bitsStored, bits), (.highBit, bits - 1), (.pixelRepresentation, signed ? 1 : 0),
        ]
        let elements = numbers.map { DataElement($0.0, .US, .bytes(word($0.1))) }
        return DataSet(elements + [text(.photometricInterpretation, .CS, photometric)] + more)
    }

    private func word(_ number: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)]
    }

    private func text(_ tag: Tag, _ vr: VR, _ text: String) -> DataElement {
        DataElement(tag, vr, .bytes(Array(text.utf8) + (text.utf8.count % 2 == 0 ? [] : [0x20])))
    }

    private func greys(_ words: [Int], _ dataSet: DataSet, _ options: RenderingOptions = .init()) throws -> [UInt8] {
        try Renderer.raster(frame: words.flatMap(word), dataSet, frameIndex: 0, options: options).pixels
    }

    @Test func appliesRescaleAndWindow() throws {
        let dataSet = image(
            columns: 5,
            [
                text(.rescaleSlope, .DS, "2"), text(.rescaleIntercept, .DS, "-1000"),
                text(.windowCenter, .DS, "40"), text(.windowWidth, .DS, "401"),
            ])
        // -160 → 0, 40 → middle, 240 → white, and beyond.
        #expect(try greys([0, 420, 520, 620, 65_535], dataSet) == [0, 0, 128, 255, 255])
    }

    @Test(
        arguments: [
            (Window.Shape.linear, [0, 0, 128, 255]), (.linearExact, [0, 0, 128, 255]), (.sigmoid, [5, 30, 128, 225]),
        ] as [(Window.Shape, [UInt8])])
    func knowsTheShapesOfWindows(_ shape: Window.Shape, _ expected: [UInt8]) throws {
        let window = Window(center: 100, width: 100, shape: shape)
        let shown = try greys([0, 50, 100, 150], image(columns: 4), RenderingOptions(window: window))
        #expect(zip(shown, expected).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
    }

    /// PS3.3 §C.11.2.1.2.1: center 2^(n-1) and width 2^n change nothing.
    @Test func leavesValuesAloneInTheirOwnWindow() throws {
        let options = RenderingOptions(window: Window(center: 128, width: 256))
        #expect(try greys(Array(0..<256), image(columns: 256), options) == (0..<256).map(UInt8.init))
    }

    @Test func invertsMonochrome1() throws {
        let window = RenderingOptions(window: Window(center: 128, width: 256))
        let shown = try greys([0, 255], image(columns: 2, photometric: "MONOCHROME1"), window)
        #expect(shown == [255, 0])
    }

    @Test func showsSignedValuesAndFindsAWindow() throws {
        #expect(try greys([0x8000, 0, 0x7FFF], image(columns: 3, signed: true)) == [0, 128, 255])
    }

    @Test func leavesPaddingOutOfItsWindow() throws {
        let padding = DataElement(.pixelPaddingValue, .SS, .bytes(word(-2000)))
        let shown = try greys([-2000, 0, 100, 200], image(columns: 4, signed: true, [padding]))
        #expect(shown == [0, 0, 128, 255])
    }

    @Test func appliesLookupTables() throws {
        func table(_ first: Int, _ entries: [Int], bits: Int) -> DataElement {
            let item = DataSet([
                DataElement(.lutDescriptor, .US, .bytes([entries.count, first, bits].flatMap(word))),
                DataElement(.lutData, .OW, .bytes(entries.flatMap(word))),
            ])
            return DataElement(bits == 16 ? .modalityLUTSequence : .voiLUTSequence, .SQ, .items([item]))
        }
        let modality = table(10, [500, 600], bits: 16)
        let voi = table(500, [0] + Array(repeating: 0x800, count: 99) + [0xFFF], bits: 12)
        // Below and above the tables their ends count.
        #expect(try greys([0, 10, 11, 99], image(columns: 4, [modality, voi])) == [0, 0, 255, 255])
    }

    @Test func readsTheFunctionalGroupsOfAFrame() throws {
        func groups(_ tag: Tag, _ center: String) -> DataElement {
            let window = DataSet([text(.windowCenter, .DS, center), text(.windowWidth, .DS, "1")])
            let frame = DataSet([DataElement(.frameVOILUTSequence, .SQ, .items([window]))])
            return DataElement(tag, .SQ, .items([frame, frame]))
        }
        let frames = text(.numberOfFrames, .IS, "2")
        let shared = image(columns: 2, [frames, groups(.sharedFunctionalGroupsSequence, "10")])
        #expect(try greys([5, 50], shared) == [0, 255])
        let own = image(
            columns: 2,
            [
                frames, groups(.sharedFunctionalGroupsSequence, "10"),
                groups(.perFrameFunctionalGroupsSequence, "100"),
            ])
        #expect(try greys([5, 50], own) == [0, 0])
    }

    @Test func clampsPaletteIndices() throws {
        func palette(_ descriptor: Tag, _ data: Tag, _ colours: [Int]) -> [DataElement] {
            [
                DataElement(descriptor, .US, .bytes([colours.count, 1, 16].flatMap(word))),
                DataElement(data, .OW, .bytes(colours.flatMap { word($0 << 8) })),
            ]
        }
        let dataSet = image(
            columns: 4, bits: 8, photometric: "PALETTE COLOR",
            palette(.redPaletteColorLookupTableDescriptor, .redPaletteColorLookupTableData, [1, 2])
                + palette(.greenPaletteColorLookupTableDescriptor, .greenPaletteColorLookupTableData, [3, 4])
                + palette(.bluePaletteColorLookupTableDescriptor, .bluePaletteColorLookupTableData, [5, 6]))
        let shown = try Renderer.raster(frame: [0, 1, 2, 255], dataSet, frameIndex: 0).pixels
        #expect(shown == [1, 3, 5, 1, 3, 5, 2, 4, 6, 2, 4, 6])
    }

    @Test func expandsSegmentedPalettes() throws {
        // Discrete 10, 20; a line to 50 in three steps; the first segment again.
        let words = [0, 2, 10, 20, 1, 3, 50, 2, 1, 0, 0]
        #expect(SegmentedTable(words, count: 7)?.entries == [10, 20, 30, 40, 50, 10, 20])
        for count in [1, 2, 3, 5, 6, 8, 9] { #expect(SegmentedTable(Array(words[..<count]), count: 7) == nil) }
        #expect(SegmentedTable([2, 65_535, 0, 0], count: 65_536) == nil)
    }

    @Test func convertsYBRToRGB() throws {
        let pixels: [UInt8] = [76, 85, 255, 150, 44, 21, 29, 255, 107, 128, 128, 128]
        let shown = try Renderer.raster(
            frame: pixels, image(columns: 4, bits: 8, photometric: "YBR_FULL"), frameIndex: 0
        ).pixels
        let expected: [Int] = [254, 0, 0, 0, 255, 1, 0, 0, 254, 128, 128, 128]
        #expect(zip(shown, expected).allSatisfy { abs(Int($0) - $1) <= 1 })
    }

    @Test func makesPixelsSquareAndFitsThemIn() throws {
        let aspect = text(.pixelAspectRatio, .IS, "2\\1")
        let dataSet = image(columns: 10, rows: 10, bits: 8, [aspect])
        let frame = [UInt8](repeating: 7, count: 100)
        let own = try Renderer.raster(frame: frame, dataSet, frameIndex: 0)
        #expect((own.columns, own.rows) == (10, 20))
        let fitted = try Renderer.raster(
            frame: frame, dataSet, frameIndex: 0, options: .init(size: .init(columns: 40, rows: 40)))
        #expect((fitted.columns, fitted.rows) == (20, 40))
        #expect(fitted.pixels.allSatisfy { $0 == 7 })
    }

    @Test func averagesWhenItShrinks() throws {
        let checks = (0..<64).map { UInt8(($0 + $0 / 8) % 2 * 255) }
        let shown = try Renderer.raster(
            frame: checks, image(columns: 8, rows: 8, bits: 8), frameIndex: 0,
            options: .init(size: .init(columns: 2, rows: 2)))
        #expect(shown.pixels.allSatisfy { abs(Int($0) - 128) <= 2 })
    }

    @Test func cutsOutAndMirrorsARegion() throws {
        let frame: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9]
        func shown(_ region: RenderingOptions.Region) throws -> [UInt8] {
            try Renderer.raster(
                frame: frame, image(columns: 3, rows: 3, bits: 8), frameIndex: 0, options: .init(region: region)
            ).pixels
        }
        #expect(try shown(.init(x: 1, y: 1, columns: 5, rows: 5)) == [5, 6, 8, 9])
        #expect(try shown(.init(x: 0, y: 0, columns: -2, rows: -3)) == [8, 7, 5, 4, 2, 1])
        #expect(throws: ImageError.self) { try shown(.init(x: 3, y: 0, columns: 1, rows: 1)) }
        #expect(throws: ImageError.self) { try shown(.init(x: .max, y: .min, columns: .max, rows: .min)) }
    }

    @Test(arguments: [
        RenderingOptions(size: .init(columns: 1_000_000, rows: 1_000_000)),
        RenderingOptions(size: .init(columns: 65_535, rows: 1)), RenderingOptions(size: .init(columns: 0, rows: 0)),
        RenderingOptions(size: .init(columns: .min, rows: .max)), RenderingOptions(quality: 0),
        RenderingOptions(quality: .max), RenderingOptions(window: Window(center: .nan, width: 1)),
        RenderingOptions(window: Window(center: 0, width: 0)),
        RenderingOptions(window: Window(center: 0, width: .infinity)),
    ])
    func refusesOptionsOutOfRange(_ options: RenderingOptions) {
        #expect(throws: ImageError.self) {
            try Renderer.jpeg(frame: [0], image(columns: 1, bits: 8), frameIndex: 0, options: options)
        }
    }

    @Test func refusesFramesThatAreNotThereOrNotWhole() {
        let dataSet = image(columns: 4, bits: 8)
        #expect(throws: ImageError.self) { try Renderer.jpeg(frame: [1, 2, 3], dataSet, frameIndex: 0) }
        #expect(throws: ImageError.self) { try Renderer.jpeg(frame: [1, 2, 3, 4], dataSet, frameIndex: 1) }
        #expect(throws: ImageError.self) { try Renderer.jpeg(frame: [], DataSet(), frameIndex: 0) }
    }

    @Test func writesJPEGAndPNG() throws {
        let dataSet = image(columns: 8, rows: 8, bits: 8)
        let frame = [UInt8](repeating: 90, count: 64)
        let jpeg = try Renderer.jpeg(frame: frame, dataSet, frameIndex: 0)
        #expect(jpeg.prefix(2) == [0xFF, 0xD8] && jpeg.suffix(2) == [0xFF, 0xD9])
        let description = try PixelDescription(rows: 8, columns: 8, bitsAllocated: 8)
        #expect(try JPEGCodec.samples(jpeg, description).allSatisfy { abs(Int($0) - 90) <= 1 })
        let png = try Renderer.png(frame: frame, dataSet, frameIndex: 0)
        #expect(png.starts(with: [0x89, 0x50, 0x4E, 0x47]))
    }
}
