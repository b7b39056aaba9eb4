import DICOM
import Testing

@testable import DICOMImage

@Suite struct AnnotationTests {
    private typealias Tag = DICOM.Tag  // Testing has a Tag too

    private static let grey: UInt8 = 100

    private func image(side: Int = 256, isColour: Bool = false, _ more: [DataElement]) -> MadeImage {
        let frame = [UInt8](repeating: Self.grey, count: side * side * (isColour ? 3 : 1))
        let unicode = MadeImage.text(.specificCharacterSet, .CS, "ISO_IR 192")
        return MadeImage(columns: side, rows: side, frames: [frame], isColour: isColour, more: [unicode] + more)
    }

    private func patient(_ name: String) -> [DataElement] {
        [
            MadeImage.text(.patientName, .PN, name), MadeImage.text(.patientID, .LO, "P1"),
            MadeImage.text(.patientBirthDate, .DA, "19600512"), MadeImage.text(.patientSex, .CS, "F"),
        ]
    }

    private let technique = [
        MadeImage.text(.modality, .CS, "CT"), MadeImage.text(.studyDate, .DA, "20040119"),
        MadeImage.text(.studyTime, .TM, "072730.5"), MadeImage.text(.seriesDescription, .LO, "Thorax"),
        MadeImage.text(.kvp, .DS, "120.000"), MadeImage.text(.exposure, .IS, "200"),
        MadeImage.text(.sliceThickness, .DS, "1.25"), MadeImage.text(.instanceNumber, .IS, "12"),
        MadeImage.text(.imageLaterality, .CS, "L"),
    ]

    private func raster(_ image: MadeImage, _ annotations: Set<Annotation>) throws -> Raster {
        try Renderer.raster(
            frame: image.frames[0], image.dataSet, frameIndex: 0, options: RenderingOptions(annotations: annotations))
    }

    /// The rows and columns in which something is not the ground.
    private func written(_ raster: Raster) throws -> (rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
        let places = raster.pixels.indices.filter { raster.pixels[$0] != Self.grey }.map { $0 / raster.channels }
        let (rows, columns) = (places.map { $0 / raster.columns }, places.map { $0 % raster.columns })
        return (
            try #require(rows.min())...(try #require(rows.max())),
            try #require(columns.min())...(try #require(columns.max()))
        )
    }

    private func lines(_ annotation: Annotation, _ elements: [DataElement], window: Window? = nil) -> [String] {
        let dataSet = image(elements).dataSet
        let attributes = FrameAttributes(dataSet, frame: 0)
        return AnnotationText(image: dataSet, attributes: attributes, frame: 0, window: window).lines(annotation)
    }

    @Test func saysWhoThePatientIs() {
        #expect(lines(.patient, patient("Bauer^Anna^Maria^Dr.")) == ["BAUER Anna Maria", "ID P1", "1960-05-12  F"])
        #expect(lines(.patient, patient("=山田^太郎"))[0] == "山田 太郎")
        #expect(lines(.patient, patient("^^"))[0] == "ID P1")
        #expect(lines(.patient, []).isEmpty)
    }

    @Test func saysHowTheImageWasMade() {
        let expected = [
            "CT  2004-01-19  07:27", "Thorax", "120 kV  200 mAs  1.25 mm", "C 40  W 400.5", "Image 12  L",
        ]
        #expect(lines(.technique, technique, window: Window(center: 40, width: 400.5)) == expected)
        #expect(lines(.technique, [MadeImage.text(.repetitionTime, .DS, "500")]) == ["TR 500 ms"])
        let odd = [MadeImage.text(.studyDate, .DA, "2004.01"), MadeImage.text(.kvp, .DS, "1e300")]
        #expect(lines(.technique, odd) == ["2004.01"])
    }

    @Test(arguments: [false, true])
    func writesInItsCornerAndNowhereElse(_ isColour: Bool) throws {
        let image = image(isColour: isColour, patient("Bauer^Anna") + technique)
        let plain = try raster(image, [])
        #expect(plain.pixels.allSatisfy { $0 == Self.grey })
        let who = try written(raster(image, [.patient]))
        #expect(who.rows.lowerBound > 0 && who.rows.upperBound < 64)
        #expect(who.columns.lowerBound > 0 && who.columns.upperBound < 128)
        let how = try written(raster(image, [.technique]))
        #expect(how.rows.lowerBound > 128 && how.rows.upperBound < 255)
        let both = try raster(image, [.patient, .technique])
        #expect(both.channels == (isColour ? 3 : 1))
        #expect(both.pixels.contains(0) && both.pixels.contains(255))
        #expect(try written(both).rows == who.rows.lowerBound...how.rows.upperBound)
    }

    @Test(arguments: [
        String(repeating: "W", count: 64), String(repeating: "Very long ", count: 10_000), "山田^太郎", "👩‍⚕️🩻^🏳️‍🌈",
        "محمد^علي", "כהן^דוד", "a\u{301}\u{301}\u{301}^\u{202E}x\u{200B}", "\u{1}\u{7F}\n^\t", "Ångström^Żółć Æ ẞ",
    ])
    func staysInsideWhateverTheNameIs(_ name: String) throws {
        for side in [64, 65, 100, 700] {
            let place = try written(raster(image(side: side, patient(name)), [.patient]))
            #expect(place.rows.lowerBound > 0 && place.rows.upperBound <= side / 2)
            #expect(place.columns.lowerBound > 0 && place.columns.upperBound < side - 1)
        }
    }

    @Test func shortensWhatDoesNotFit() throws {
        let typeface = try Typeface(size: 12)
        let whole = typeface.line("iiii", room: 1_000, border: 0).columns
        #expect(typeface.line("iiii", room: whole, border: 0).columns == whole)
        #expect(typeface.line(String(repeating: "i", count: 500), room: whole * 3, border: 0).columns <= whole * 3)
        let dots = typeface.line("…", room: 1_000, border: 0)
        #expect(typeface.line("WWWWWWWWWW", room: dots.columns, border: 0).values == dots.values)
    }

    @Test func showsABoxForWhatItCannotSet() throws {
        let typeface = try Typeface(size: 12)
        let box = typeface.line("山", room: 1_000, border: 0)
        #expect(box.values.contains { $0 > 0 })
        #expect(typeface.line("م", room: 1_000, border: 0).values == box.values)
        #expect(typeface.line("\u{200B}", room: 1_000, border: 0).columns == 0)
        #expect(typeface.line("é", room: 1_000, border: 0).values != box.values)
    }

    @Test func refusesAPictureWithoutRoom() throws {
        #expect(throws: ImageError.invalidOption("Annotations need a picture of at least 64 × 64 pixels.")) {
            try raster(image(side: 63, patient("A^B")), [.patient])
        }
    }

    @Test func saysThatThereIsNoFont() {
        #expect(throws: ImageError.self) { try Typeface(size: 12, path: "/nowhere/font.ttf") }
        #expect(throws: ImageError.self) { try Typeface(size: 12, path: #filePath) }
    }

    @Test func isWrittenOnAnimationsToo() throws {
        let image = image(patient("Bauer^Anna"))
        let options = RenderingOptions(annotations: [.patient])
        var bytes: [UInt8] = []
        try image.file().gif(frames: 0..<1, options: options) { bytes += $0 }
        let shown = try DecodedGIF(bytes).frames.map(\.pixels)
        #expect(shown == [try raster(image, [.patient]).pixels.flatMap { [$0, $0, $0] }])
    }
}
