import DICOM

/// The attributes of an image whose frames are written in another transfer syntax.
struct TranscodedAttributes {
    /// What comes before Pixel Data, and what comes behind.
    let before: DataSet
    let behind: DataSet
    let fileMeta: [UInt8]

    init(_ image: ImageFile, _ syntax: TransferSyntax) {
        var dataSet = image.file.dataSet
        let photometric = FrameEncoder.photometric(image.decodedPhotometric, in: syntax)
        dataSet.set(.photometricInterpretation, text: photometric.rawValue)
        if image.description.samplesPerPixel > 1 { dataSet.set(.planarConfiguration, number: 0) }
        // An icon in a Sequence is compressed as the frames were.
        dataSet.removeAll { $0.isOffsetTable || $0.tag == .dataSetTrailingPadding || $0.holdsFragments }
        if syntax == .jpegBaseline { Self.setLossy(&dataSet, image) }
        fileMeta = FileMeta.bytes(image.file, dataSet, syntax: syntax)
        before = dataSet.only { $0.tag < .pixelData }
        behind = dataSet.only { $0.tag > .pixelData }
    }

    /// An image that lost something is another image: it gets a UID of its own, always the same one, and says what
    /// it was made of (PS3.3 §C.7.6.1.1.5, §C.12.4).
    private static func setLossy(_ dataSet: inout DataSet, _ image: ImageFile) {
        dataSet.set(.lossyImageCompression, text: "01")
        dataSet.set(
            .lossyImageCompressionMethod, texts: dataSet.strings(.lossyImageCompressionMethod) + ["ISO_10918_1"])
        var type = dataSet.strings(.imageType)
        if type.isEmpty { type = ["DERIVED", "SECONDARY"] } else { type[0] = "DERIVED" }
        dataSet.set(.imageType, texts: type)
        guard let original = dataSet.string(.sopInstanceUID), let sopClass = dataSet.string(.sopClassUID) else {
            return
        }
        var reference = DataSet()
        reference.set(.referencedSOPClassUID, text: sopClass)
        reference.set(.referencedSOPInstanceUID, text: original)
        dataSet.set(.sourceImageSequence, items: [reference])
        dataSet.set(.sopInstanceUID, text: UID.derived(from: "JPEG baseline of \(original)").text)
    }
}

extension DataSet {
    fileprivate func only(_ isWanted: (DataElement) -> Bool) -> DataSet {
        var part = self
        part.removeAll { !isWanted($0) }
        return part
    }
}

extension DataElement {
    /// Of encapsulated Pixel Data alone (PS3.3 §C.7.6.3.1.8).
    fileprivate var isOffsetTable: Bool { tag == .extendedOffsetTable || tag == .extendedOffsetTableLengths }

    /// Items of a Sequence hold compressed pixels, which no other transfer syntax can have.
    fileprivate var holdsFragments: Bool {
        guard case .items(let items) = value else { return false }
        return items.contains { item in
            item.elements.contains { element in
                if case .fragments = element.value { return true }
                return element.holdsFragments
            }
        }
    }
}
