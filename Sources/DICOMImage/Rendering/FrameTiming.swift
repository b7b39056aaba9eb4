import DICOM

/// How long each frame of an animation is shown.
///
/// - SeeAlso: PS3.3 §C.7.6.5.
struct FrameTiming {
    /// Milliseconds of an image that does not say; also what browsers take for a delay that they hold for a mistake.
    private static let usual = 100.0
    /// Milliseconds that a frame may last; others are mistakes.
    private static let credible = 1.0...60_000
    /// Hundredths of a second: browsers show a frame of less for ten, and the format has 16 bits.
    private static let delays = 2...65_535

    /// From each frame to the next, in milliseconds; the last one counts for all that follow.
    private let increments: [Double]
    /// What was asked for so far, and what was given.
    private var (wanted, given) = (0.0, 0)

    /// Takes the rate that the image recommends, else its real times, else its Cine Rate.
    init(_ image: DataSet) {
        let vector = Array(image.doubles(.frameTimeVector).dropFirst())  // the first is the time before frame 1
        let candidates = [
            [1_000 / (image.double(.recommendedDisplayFrameRate) ?? 0)], vector, [image.double(.frameTime) ?? 0],
            [1_000 / (image.double(.cineRate) ?? 0)],
        ]
        increments =
            candidates.first { !$0.isEmpty && $0.allSatisfy(Self.credible.contains) } ?? [Self.usual]
    }

    /// The delay of the next frame in hundredths of a second, rounded so that the errors do not add up.
    ///
    /// - Parameter index: 0-based.
    mutating func delay(ofFrame index: Int) -> Int {
        wanted += increments[min(index, increments.count - 1)] / 10
        let delay = min(Self.delays.upperBound, max(Self.delays.lowerBound, Int(wanted.rounded()) - given))
        given += delay
        return delay
    }
}
