import COpenJPEG
import Glibc

/// JPEG 2000 and High-Throughput JPEG 2000 by OpenJPEG.
///
/// - SeeAlso: PS3.5 §8.2.4, §8.2.14, §A.4.4.
enum JPEG2000Codec {
    static let family: Set<String> = Set(["90", "91", "201", "202", "203"].map { "1.2.840.10008.1.2.4.\($0)" })

    /// Somebody waits for one frame: its code blocks are shared out to the processors that are free.
    private static let threads = Int32(clamping: min(4, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    /// Pixels of a frame from which that pays.
    private static let smallestShared = 128 * 128

    /// Decodes one frame; a multiple component transform is undone, so that such a frame is RGB.
    ///
    /// - Throws: ``ImageError/corrupt(_:)`` when the stream is damaged, cut short or not what the description says.
    static func samples(_ bytes: [UInt8], _ description: PixelDescription) throws -> [UInt8] {
        let isFile = bytes.starts(with: [0, 0, 0, 12, 0x6A, 0x50, 0x20, 0x20])  // a JP2 signature box
        guard let codec = opj_create_decompress(isFile ? OPJ_CODEC_JP2 : OPJ_CODEC_J2K) else {
            throw ImageError.tooLarge("There is no memory to decode a JPEG 2000 frame.")
        }
        defer { opj_destroy_codec(codec) }
        var parameters = opj_dparameters_t()
        opj_set_default_decoder_parameters(&parameters)
        guard opj_setup_decoder(codec, &parameters) != 0 else {
            throw ImageError.tooLarge("The JPEG 2000 decoder cannot be set up.")
        }
        if description.pixelCount >= smallestShared { opj_codec_set_threads(codec, threads) }
        return try JPEG2000Codestream.ended(bytes).withUnsafeBytes { source in
            let reader = MemoryStream(source)
            return try reader.withStream { try decode(codec, stream: $0, description) }
        }
    }

    private static func decode(
        _ codec: UnsafeMutablePointer<opj_codec_t?>, stream: UnsafeMutablePointer<opj_stream_t?>,
        _ description: PixelDescription
    ) throws -> [UInt8] {
        var header: UnsafeMutablePointer<opj_image_t>?
        let isRead = opj_read_header(stream, codec, &header) != 0
        defer { opj_image_destroy(header) }
        guard isRead, let image = header else {
            throw ImageError.corrupt("The JPEG 2000 stream has no readable header.")
        }
        try check(image, description)
        guard opj_decode(codec, stream, image) != 0 else {
            throw ImageError.corrupt("The JPEG 2000 stream is damaged or cut short.")
        }
        try check(image, description)
        return try interleaved(image, description)
    }

    private static func check(_ image: UnsafeMutablePointer<opj_image_t>, _ description: PixelDescription) throws {
        let header = image.pointee
        let columns = Int(header.x1) - Int(header.x0)
        let rows = Int(header.y1) - Int(header.y0)
        guard columns == description.columns, rows == description.rows,
            Int(header.numcomps) == description.samplesPerPixel, let components = header.comps
        else {
            throw ImageError.corrupt(
                "The JPEG 2000 stream has \(columns) columns, \(rows) rows and \(header.numcomps) components.")
        }
        for index in 0..<description.samplesPerPixel {
            let component = components[index]
            guard component.dx == 1, component.dy == 1, Int(component.w) == columns, Int(component.h) == rows else {
                throw ImageError.unsupported("Subsampled components in JPEG 2000 are not supported.")
            }
            guard component.prec >= 1, Int(component.prec) <= max(8, description.bitsAllocated) else {
                throw ImageError.corrupt(
                    "The JPEG 2000 stream has samples of \(component.prec) bits, not \(description.bitsAllocated)."
                )
            }
        }
    }

    private static func interleaved(
        _ image: UnsafeMutablePointer<opj_image_t>, _ description: PixelDescription
    ) throws -> [UInt8] {
        let (count, width) = (description.samplesPerPixel, description.bytesPerSample)
        var samples = [UInt8](repeating: 0, count: description.decodedFrameLength)
        for index in 0..<count {
            guard let component = image.pointee.comps?[index], let values = component.data else {
                throw ImageError.corrupt("The JPEG 2000 stream lacks a component.")
            }
            let shift = signShift(component, description)
            let mask = Int32(truncatingIfNeeded: unsignedMask(component, description))
            samples.withUnsafeMutableBufferPointer { target in
                var place = index &* width
                for pixel in 0..<description.pixelCount {
                    let value = ((values[pixel] &<< shift) &>> shift) & mask
                    for byte in 0..<width {
                        target[place &+ byte] = UInt8(truncatingIfNeeded: value >> Int32(byte &* 8))
                    }
                    place &+= count &* width
                }
            }
        }
        return samples
    }

    /// A stream that calls signed samples unsigned leaves their upper bits empty.
    private static func signShift(_ component: opj_image_comp_t, _ description: PixelDescription) -> Int32 {
        description.isSigned && component.sgnd == 0 ? 32 - Int32(component.prec) : 0
    }

    /// A stream that calls unsigned samples signed fills them with copies of the highest one.
    private static func unsignedMask(_ component: opj_image_comp_t, _ description: PixelDescription) -> UInt32 {
        !description.isSigned && component.sgnd != 0 ? UInt32.max >> (32 - component.prec) : UInt32.max
    }
}
