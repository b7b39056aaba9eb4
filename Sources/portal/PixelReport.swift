import Crypto
import DICOM
import DICOMImage
import HTTPModel

/// Facts of an image and of each of its frames, as text and as JSON.
struct PixelReport {
    private struct Frame {
        let index: Int
        let ranges: [Range<Int>]
        let facts: Result<FrameFacts, any Error>
    }

    private let image: ImageFile

    init(_ image: ImageFile) { self.image = image }

    /// Decodes one frame after the other.
    private var frames: some Sequence<Frame> {
        (0..<image.description.frameCount).lazy.map { index in
            Frame(
                index: index, ranges: image.file.frames.ranges(of: index),
                facts: Result { try FrameFacts(image.frame(index), image.description) })
        }
    }

    var text: String {
        let (description, syntax) = (image.description, image.file.transferSyntax.uid.text)
        let name = DataDictionary.name(ofUID: syntax).map { "\($0), \(syntax)" } ?? syntax
        var text = """
            transfer syntax  \(name)
            frame            \(description.columns) columns × \(description.rows) rows, \(description.photometric.rawValue)
            samples          \(description.samplesPerPixel) a pixel, \(description.bitsStored) of \
            \(description.bitsAllocated) bits, \(description.isSigned ? "signed" : "unsigned")
            frames           \(description.frameCount)

            """
        for frame in frames {
            let bytes = frame.ranges.reduce(0) { $0 + $1.count }
            text += "  \(frame.index + 1): \(bytes) bytes from byte \(frame.ranges.first?.lowerBound ?? 0); "
            switch frame.facts {
            case .success(let facts):
                text += "\(facts.minimum) to \(facts.maximum), mean \(facts.mean), SHA-256 \(Self.hash(facts))\n"
            case .failure(let error): text += "\(error)\n"
            }
        }
        return text
    }

    var json: String {
        let description = image.description
        let frames = frames.map { frame in
            let ranges = frame.ranges.map { "[\($0.lowerBound),\($0.count)]" }.joined(separator: ",")
            let place = "\"ranges\":[\(ranges)]"
            switch frame.facts {
            case .success(let facts):
                return "{\(place),\"minimum\":\(Self.number(facts.minimum)),\"maximum\":\(Self.number(facts.maximum)),"
                    + "\"mean\":\(Self.number(facts.mean)),\"sha256\":\"\(Self.hash(facts))\"}"
            case .failure(let error):
                var json = "{\(place),\"error\":"
                JSONText.append("\(error)", to: &json)
                return json + "}"
            }
        }
        return "{\"transferSyntax\":\"\(image.file.transferSyntax.uid)\",\"rows\":\(description.rows),"
            + "\"columns\":\(description.columns),\"samplesPerPixel\":\(description.samplesPerPixel),"
            + "\"photometricInterpretation\":\"\(description.photometric.rawValue)\","
            + "\"bitsAllocated\":\(description.bitsAllocated),\"bitsStored\":\(description.bitsStored),"
            + "\"isSigned\":\(description.isSigned),\"frames\":[\(frames.joined(separator: ","))]}"
    }

    private static func number(_ number: Double) -> String { number.isFinite ? "\(number)" : "null" }

    private static func hash(_ facts: FrameFacts) -> String {
        SHA256.hash(data: facts.values).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
