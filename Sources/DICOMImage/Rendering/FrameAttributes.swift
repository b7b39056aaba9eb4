import DICOM

/// The attributes of one frame: its functional groups, else those all frames share, else the image's own.
///
/// - SeeAlso: PS3.3 §C.7.6.16.
struct FrameAttributes {
    private let image: DataSet
    private let groups: [DataSet]

    /// - Parameter index: 0-based.
    init(_ image: DataSet, frame index: Int) {
        self.image = image
        let perFrame = image.items(.perFrameFunctionalGroupsSequence)
        let own = perFrame.indices.contains(index) ? [perFrame[index]] : []
        groups = own + image.items(.sharedFunctionalGroupsSequence).prefix(1)
    }

    /// Where the attributes of a functional group are: its item, else the image.
    func macro(_ sequence: Tag) -> DataSet {
        for group in groups {
            if let item = group.items(sequence).first { return item }
        }
        return image
    }

    /// The height of a pixel in units of its width, 1 when unknown or absurd.
    var pixelAspect: Double {
        let ratio = image.doubles(.pixelAspectRatio)
        let measures = macro(.pixelMeasuresSequence).doubles(.pixelSpacing)
        let spacing = measures.isEmpty ? image.doubles(.imagerPixelSpacing) : measures
        for pair in [ratio, spacing] where pair.count >= 2 {
            let aspect = pair[0] / pair[1]  // vertical, then horizontal
            if aspect.isFinite, (0.05...20).contains(aspect) { return abs(aspect - 1) < 0.01 ? 1 : aspect }
        }
        return 1
    }
}
