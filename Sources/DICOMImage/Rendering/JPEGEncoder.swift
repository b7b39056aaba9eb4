import CTurboJPEG

/// Rasters as JPEG, by libjpeg-turbo.
enum JPEGEncoder {
    /// - Parameter quality: 1…100; from 90 on colours keep their full resolution.
    /// - Throws: ``ImageError/tooLarge(_:)`` when the library has no memory for it.
    static func encode(_ raster: Raster, quality: Int) throws -> [UInt8] {
        guard let compressor = tjInitCompress() else { throw failure }
        defer { tjDestroy(compressor) }
        let isGrey = raster.channels == 1
        let format = Int32((isGrey ? TJPF_GRAY : TJPF_RGB).rawValue)
        let sampling = Int32((isGrey ? TJSAMP_GRAY : quality >= 90 ? TJSAMP_444 : TJSAMP_420).rawValue)
        var result: UnsafeMutablePointer<UInt8>?
        var length: UInt = 0
        defer { tjFree(result) }
        let status = raster.pixels.withUnsafeBufferPointer {
            tjCompress2(
                compressor, $0.baseAddress, Int32(raster.columns), 0, Int32(raster.rows), format, &result, &length,
                sampling, Int32(quality), 0)
        }
        guard status == 0, let result else { throw failure }
        return Array(UnsafeBufferPointer(start: result, count: Int(length)))
    }

    private static let failure = ImageError.tooLarge("The image cannot be encoded as JPEG.")
}
