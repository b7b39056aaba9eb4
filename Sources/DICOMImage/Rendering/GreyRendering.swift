import DICOM

/// The grey-scale pipeline: stored values, modality, value of interest, presentation.
///
/// - SeeAlso: PS3.4 §N.2; PS3.3 §C.7.6.3.1.2, §C.11.6.
struct GreyRendering {
    /// The part of a frame's values that a window made by us leaves out at either end.
    private static let outliers = 0.005
    private let values: StoredValues
    private let modality: ModalityTransform
    private let requested: VOITransform?
    private let isInverted: Bool
    private let padding: ClosedRange<Int>?
    private let isSegmentation: Bool

    init(
        _ samples: [UInt8], _ description: PixelDescription, _ image: DataSet, _ attributes: FrameAttributes,
        window: Window?
    ) {
        values = StoredValues(samples: samples, description: description)
        modality = ModalityTransform(image, attributes, isSigned: description.isSigned)
        requested = VOITransform(
            window, image, attributes, isSigned: description.isSigned || modality.reachesBelowZero)
        isInverted =
            description.photometric == .monochrome1 || image.string(.presentationLUTShape) == "INVERSE"
        padding = Self.padding(image, description)
        isSegmentation = image.string(.modality) == "SEG"
    }

    /// One byte for each pixel.
    func greys() -> [UInt8] {
        guard let size = values.tableSize else { return slowGreys() }
        let voi = requested ?? .window(automaticWindow(tableSize: size))
        let table = (0..<size).map { grey(Double(values.value(ofPattern: $0)), voi) }
        return [UInt8](unsafeUninitializedCapacity: values.description.pixelCount) { greys, written in
            table.withUnsafeBufferPointer { table in
                values.forEachPattern { greys[$0] = table[$1] }
            }
            written = values.description.pixelCount
        }
    }

    private func grey(_ stored: Double, _ voi: VOITransform) -> UInt8 {
        let grey = voi.grey(modality.apply(stored))
        return isInverted ? 255 - grey : grey
    }

    /// 32 bits and floating point: each pixel by itself.
    private func slowGreys() -> [UInt8] {
        let numbers = (0..<values.description.pixelCount).map(values.number(at:))
        let shown = numbers.lazy.filter(\.isFinite).map(modality.apply)
        let voi = requested ?? .window(Window(from: shown.min() ?? 0, to: shown.max() ?? 1))
        return numbers.map { $0.isFinite ? grey($0, voi) : (isInverted ? 255 : 0) }
    }

    /// Eight bits are shown as they are, everything else from nearly the least to nearly the greatest value.
    private func automaticWindow(tableSize: Int) -> Window {
        let description = values.description
        if description.bitsStored == 8, !description.isSigned, modality.isIdentity, !isSegmentation {
            return Window(from: 0, to: 255)
        }
        var histogram = [Int](repeating: 0, count: tableSize)
        histogram.withUnsafeMutableBufferPointer { histogram in
            values.forEachPattern { histogram[$1] &+= 1 }
        }
        let offset = description.isSigned ? tableSize / 2 : 0  // the pattern of the least value
        let ordered = (0..<tableSize).lazy.map { ($0 &+ offset) & (tableSize &- 1) }.filter { histogram[$0] > 0 }
            .map { (value: values.value(ofPattern: $0), count: histogram[$0]) }
            .filter { padding?.contains($0.value) != true }
        let present = Array(ordered)
        let total = present.reduce(0) { $0 &+ $1.count }
        let allowance = isSegmentation || tableSize <= 256 ? 0 : Int(Double(total) * Self.outliers)
        let lowest = Self.first(present, after: allowance)
        let highest = Self.first(present.reversed(), after: allowance)
        let ends = [lowest, highest].map { modality.apply(Double($0)) }
        return isSegmentation
            ? Window(from: 0, to: max(1, ends[1])) : Window(from: min(ends[0], ends[1]), to: max(ends[0], ends[1]))
    }

    private static func first(_ present: some Sequence<(value: Int, count: Int)>, after allowance: Int) -> Int {
        var seen = 0
        for (value, count) in present {
            seen &+= count
            if seen > allowance { return value }
        }
        return 0
    }

    /// Pixel Padding Value, to Pixel Padding Range Limit if there is one.
    private static func padding(_ image: DataSet, _ description: PixelDescription) -> ClosedRange<Int>? {
        guard let value = image.int(.pixelPaddingValue) else { return nil }
        let limit = image.int(.pixelPaddingRangeLimit) ?? value
        let ends = [value, limit].map { number in
            let low = number & 0xFFFF
            return description.isSigned && low > 0x7FFF ? low - 65_536 : low
        }
        return min(ends[0], ends[1])...max(ends[0], ends[1])
    }
}
