import ArgumentParser
import DICOM
import DICOMImage
import Glibc

/// Shows what is in DICOM files; nothing of the portal is needed.
struct Inspect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows what is in DICOM files.",
        discussion: "Exit status 1 when one of them cannot be read; why, and at which byte, is said on standard error.")

    @Argument(help: "DICOM files, with or without a Part 10 head.")
    var files: [String]

    @Flag(help: "Prints DICOM JSON (PS3.18 Annex F), one object a line.")
    var json = false

    @Flag(help: "Decodes every frame and prints facts of the pixels instead of the attributes.")
    var frames = false

    func run() throws {
        var hasFailed = false
        for path in files {
            if files.count > 1, !json { print("\(path):") }
            do {
                try show(path)
            } catch let error where error is DICOMError || error is ImageError {
                fflush(nil)
                let line = Array("\(path): \(error)\n".utf8)
                write(STDERR_FILENO, line, line.count)
                hasFailed = true
            }
        }
        if hasFailed { throw ExitCode.failure }
    }

    private func show(_ path: String) throws {
        let source = try FileSource(path: path)
        let file = try DICOMFile.read(source)
        if frames {
            let report = PixelReport(try ImageFile(file, source: source))
            print(json ? report.json : report.text, terminator: json ? "\n" : "")
        } else if json {
            print(String(decoding: DICOMJSON.encode(file.dataSet) { "file:\(path)#\($0)" }, as: UTF8.self))
        } else {
            for line in DataSetListing.lines(of: file.meta) + DataSetListing.lines(of: file.dataSet) { print(line) }
        }
    }
}
