/// CT series.
///
/// - SeeAlso: PS3.3 §A.3, §C.8.2.1.
enum ComputedTomography {
    static let sopClass = "1.2.840.10008.5.1.4.1.1.2"

    /// - Parameter window: center and width in Hounsfield units.
    static func series(
        _ plan: SeriesPlan, _ phantom: Phantom, grid: Phantom.Grid, start: Float, spacing: Float, count: Int,
        window: (center: Double, width: Double), grain: Float, seed: UInt64
    ) -> SyntheticSeries {
        let slices = TransverseSlices(
            phantom: phantom, grid: grid, start: start, spacing: spacing, count: count, slope: 1, intercept: -1_024,
            grain: grain, maximum: 4_095, seed: seed)
        let frameOfReference = plan.frameOfReferenceUID
        return plan.series(
            (0..<count).map { index in
                plan.instance(index + 1) { attributes in
                    attributes.set([
                        "ImageType": "ORIGINAL\\PRIMARY\\AXIAL", "PatientPosition": "HFS", "KVP": 120,
                        "XRayTubeCurrent": 180,
                        "ConvolutionKernel": "B40", "GantryDetectorTilt": 0, "RescaleIntercept": -1_024,
                        "RescaleSlope": 1, "RescaleType": "HU", "WindowCenter": .numbers([window.center]),
                        "WindowWidth": .numbers([window.width]),
                    ])
                    slices.fill(&attributes, index, frameOfReferenceUID: frameOfReference)
                }
            })
    }
}
