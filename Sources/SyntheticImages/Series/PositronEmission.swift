/// PET series with what is needed to compute standardised uptake values.
///
/// - SeeAlso: PS3.3 §A.21, §C.8.9.
enum PositronEmission {
    static let sopClass = "1.2.840.10008.5.1.4.1.1.128"
    private static let halfLife = 6_586.2  // of fluorine-18, in seconds

    static func series(
        _ plan: SeriesPlan, _ phantom: Phantom, grid: Phantom.Grid, start: Float, spacing: Float, count: Int,
        seed: UInt64
    ) -> SyntheticSeries {
        let slices = TransverseSlices(
            phantom: phantom, grid: grid, start: start, spacing: spacing, count: count, slope: 0.001, intercept: 0,
            grain: 0.5, maximum: 65_535, seed: seed)
        let frameOfReference = plan.frameOfReferenceUID
        return plan.series(
            (0..<count).map { index in
                plan.instance(index + 1) { attributes in
                    attributes.set([
                        "ImageType": "ORIGINAL\\PRIMARY", "SeriesType": "STATIC\\IMAGE", "Units": "BQML",
                        "CountsSource": "EMISSION", "NumberOfSlices": .numbers([Double(count)]),
                        "DecayCorrection": "START", "CorrectedImage": "DECY\\ATTN\\SCAT\\RADL",
                        "CollimatorType": "NONE", "FrameReferenceTime": 0, "ActualFrameDuration": 180_000,
                        "ImageIndex": .numbers([Double(index + 1)]), "DecayFactor": 1, "RescaleIntercept": 0,
                        "RescaleSlope": 1, "WindowCenter": 12_000, "WindowWidth": 24_000,
                        "RadiopharmaceuticalInformationSequence": .items([tracer(plan)]),
                        "PatientOrientationCodeSequence": .items([recumbent]),
                        "PatientGantryRelationshipCodeSequence": .items([.code("102540008", "headfirst")]),
                    ])
                    slices.fill(&attributes, index, frameOfReferenceUID: frameOfReference)
                }
            })
    }

    private static var recumbent: Attributes {
        var posture = Attributes.code("102538003", "recumbent")
        posture.set("PatientOrientationModifierCodeSequence", .items([.code("40199007", "supine")]))
        return posture
    }

    private static func tracer(_ plan: SeriesPlan) -> Attributes {
        return Attributes([
            "Radiopharmaceutical": "Fluorodeoxyglucose",
            "RadiopharmaceuticalStartTime": .text(plan.study.injectionTime),
            "RadionuclideTotalDose": 250_000_000, "RadionuclideHalfLife": .numbers([halfLife]),
            "RadionuclidePositronFraction": 0.967,
            "RadionuclideCodeSequence": .items([.code("77004003", "^18^Fluorine")]),
        ])
    }
}
