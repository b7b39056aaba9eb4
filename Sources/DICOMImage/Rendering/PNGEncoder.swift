import CLibPNG

/// Rasters as PNG, by libpng's simplified interface, which needs no setjmp.
enum PNGEncoder {
    /// - Throws: ``ImageError/tooLarge(_:)`` when the library has no memory for it.
    static func encode(_ raster: Raster) throws -> [UInt8] {
        var image = png_image()
        image.version = UInt32(PNG_IMAGE_VERSION)
        image.width = UInt32(raster.columns)
        image.height = UInt32(raster.rows)
        image.format = raster.channels == 1 ? UInt32(PNG_FORMAT_GRAY) : UInt32(PNG_FORMAT_RGB)
        image.flags = UInt32(PNG_IMAGE_FLAG_FAST)
        defer { png_image_free(&image) }
        let raw = raster.pixels.count + raster.rows  // each row has a filter byte
        var length = raw + raw / 100 + 65_536  // deflate never needs so much more, nor do the chunks
        var isWritten = false
        let result = [UInt8](unsafeUninitializedCapacity: length) { buffer, written in
            isWritten = png_image_write_to_memory(&image, buffer.baseAddress, &length, 0, raster.pixels, 0, nil) != 0
            written = isWritten ? length : 0
        }
        guard isWritten else { throw ImageError.tooLarge("The image cannot be encoded as PNG.") }
        return result
    }
}
