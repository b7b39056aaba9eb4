import DICOM

/// What is written on a picture beside the image.
///
/// - SeeAlso: PS3.18 §8.3.5.1.1.
package enum Annotation: String, Sendable {
    /// Who the patient is.
    case patient
    /// How and when the image was made.
    case technique
}

/// The words of annotations, taken from what the image has; the same in every language.
struct AnnotationText {
    let image: DataSet
    let attributes: FrameAttributes
    /// 0-based.
    let frame: Int
    /// The window that the frame is shown in, if it is one.
    let window: Window?

    func lines(_ annotation: Annotation) -> [String] {
        let lines =
            switch annotation {
            case .patient:
                [
                    name, labelled("ID", image.string(.patientID)),
                    joined([date(.patientBirthDate), image.string(.patientSex)]),
                ]
            case .technique:
                [
                    joined([image.string(.modality), date(.studyDate), time(.studyTime)]),
                    image.string(.seriesDescription), exposure, timing, windowing, place,
                ]
            }
        return lines.compactMap { $0 }
    }

    /// Family name, given and middle ones, as the pages show them.
    private var name: String? {
        guard let name = image.personName(.patientName) else { return nil }
        let groups = [name.alphabetic, name.ideographic, name.phonetic].map { PersonName(alphabetic: $0).components }
        return groups.lazy.compactMap { joined([$0[0].uppercased(), $0[1], $0[2]], by: " ") }.first
    }

    private var exposure: String? {
        let measures = attributes.macro(.pixelMeasuresSequence)
        return joined([
            quantity(image.double(.kvp), "kV"), quantity(image.double(.exposure), "mAs"),
            quantity(measures.double(.sliceThickness), "mm"),
        ])
    }

    private var timing: String? {
        joined([
            labelled("TR", quantity(image.double(.repetitionTime), "ms")),
            labelled("TE", quantity(image.double(.echoTime), "ms")),
        ])
    }

    private var windowing: String? {
        guard let window else { return nil }
        return joined([labelled("C", quantity(window.center)), labelled("W", quantity(window.width))])
    }

    private var place: String? {
        let frames = image.int(.numberOfFrames) ?? 1
        return joined([
            labelled("Image", image.string(.instanceNumber)), frames > 1 ? "Frame \(frame + 1)/\(frames)" : nil,
            image.string(.imageLaterality) ?? image.string(.laterality), image.string(.viewPosition),
        ])
    }

    /// `1960-05-12`, or the text when it is no date.
    private func date(_ tag: Tag) -> String? {
        guard let text = image.string(tag) else { return nil }
        guard text.utf8.count == 8, Int(text) != nil else { return text }
        return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    }

    /// `07:27`, or the text when it is no time.
    private func time(_ tag: Tag) -> String? {
        guard let text = image.string(tag) else { return nil }
        guard text.utf8.count >= 4, Int(text.prefix(4)) != nil else { return text }
        return "\(text.prefix(2)):\(text.dropFirst(2).prefix(2))"
    }

    /// At most two decimals.
    private func quantity(_ number: Double?, _ unit: String? = nil) -> String? {
        guard let number, number.magnitude < 1e9 else { return nil }
        let hundredths = (number * 100).rounded() / 100
        let text = hundredths == hundredths.rounded() ? "\(Int(hundredths))" : "\(hundredths)"
        return joined([text, unit], by: " ")
    }

    private func labelled(_ label: String, _ text: String?) -> String? { text.map { "\(label) \($0)" } }

    /// What there is, or nil.
    private func joined(_ parts: [String?], by separator: String = "  ") -> String? {
        let present = parts.compactMap { $0 }.filter { !$0.isEmpty }
        return present.isEmpty ? nil : present.joined(separator: separator)
    }
}
