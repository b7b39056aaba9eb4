import DICOM
import DICOMImage

/// A frame whose description stands in its first six bytes: rows, columns, form, bits stored, high bit, sign.
struct FuzzedFrame {
    private let description: PixelDescription
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) throws {
        guard bytes.count > 6 else { throw ImageError.corrupt("There is no frame.") }
        let isColour = bytes[2] & 1 == 1
        let allocated = [1, 8, 16, 32][Int(bytes[2] >> 1) % 4]
        description = try PixelDescription(
            rows: Int(bytes[0]), columns: Int(bytes[1]), samplesPerPixel: isColour ? 3 : 1, bitsAllocated: allocated,
            bitsStored: Int(bytes[3]), highBit: Int(bytes[4]), isSigned: bytes[5] & 1 == 1,
            photometric: isColour ? (bytes[5] & 2 == 0 ? .rgb : .ybrFull) : .monochrome2)
        self.bytes = Array(bytes.dropFirst(6))
    }

    func decode(_ syntax: TransferSyntax) throws {
        let native = try FrameDecoder.decode(bytes, description, syntax: syntax)
        _ = try FrameFacts(native, description)
    }

    /// What an encoder takes comes back with the same values.
    func encode() throws {
        guard description.bitsAllocated > 1 else { return }
        let frame = (0..<description.decodedFrameLength).map { bytes[$0 % bytes.count] }
        let photometric = description.photometric
        for syntax in FrameEncoder.lossless {
            guard let coded = try? FrameEncoder.encode(frame, description, photometric: photometric, syntax: syntax)
            else { continue }
            let back = try FrameDecoder.decode(coded, description, syntax: syntax)
            let isSame = try FrameFacts(back, description).values == FrameFacts(frame, description).values
            precondition(isSame || description.highBit + 1 != description.bitsStored, "\(syntax.uid) loses pixels")
        }
    }
}
