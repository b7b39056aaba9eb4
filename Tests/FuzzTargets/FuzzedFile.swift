import DICOM
import DICOMImage

/// What the portal does with a file, all of it.
enum FuzzedFile {
    static func use(_ bytes: [UInt8]) throws {
        let source = BytesSource(bytes)
        let file = try DICOMFile.read(source)
        let values = file.valueSource(source)
        let json = DICOMJSON.encode(file.dataSet) { $0 }
        _ = try? DICOMJSON.decode(json) { _ in .bytes([1, 2]) }
        _ = DataSetListing.lines(of: file.dataSet)
        precondition(FrameTable(encoded: file.frames.encoded()) == file.frames, "a frame table that does not come back")
        for frame in 0..<min(file.frames.count, 100) {
            for range in file.frames.ranges(of: frame) {
                precondition(range.upperBound <= values.count, "a frame that lies outside the file")
            }
        }
        for syntax in [TransferSyntax.explicitVRLittleEndian, .explicitVRBigEndian, .implicitVRLittleEndian] {
            _ = try? DataSetWriter.write(file, source, syntax: syntax) { _ in }
        }
        _ = try? DataSetWriter.write(file, source, syntax: file.transferSyntax) { _ in }
    }

    static func useJSON(_ bytes: [UInt8]) throws {
        _ = try? DICOMJSON.decodeList(bytes)
        let dataSet = try DICOMJSON.decode(bytes) { $0.uri.isEmpty ? nil : .bytes(Array($0.uri.utf8)) }
        _ = DICOMJSON.encode(dataSet) { _ in nil }
        _ = try DataSetWriter.bytes(dataSet, syntax: .explicitVRLittleEndian)
    }

    static func useXML(_ bytes: [UInt8]) throws {
        let dataSet = try NativeDICOMModel.decode(bytes) { $0.uri.isEmpty ? nil : .bytes(Array($0.uri.utf8)) }
        let again = try NativeDICOMModel.decode(NativeDICOMModel.encode(dataSet, inlineLimit: .max) { _ in nil })
        precondition(Self.tags(again) == Self.tags(dataSet), "attributes that do not come back")
    }

    /// Without Specific Character Set, which U+FFFD for what XML cannot have may ask for.
    private static func tags(_ dataSet: DataSet) -> [Tag] {
        dataSet.elements.map(\.tag).filter { $0 != .specificCharacterSet }
    }

    static func render(_ bytes: [UInt8]) throws {
        let image = try ImageFile(BytesSource(bytes))
        guard image.description.bitsPerDecodedFrame < largestFrame else { return }
        _ = try image.png(frame: 0, options: RenderingOptions(size: .init(columns: 32, rows: 32)))
        _ = try FrameFacts(image.frame(0), image.description)
    }

    /// Bits; larger ones only take longer.
    private static let largestFrame = 1 << 23
}
