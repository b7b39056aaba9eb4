import DICOM
import DICOMImage

/// The front doors through which strangers' bytes come in; each takes any bytes and must neither trap nor hang.
///
/// `scripts/fuzz` runs them under libFuzzer and the address sanitizer, the unit tests replay seeds without either.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// A data set without a file's head.
    case dataSet
    /// File Meta Information and what follows.
    case fileMeta
    /// Text in every character set.
    case characterSets
    /// DICOM JSON.
    case json
    /// The Native DICOM Model.
    case xml
    /// A whole file to a picture.
    case rendering
    /// Frames, behind six bytes that describe them.
    case rle, jpeg, jpegLS, jpeg2000, htj2k, deflatedFrame
    /// A frame through each encoder and back.
    case encoders

    /// Runs the target on `bytes`; whatever they are, it returns.
    package func run(_ bytes: [UInt8]) {
        do {
            try tryToUse(bytes)
        } catch is DICOMError {
        } catch is ImageError {
        } catch {
            fatalError("an error that is none of ours: \(error)")
        }
    }

    private func tryToUse(_ bytes: [UInt8]) throws {
        switch self {
        case .dataSet: try FuzzedFile.use(bytes)
        case .fileMeta: try FuzzedFile.use([UInt8](repeating: 0, count: 128) + Array("DICM".utf8) + bytes)
        case .characterSets: FuzzedText.use(bytes)
        case .json: try FuzzedFile.useJSON(bytes)
        case .xml: try FuzzedFile.useXML(bytes)
        case .rendering: try FuzzedFile.render(bytes)
        case .rle: try FuzzedFrame(bytes).decode(.rleLossless)
        case .jpeg: try FuzzedFrame(bytes).decode(.jpegExtended)
        case .jpegLS: try FuzzedFrame(bytes).decode(.jpegLSLossless)
        case .jpeg2000: try FuzzedFrame(bytes).decode(.jpeg2000)
        case .htj2k: try FuzzedFrame(bytes).decode(.htj2k)
        case .deflatedFrame: try FuzzedFrame(bytes).decode(.deflatedImageFrame)
        case .encoders: try FuzzedFrame(bytes).encode()
        }
    }
}
