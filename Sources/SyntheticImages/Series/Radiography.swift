import Glibc

/// Single projection images: CR and DX.
///
/// - SeeAlso: PS3.3 §A.2, §A.26, §C.8.11.
enum Radiography {
    static let computedSOPClass = "1.2.840.10008.5.1.4.1.1.1"
    static let digitalSOPClass = "1.2.840.10008.5.1.4.1.1.1.1"

    /// A hand, MONOCHROME1 as many phosphor plate readers write it.
    static func hand(_ plan: SeriesPlan, columns: Int, rows: Int, seed: UInt64) -> SyntheticSeries {
        let spacing: Float = 216 / Float(columns)
        return plan.series([
            plan.instance(1) { attributes in
                let shadow = HandRadiograph(columns: columns, rows: rows, spacing: spacing, seed: seed).attenuation()
                attributes.set([
                    "ImageType": "ORIGINAL\\PRIMARY", "PhotometricInterpretation": "MONOCHROME1",
                    "PresentationLUTShape": "INVERSE", "ViewPosition": "PA", "PatientOrientation": "L\\F",
                    "Laterality": "R", "KVP": 50, "CassetteOrientation": "PORTRAIT", "WindowCenter": 2_200,
                    "WindowWidth": 3_100,
                ])
                let film = shadow.map { 3_650 * expf(-$0 / 42) + 180 }
                fill(&attributes, film, columns: columns, rows: rows, spacing: spacing, seed: seed)
            }
        ])
    }

    /// A chest from behind, ready for presentation.
    static func chest(_ plan: SeriesPlan, columns: Int, rows: Int, seed: UInt64) -> SyntheticSeries {
        let spacing: Float = 380 / Float(columns)
        return plan.series([
            plan.instance(1) { attributes in
                let shadow = ChestRadiograph.attenuation(columns: columns, rows: rows, seed: seed)
                attributes.set([
                    "ImageType": "ORIGINAL\\PRIMARY\\", "PhotometricInterpretation": "MONOCHROME2",
                    "PresentationIntentType": "FOR PRESENTATION", "PresentationLUTShape": "IDENTITY",
                    "ViewPosition": "PA", "PatientOrientation": "L\\F", "ImageLaterality": "U", "KVP": 125,
                    "PixelIntensityRelationship": "LOG", "PixelIntensityRelationshipSign": -1,
                    "RescaleIntercept": 0, "RescaleSlope": 1, "RescaleType": "US", "DetectorType": "DIRECT",
                    "BurnedInAnnotation": "NO", "LossyImageCompression": "00", "PositionerType": "CARM",
                    "WindowCenter": 2_500, "WindowWidth": 2_700,
                    "AcquisitionContextSequence": .items([]),
                    "AnatomicRegionSequence": .items([.code("51185008", "Chest")]),
                    "ViewCodeSequence": .items([.code("272479006", "postero-anterior")]),
                ])
                let film = shadow.map { 1_080 * log2f($0 + 20) - 5_160 }
                fill(&attributes, film, columns: columns, rows: rows, spacing: spacing, seed: seed)
            }
        ])
    }

    private static func fill(
        _ attributes: inout Attributes, _ film: [Float], columns: Int, rows: Int, spacing: Float, seed: UInt64
    ) {
        attributes.set([
            "SamplesPerPixel": 1, "Rows": .numbers([Double(rows)]), "Columns": .numbers([Double(columns)]),
            "BitsAllocated": 16, "BitsStored": 12, "HighBit": 11, "PixelRepresentation": 0,
            "ImagerPixelSpacing": .numbers([Double(spacing), Double(spacing)]),
        ])
        let noise = Noise(seed: seed ^ 0xF11A)
        let bytes = film.indices.flatMap { place -> [UInt8] in
            let grain = noise.grain(place % columns, place / columns, 0) * 10
            let stored = UInt16(min(4_095, max(0, film[place] + grain)))
            return [UInt8(truncatingIfNeeded: stored), UInt8(truncatingIfNeeded: stored >> 8)]
        }
        attributes.setPixels(bytes, .OW)
    }
}
