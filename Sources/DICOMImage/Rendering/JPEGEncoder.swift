import CTurboJPEG

/// Rasters as JPEG, by libjpeg-turbo.
enum JPEGEncoder {
    /// The resolution that colours keep.
    enum Chroma {
        case full, halvedHorizontally, halved

        fileprivate var sampling: TJSAMP {
            switch self {
            case .full: TJSAMP_444
            case .halvedHorizontally: TJSAMP_422
            case .halved: TJSAMP_420
            }
        }
    }

    /// - Parameters:
    ///   - quality: 1…100.
    ///   - chroma: full from quality 90 on, unless told.
    /// - Throws: ``ImageError/tooLarge(_:)`` when the library has no memory for it.
    static func encode(_ raster: Raster, quality: Int, chroma: Chroma? = nil) throws -> [UInt8] {
        guard let compressor = tjInitCompress() else { throw failure }
        defer { tjDestroy(compressor) }
        let isGrey = raster.channels == 1
        let format = Int32((isGrey ? TJPF_GRAY : TJPF_RGB).rawValue)
        let chroma = chroma ?? (quality >= 90 ? .full : .halved)
        let sampling = Int32((isGrey ? TJSAMP_GRAY : chroma.sampling).rawValue)
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
