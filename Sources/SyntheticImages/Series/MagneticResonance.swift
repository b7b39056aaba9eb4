/// MR series of one contrast each.
///
/// - SeeAlso: PS3.3 §A.4, §C.8.3.1.
enum MagneticResonance {
    static let sopClass = "1.2.840.10008.5.1.4.1.1.4"

    /// A pulse sequence by what it is set to.
    struct Sequence: Sendable {
        let scanningSequence: String
        let echoTime: Double
        let repetitionTime: Double
        var inversionTime: Double?
        let window: (center: Double, width: Double)

        static let t1 = Sequence(
            scanningSequence: "SE", echoTime: 12, repetitionTime: 520, window: (center: 430, width: 900))
        static let t2 = Sequence(
            scanningSequence: "SE", echoTime: 98, repetitionTime: 4_200, window: (center: 520, width: 1_040))
        static let flair = Sequence(
            scanningSequence: "IR", echoTime: 110, repetitionTime: 9_000, inversionTime: 2_500,
            window: (center: 470, width: 940))
    }

    static func series(
        _ plan: SeriesPlan, _ phantom: Phantom, _ sequence: Sequence, grid: Phantom.Grid, start: Float, spacing: Float,
        count: Int, seed: UInt64
    ) -> SyntheticSeries {
        let slices = TransverseSlices(
            phantom: phantom, grid: grid, start: start, spacing: spacing, count: count, slope: 1, intercept: 0,
            grain: 14, maximum: 4_095, shading: 0.22, seed: seed)
        let frameOfReference = plan.frameOfReferenceUID
        return plan.series(
            (0..<count).map { index in
                plan.instance(index + 1) { attributes in
                    attributes.set([
                        "ImageType": "ORIGINAL\\PRIMARY\\OTHER", "PatientPosition": "HFS",
                        "ScanningSequence": .text(sequence.scanningSequence),
                        "SequenceVariant": "SK", "ScanOptions": "", "MRAcquisitionType": "2D",
                        "EchoTime": .numbers([sequence.echoTime]), "EchoTrainLength": 8,
                        "RepetitionTime": .numbers([sequence.repetitionTime]), "MagneticFieldStrength": 1.5,
                        "FlipAngle": 90, "WindowCenter": .numbers([sequence.window.center]),
                        "WindowWidth": .numbers([sequence.window.width]),
                    ])
                    if let time = sequence.inversionTime { attributes.set("InversionTime", .numbers([time])) }
                    slices.fill(&attributes, index, frameOfReferenceUID: frameOfReference)
                }
            })
    }
}
