import CGIF

/// Writes pictures of one size as a GIF, through giflib; a class because the library's file is closed once.
final class GIFWriter {
    /// Where the library puts its bytes; a class because it keeps the address between calls.
    private final class Output {
        var bytes: [UInt8] = []
    }

    private static let failure = ImageError.tooLarge("The image cannot be encoded as GIF.")
    private let output = Output()
    private let (columns, rows): (Int32, Int32)
    /// The colours of pictures that do not bring their own.
    private let colours: [UInt8]
    private var file: UnsafeMutablePointer<GifFileType>?

    /// Begins a file whose colours are those of its first picture.
    ///
    /// - Parameter isAnimated: the pictures are shown again and again.
    /// - Throws: ``ImageError/tooLarge(_:)`` when the library has no memory for it, as all that follow.
    init(columns: Int, rows: Int, colours: [UInt8], isAnimated: Bool) throws {
        (self.columns, self.rows, self.colours) = (Int32(columns), Int32(rows), colours)
        file = EGifOpen(Unmanaged.passUnretained(output).toOpaque(), Self.receive, nil)
        EGifSetGifVersion(file, true)
        try Self.withMap(colours) { map in
            try Self.check(EGifPutScreenDesc(file, self.columns, self.rows, 8, 0, map))
        }
        if isAnimated { try loopForEver() }
    }

    deinit { if file != nil { EGifCloseFile(file, nil) } }

    /// - Parameter delay: hundredths of a second.
    func add(_ picture: IndexedPicture, delay: Int) throws {
        var control = GraphicsControlBlock(
            DisposalMode: DISPOSE_DO_NOT, UserInputFlag: false, DelayTime: Int32(delay),
            TransparentColor: NO_TRANSPARENT_COLOR)
        var extensionBytes = [UInt8](repeating: 0, count: 4)
        EGifGCBToExtension(&control, &extensionBytes)
        try Self.check(EGifPutExtension(file, GRAPHICS_EXT_FUNC_CODE, 4, extensionBytes))
        try Self.withMap(picture.colours == colours ? [] : picture.colours) { map in
            try Self.check(EGifPutImageDesc(file, 0, 0, columns, rows, false, map))
        }
        var indices = picture.indices  // the library masks them in place
        try Self.check(EGifPutLine(file, &indices, columns * rows))
    }

    /// Ends the file.
    func finish() throws {
        let status = EGifCloseFile(file, nil)
        file = nil
        try Self.check(status)
    }

    /// The bytes that were made since the last call.
    func take() -> ArraySlice<UInt8> {
        defer { output.bytes = [] }
        return output.bytes[...]
    }

    /// The extension that Netscape brought: no count of rounds is for ever.
    private func loopForEver() throws {
        try Self.check(EGifPutExtensionLeader(file, APPLICATION_EXT_FUNC_CODE))
        try Self.check(EGifPutExtensionBlock(file, 11, "NETSCAPE2.0"))
        try Self.check(EGifPutExtensionBlock(file, 3, [1, 0, 0] as [UInt8]))
        try Self.check(EGifPutExtensionTrailer(file))
    }

    /// Lends a colour table with as many entries as the format wants, a power of 2; none for no colours.
    private static func withMap(
        _ colours: [UInt8], _ body: (UnsafeMutablePointer<ColorMapObject>?) throws -> Void
    ) throws {
        if colours.isEmpty { return try body(nil) }
        let size = Int32(1) << GifBitSize(Int32(colours.count / 3))
        guard let map = GifMakeMapObject(size, nil) else { throw failure }
        defer { GifFreeMapObject(map) }
        for place in 0..<colours.count / 3 {
            map.pointee.Colors[place] = GifColorType(
                Red: colours[place * 3], Green: colours[place * 3 + 1], Blue: colours[place * 3 + 2])
        }
        try body(map)
    }

    private static let receive: OutputFunc = { file, bytes, count in
        guard let user = file?.pointee.UserData, let bytes else { return 0 }
        let output = Unmanaged<Output>.fromOpaque(user).takeUnretainedValue()
        output.bytes += UnsafeBufferPointer(start: bytes, count: Int(count))
        return count
    }

    private static func check(_ status: Int32) throws {
        guard status == GIF_OK else { throw failure }
    }
}
