import DICOM
import Glibc

/// A VOI window: which values become black, white and the greys between.
///
/// - SeeAlso: PS3.3 §C.11.2.1.2, §C.11.2.1.3.
package struct Window: Sendable, Equatable {
    /// The form of the curve, under PS3.3's Defined Terms.
    package enum Shape: String, Sendable {
        case linear = "LINEAR"
        case linearExact = "LINEAR_EXACT"
        case sigmoid = "SIGMOID"
    }

    package let center: Double
    package let width: Double
    package let shape: Shape

    package init(center: Double, width: Double, shape: Shape = .linear) {
        (self.center, self.width, self.shape) = (center, width, shape)
    }

    /// The first window of `dataSet`, or nil when it has none that can be used.
    init?(_ dataSet: DataSet) {
        guard let center = dataSet.double(.windowCenter), let width = dataSet.double(.windowWidth) else { return nil }
        let shape = Shape(rawValue: dataSet.string(.voiLUTFunction) ?? "") ?? .linear
        self.init(center: center, width: width, shape: shape)
        guard isUsable else { return nil }
    }

    /// The window that shows `lowest` as black and `highest` as white.
    init(from lowest: Double, to highest: Double) {
        let width = highest > lowest ? highest - lowest : 1
        self.init(center: lowest + width / 2, width: width, shape: .linearExact)
    }

    var isUsable: Bool { center.isFinite && width.isFinite && width > 0 }

    /// The grey, 0…255, of a value behind the modality transform.
    func grey(_ value: Double) -> Double {
        switch shape {
        case .sigmoid: return 255 / (1 + exp(-4 * (value - center) / width))
        case .linear where width >= 1:
            let (middle, reach) = (center - 0.5, width - 1)
            if value <= middle - reach / 2 { return 0 }
            return value > middle + reach / 2 ? 255 : ((value - middle) / reach + 0.5) * 255
        case .linear, .linearExact:  // LINEAR is not defined for a width below 1
            if value <= center - width / 2 { return 0 }
            return value > center + width / 2 ? 255 : ((value - center) / width + 0.5) * 255
        }
    }
}
