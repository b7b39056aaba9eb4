/// What the samples of a pixel mean.
///
/// - SeeAlso: PS3.3 §C.7.6.3.1.2.
package enum PhotometricInterpretation: String, Sendable {
    case monochrome1 = "MONOCHROME1"
    case monochrome2 = "MONOCHROME2"
    case paletteColor = "PALETTE COLOR"
    case rgb = "RGB"
    case ybrFull = "YBR_FULL"
    case ybrFull422 = "YBR_FULL_422"
    case ybrPartial420 = "YBR_PARTIAL_420"
    case ybrPartial422 = "YBR_PARTIAL_422"
    case ybrICT = "YBR_ICT"
    case ybrRCT = "YBR_RCT"

    /// Luminance and two colour differences that a native frame holds at half the horizontal resolution.
    var isHorizontallySubsampled: Bool { self == .ybrFull422 || self == .ybrPartial422 }

    /// Luminance and colour differences that decoding leaves as they are.
    var isYBR: Bool { isPartial || self == .ybrFull || self == .ybrFull422 }

    /// Luminance from 16 to 235 and colour differences from 16 to 240, as television had it.
    var isPartial: Bool { self == .ybrPartial420 || self == .ybrPartial422 }

    var isMonochrome: Bool { self == .monochrome1 || self == .monochrome2 }

    var samplesPerPixel: Int { isMonochrome || self == .paletteColor ? 1 : 3 }
}
