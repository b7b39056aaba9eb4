/// What can be wrong with an image or with what is asked of it; the text is safe for strangers.
package enum ImageError: Error, Equatable, CustomStringConvertible {
    /// The image is sound, but this portal does not decode or show its kind.
    case unsupported(String)
    /// The attributes or the bytes contradict the Standard, each other or a codec.
    case corrupt(String)
    /// Decoding or showing it would take more than a named limit of ``ImageLimits``.
    case tooLarge(String)
    /// A rendering option is out of range.
    case invalidOption(String)

    package var description: String {
        switch self {
        case .unsupported(let text), .corrupt(let text), .tooLarge(let text), .invalidOption(let text): text
        }
    }
}
