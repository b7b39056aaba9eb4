import Testing

@testable import DICOM

/// Over the real and the hostile files of the shared corpus; `Tests/EndToEnd/corpus.py` compares with pydicom.
struct CorpusTests {
    @Test func everyFileIsReadOrRefused() throws {
        for entry in Corpus.entries {
            let source = try FileSource(path: "\(Corpus.folder)/\(entry.file)")
            do {
                try Self.use(DICOMFile.read(source), source)
            } catch is DICOMError {
                #expect(entry.kind != "valid", "\(entry.file)")
            }
        }
    }

    @Test func everyHostileFileIsReadOrRefused() throws {
        for path in Corpus.abuse {
            let source = try FileSource(path: path)
            do {
                try Self.use(DICOMFile.read(source), source)
            } catch is DICOMError {
                continue
            }
        }
    }

    /// What the portal does with a file: its JSON, and each range that it would send.
    private static func use(_ file: DICOMFile, _ source: FileSource) throws {
        let json = DICOMJSON.encode(file.dataSet) { "/\($0)" }
        if json.count < largestConverted { #expect(throws: Never.self) { try DICOMJSON.decode(json) } }
        #expect(FrameTable(encoded: file.frames.encoded()) == file.frames)
        let end = file.valueSource(source).count
        for frame in 0..<min(file.frames.count, 1000) {
            for range in file.frames.ranges(of: frame) { #expect(range.upperBound <= end) }
        }
    }

    /// Converted, a file says the same: to Explicit VR Little Endian as the web wants it, and back from big endian.
    @Test func nativeFilesSurviveConversion() throws {
        for entry in Corpus.entries where entry.kind == "valid" {
            let source = try FileSource(path: "\(Corpus.folder)/\(entry.file)")
            let file = try DICOMFile.read(source)
            if case .fragments? = file.dataSet[.pixelData]?.value { continue }
            if source.count > Self.largestConverted { continue }
            for syntax in [TransferSyntax.explicitVRLittleEndian, .explicitVRBigEndian] {
                let pieces = try DataSetWriter.pieces(file, syntax: syntax)
                let values = file.valueSource(source)
                let again = BytesSource(try pieces.flatMap { try $0.bytes(from: values) })
                let converted = try DICOMFile.read(again)
                #expect(converted.transferSyntax == syntax, "\(entry.file)")
                #expect(try Self.json(converted, again) == Self.json(file, values), "\(entry.file)")
            }
        }
    }

    /// Written again in its own syntax, all its text in UTF-8 or as it was, a corrected file says what it was made of.
    @Test(arguments: ["Dupont", "Σωκράτης"])
    func filesSurviveACorrection(name: String) throws {
        for entry in Corpus.entries where entry.kind != "malformed" {
            let source = try FileSource(path: "\(Corpus.folder)/\(entry.file)")
            guard source.count <= Self.largestConverted, let file = try? DICOMFile.read(source) else { continue }
            let identity = PatientIdentity(
                lastName: name, firstName: "", patientID: "P7", issuer: "", birthDate: "19700203", sex: "O")
            let corrected = try file.corrected(by: PatientCorrectionTests.correction(identity), reading: source)
            var bytes: [UInt8] = []
            try DataSetWriter.write(corrected, source, syntax: file.transferSyntax) { bytes += $0 }
            let again = BytesSource(bytes)
            let written = try DICOMFile.read(again)
            #expect(written.dataSet.string(.patientName) == name, "\(entry.file)")
            guard entry.kind == "valid" else { continue }  // elsewhere odd lengths become even
            #expect(
                try Self.json(written, written.valueSource(again)) == Self.json(corrected, file.valueSource(source)),
                "\(entry.file)")
            #expect(written.frames.count == file.frames.count, "\(entry.file)")
        }
    }

    /// The DICOM JSON of a file and the XML made of it are the same data set with the same bulk data.
    @Test func metadataSurviveTheNativeModel() throws {
        for entry in Corpus.entries where entry.kind == "valid" {
            let file = try DICOMFile.read(FileSource(path: "\(Corpus.folder)/\(entry.file)"))
            let json = DICOMJSON.encode(file.dataSet) { "/\($0)?a&b" }
            var (ofJSON, ofXML): ([BulkDataReference], [BulkDataReference]) = ([], [])
            let dataSet = try DICOMJSON.decode(json) {
                ofJSON.append($0)
                return .deferred(offset: 0, length: 1)
            }
            try NativeDICOMModel.documents(ofJSON: json) { xml in
                let again = try NativeDICOMModel.decode(xml) {
                    ofXML.append($0)
                    return .deferred(offset: 0, length: 1)
                }
                #expect(again == dataSet, "\(entry.file)")
            }
            #expect(ofXML == ofJSON, "\(entry.file)")
        }
    }

    /// Larger files would only take longer.
    private static let largestConverted = 100_000

    /// The JSON of a data set with a checksum of each large value.
    private static func json(_ file: DICOMFile, _ source: any ByteSource) throws -> [UInt8] {
        DICOMJSON.encode(file.dataSet) { path in
            guard let (element, holder) = file.dataSet.element(at: path),
                let value = try? holder.value(of: element, from: source)
            else { return nil }
            return "\(value.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) })"
        }
    }
}
