import CFreeType

/// DejaVu Sans in one size, through FreeType; a class because the library is closed once.
///
/// Glyphs are set one after the other from left to right. Scripts that need more than that, and characters that the font
/// does not have, show as boxes: a name that cannot be read is better than one that reads wrongly.
final class Typeface {
    /// Where Debian's package fonts-dejavu-core has it.
    static let path = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"

    private struct Glyph {
        let index: FT_UInt
        /// Pixels.
        let advance: Int
    }

    /// Characters of a line that are looked at.
    private static let longest = 512
    /// Hebrew, Arabic and others that are written from right to left.
    private static let rightToLeft: [ClosedRange<UInt32>] = [
        0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x1_0800...0x1_0FFF, 0x1_E800...0x1_EFFF,
    ]

    /// Pixels from one line to the next.
    let lineHeight: Int
    private let ascent: Int
    private let library: FT_Library
    private let face: FT_Face

    /// - Parameter size: of an em, in pixels.
    /// - Throws: ``ImageError/unsupported(_:)`` when there is no font at `path`.
    init(size: Int, path: String = Typeface.path) throws {
        var (opened, loaded): (FT_Library?, FT_Face?)
        guard FT_Init_FreeType(&opened) == 0, let library = opened else { throw Self.failure }
        guard FT_New_Face(library, path, 0, &loaded) == 0, let face = loaded,
            FT_Set_Pixel_Sizes(face, 0, FT_UInt(size)) == 0
        else {
            FT_Done_FreeType(library)  // and the face with it
            throw Self.failure
        }
        (self.library, self.face) = (library, face)
        let metrics = face.pointee.size.pointee.metrics
        (ascent, lineHeight) = (Self.pixels(metrics.ascender), Self.pixels(metrics.height))
    }

    deinit { FT_Done_FreeType(library) }

    /// Sets one line, shortened with … when it is wider than `room` pixels.
    ///
    /// - Parameter border: empty pixels around it.
    func line(_ text: String, room: Int, border: Int) -> Coverage {
        let glyphs = fitting(text.unicodeScalars.lazy.filter(Self.isShown).prefix(Self.longest).map(glyph), room)
        let width = glyphs.reduce(0) { $0 + $1.advance }
        var coverage = Coverage(columns: width + 2 * border, rows: lineHeight + 2 * border)
        var pen = border
        for glyph in glyphs {
            draw(glyph, at: pen, border + ascent, in: &coverage)
            pen += glyph.advance
        }
        return coverage
    }

    private func fitting(_ glyphs: [Glyph], _ room: Int) -> [Glyph] {
        var (glyphs, width) = (glyphs, glyphs.reduce(0) { $0 + $1.advance })
        if width <= room { return glyphs }
        let ellipsis = glyph(of: "…")
        while let last = glyphs.last, width + ellipsis.advance > room {
            width -= last.advance
            glyphs.removeLast()
        }
        return glyphs + [ellipsis]
    }

    /// The glyph of a character, or the box that stands for one that is missing.
    private func glyph(of scalar: Unicode.Scalar) -> Glyph {
        let isPlain = !Self.rightToLeft.contains { $0.contains(scalar.value) }
        let character = scalar.properties.isWhitespace || scalar.properties.generalCategory == .control ? " " : scalar
        let index = isPlain ? FT_Get_Char_Index(face, FT_ULong(character.value)) : 0
        guard FT_Load_Glyph(face, index, FT_LOAD_DEFAULT) == 0 else { return Glyph(index: 0, advance: 0) }
        return Glyph(index: index, advance: Self.pixels(face.pointee.glyph.pointee.advance.x))
    }

    private func draw(_ glyph: Glyph, at column: Int, _ baseline: Int, in coverage: inout Coverage) {
        guard FT_Load_Glyph(face, glyph.index, FT_Int32(FT_LOAD_RENDER)) == 0 else { return }
        let slot = face.pointee.glyph.pointee
        let bitmap = slot.bitmap
        guard bitmap.pixel_mode == UInt8(FT_PIXEL_MODE_GRAY.rawValue), let bytes = bitmap.buffer else { return }
        let (left, top) = (column + Int(slot.bitmap_left), baseline - Int(slot.bitmap_top))
        for row in 0..<Int(bitmap.rows) {
            for place in 0..<Int(bitmap.width) {
                coverage.cover(left + place, top + row, bytes[row * Int(bitmap.pitch) + place])
            }
        }
    }

    /// Not what is only there to steer bidirectional text, emoji and the like.
    private static func isShown(_ scalar: Unicode.Scalar) -> Bool { !scalar.properties.isDefaultIgnorableCodePoint }

    /// From FreeType's 64ths.
    private static func pixels(_ length: FT_Pos) -> Int { (Int(length) + 32) >> 6 }

    private static let failure = ImageError.unsupported(
        "Pictures cannot be annotated here: the font DejaVu Sans (fonts-dejavu-core) is missing or cannot be read.")
}
