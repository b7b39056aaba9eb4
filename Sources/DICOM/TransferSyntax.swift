/// How a data set is written: byte order, VRs, compression.
///
/// - SeeAlso: PS3.5 §10, Annex A; PS3.6 Annex A.
package struct TransferSyntax: Hashable, Sendable {
    package let uid: UID
    /// The two letters of the VR stand behind each tag.
    package let isExplicitVR: Bool
    package let isLittleEndian: Bool
    /// The data set is compressed as a whole (PS3.5 §A.5).
    package let isDeflated: Bool
    /// Pixel Data are fragments (PS3.5 §A.4); for an unknown syntax, a guess.
    package let isEncapsulated: Bool
    /// PS3.6 registers it for data sets in files and messages.
    package let isKnown: Bool

    /// A syntax by its UID; one that is not known is taken for an encapsulated one, as new ones all are.
    package init(_ uid: UID) {
        self = Self.native[uid] ?? TransferSyntax(encapsulated: uid)
    }

    private init(_ text: String, explicit: Bool = true, little: Bool = true, deflated: Bool = false) {
        (uid, isExplicitVR, isLittleEndian) = (UID(known: text), explicit, little)
        (isDeflated, isEncapsulated, isKnown) = (deflated, false, true)
    }

    private init(encapsulated uid: UID) {
        (self.uid, isExplicitVR, isLittleEndian, isDeflated) = (uid, true, true, false)
        isKnown = uid.text.hasPrefix("1.2.840.10008.1.2.") && DataDictionary.name(ofUID: uid.text) != nil
        isEncapsulated = true
    }
}

extension TransferSyntax {
    package static let implicitVRLittleEndian = TransferSyntax("1.2.840.10008.1.2", explicit: false)
    package static let explicitVRLittleEndian = TransferSyntax("1.2.840.10008.1.2.1")
    package static let deflatedExplicitVRLittleEndian = TransferSyntax("1.2.840.10008.1.2.1.99", deflated: true)
    package static let explicitVRBigEndian = TransferSyntax("1.2.840.10008.1.2.2", little: false)

    /// Pixel Data stand at a URL instead (JPIP): nothing is encapsulated.
    private static let referenced = [
        TransferSyntax("1.2.840.10008.1.2.4.94"), TransferSyntax("1.2.840.10008.1.2.4.95", deflated: true),
        TransferSyntax("1.2.840.10008.1.2.4.204"), TransferSyntax("1.2.840.10008.1.2.4.205", deflated: true),
    ]

    private static let native = Dictionary(
        uniqueKeysWithValues: ([
            implicitVRLittleEndian, explicitVRLittleEndian, deflatedExplicitVRLittleEndian, explicitVRBigEndian,
        ] + referenced).map { ($0.uid, $0) })
}

extension TransferSyntax {
    /// All that PS3.6 registers.
    package static let registered = RegisteredUIDs.transferSyntaxes.map { TransferSyntax(UID(known: $0)) }

    /// The pixels stand at a URL that the data set names.
    package var isReferenced: Bool { Self.referenced.contains(self) }

    package var name: String { DataDictionary.name(ofUID: uid.text) ?? uid.text }

    package static let encapsulatedUncompressed = encapsulated("1.2.840.10008.1.2.1.98")
    package static let jpegBaseline = encapsulated("1.2.840.10008.1.2.4.50")
    package static let jpegExtended = encapsulated("1.2.840.10008.1.2.4.51")
    package static let jpegSpectralSelection = encapsulated("1.2.840.10008.1.2.4.53")
    package static let jpegFullProgression = encapsulated("1.2.840.10008.1.2.4.55")
    package static let jpegLossless = encapsulated("1.2.840.10008.1.2.4.57")
    package static let jpegLosslessFirstOrder = encapsulated("1.2.840.10008.1.2.4.70")
    package static let jpegLSLossless = encapsulated("1.2.840.10008.1.2.4.80")
    package static let jpegLSNearLossless = encapsulated("1.2.840.10008.1.2.4.81")
    package static let jpeg2000Lossless = encapsulated("1.2.840.10008.1.2.4.90")
    package static let jpeg2000 = encapsulated("1.2.840.10008.1.2.4.91")
    package static let jpeg2000Part2Lossless = encapsulated("1.2.840.10008.1.2.4.92")
    package static let jpeg2000Part2 = encapsulated("1.2.840.10008.1.2.4.93")
    package static let jpegXLLossless = encapsulated("1.2.840.10008.1.2.4.110")
    package static let jpegXLRecompression = encapsulated("1.2.840.10008.1.2.4.111")
    package static let jpegXL = encapsulated("1.2.840.10008.1.2.4.112")
    package static let htj2kLossless = encapsulated("1.2.840.10008.1.2.4.201")
    package static let htj2kLosslessRPCL = encapsulated("1.2.840.10008.1.2.4.202")
    package static let htj2k = encapsulated("1.2.840.10008.1.2.4.203")
    package static let rleLossless = encapsulated("1.2.840.10008.1.2.5")
    package static let deflatedImageFrame = encapsulated("1.2.840.10008.1.2.8.1")

    private static func encapsulated(_ text: String) -> TransferSyntax {
        TransferSyntax(encapsulated: UID(known: text))
    }

    /// One stream of MPEG-2, MPEG-4 or HEVC holds all frames, in however many fragments.
    package var isVideo: Bool {
        guard uid.text.hasPrefix("1.2.840.10008.1.2.4.10") else { return false }
        return uid.text.utf8.count > "1.2.840.10008.1.2.4.10".utf8.count
    }

    /// A frame of this family begins with the marker FFD8 or FF4F and ends with FFD9.
    var marksFrames: Bool {
        uid.text.hasPrefix("1.2.840.10008.1.2.4.") && !isVideo && !uid.text.hasPrefix("1.2.840.10008.1.2.4.11")
    }
}

extension TransferSyntax {
    /// The Transfer Syntax that compressed pixels of a media type have when none is named; `nil` for another type.
    ///
    /// - SeeAlso: PS3.18 Tables 8.7.3-4 and 8.7.3-5.
    package static func usual(ofMediaType type: String) -> String? { usualOfMediaTypes[type] }

    private static let usualOfMediaTypes = [
        "image/jpeg": "1.2.840.10008.1.2.4.70", "image/dicom-rle": "1.2.840.10008.1.2.5",
        "image/x-dicom-rle": "1.2.840.10008.1.2.5", "image/jls": "1.2.840.10008.1.2.4.80",
        "image/x-jls": "1.2.840.10008.1.2.4.80", "image/jp2": "1.2.840.10008.1.2.4.90",
        "image/jpx": "1.2.840.10008.1.2.4.92", "image/jphc": "1.2.840.10008.1.2.4.201",
        "video/mpeg": "1.2.840.10008.1.2.4.100", "video/mp4": "1.2.840.10008.1.2.4.102",
    ]
}
