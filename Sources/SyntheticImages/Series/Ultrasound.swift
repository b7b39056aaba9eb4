import DICOM

/// A loop of colour frames.
///
/// - SeeAlso: PS3.3 §A.7, §C.8.5, §C.7.6.5.
enum Ultrasound {
    static let multiFrameSOPClass = "1.2.840.10008.5.1.4.1.1.3.1"

    static func loop(_ plan: SeriesPlan, columns: Int, rows: Int, frames: Int, seed: UInt64) -> SyntheticSeries {
        plan.series([
            plan.instance(1) { attributes in
                let cine = HeartCine(columns: columns, rows: rows, frames: frames, seed: seed)
                attributes.set([
                    "ImageType": "ORIGINAL\\PRIMARY", "SamplesPerPixel": 3, "PhotometricInterpretation": "RGB",
                    "PlanarConfiguration": 0, "Rows": .numbers([Double(rows)]), "Columns": .numbers([Double(columns)]),
                    "BitsAllocated": 8, "BitsStored": 8, "HighBit": 7, "PixelRepresentation": 0,
                    "NumberOfFrames": .numbers([Double(frames)]), "FrameTime": 40, "CineRate": 25,
                    "FrameIncrementPointer": .tags([.frameTime]), "LossyImageCompression": "00",
                    "UltrasoundColorDataPresent": 1, "BurnedInAnnotation": "NO",
                    "SequenceOfUltrasoundRegions": .items([region(columns: columns, rows: rows)]),
                ])
                attributes.setPixels((0..<frames).flatMap(cine.frame), .OB)
            }
        ])
    }

    private static func region(columns: Int, rows: Int) -> Attributes {
        let delta = 16 / Double(rows)  // 16 cm of depth
        return Attributes([
            "RegionSpatialFormat": 1, "RegionDataType": 1, "RegionFlags": 2, "RegionLocationMinX0": 0,
            "RegionLocationMinY0": 0, "RegionLocationMaxX1": .numbers([Double(columns - 1)]),
            "RegionLocationMaxY1": .numbers([Double(rows - 1)]), "PhysicalUnitsXDirection": 3,
            "PhysicalUnitsYDirection": 3, "PhysicalDeltaX": .numbers([delta]), "PhysicalDeltaY": .numbers([delta]),
        ])
    }
}
