import DICOM

/// From stored values to those of the modality, for example Hounsfield units.
///
/// - SeeAlso: PS3.3 §C.11.1, §C.7.6.16.2.9.
enum ModalityTransform {
    case rescale(slope: Double, intercept: Double)
    case table(LookupTable)

    static let identity = ModalityTransform.rescale(slope: 1, intercept: 0)

    init(_ image: DataSet, _ attributes: FrameAttributes, isSigned: Bool) {
        let source = attributes.macro(.pixelValueTransformationSequence)
        if let slope = source.double(.rescaleSlope), let intercept = source.double(.rescaleIntercept),
            slope.isFinite, intercept.isFinite, slope != 0
        {
            self = .rescale(slope: slope, intercept: intercept)
        } else if let item = image.items(.modalityLUTSequence).first,
            let table = LookupTable(item: item, isSigned: isSigned)
        {
            self = .table(table)
        } else {
            self = .identity
        }
    }

    var isIdentity: Bool {
        if case .rescale(1, 0) = self { return true }
        return false
    }

    /// Values can be negative although stored ones are not.
    var reachesBelowZero: Bool {
        if case .rescale(let slope, let intercept) = self { return intercept < 0 || slope < 0 }
        return false
    }

    func apply(_ stored: Double) -> Double {
        switch self {
        case .rescale(let slope, let intercept): stored * slope + intercept
        case .table(let table): Double(table[Int(min(0x1p32, max(-0x1p32, stored)))])
        }
    }
}
