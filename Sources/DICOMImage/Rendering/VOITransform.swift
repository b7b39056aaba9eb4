import DICOM

/// From values of the modality to greys from 0 to 255.
///
/// - SeeAlso: PS3.3 §C.11.2.
enum VOITransform {
    case window(Window)
    case table(LookupTable)

    /// What the caller asks for, else the frame's VOI LUT, else its window; nil when it has neither.
    init?(_ requested: Window?, _ image: DataSet, _ attributes: FrameAttributes, isSigned: Bool) {
        if let requested {
            self = .window(requested)
        } else if let item = image.items(.voiLUTSequence).first,
            let table = LookupTable(item: item, isSigned: isSigned)
        {
            self = .table(table)
        } else if let window = Window(attributes.macro(.frameVOILUTSequence)) {
            self = .window(window)
        } else {
            return nil
        }
    }

    func grey(_ value: Double) -> UInt8 {
        switch self {
        case .window(let window): UInt8(min(255, max(0, window.grey(value).rounded())))
        case .table(let table):
            UInt8(Int(table[Int(min(1e6, max(-1e6, value.rounded())))]) * 255 / Int(table.maximum))
        }
    }
}
