import DICOM
import DICOMImage
import Glibc

/// Our side of the comparison of DICOM libraries; `scripts/lib/peers/with_pydicom.py` tells what it is for and its protocol.
@main
struct FileBench {
    enum Task: String {
        case header, json, decode

        /// Does the file.
        ///
        /// - Returns: the frames that were decoded.
        func run(_ path: String) throws -> Int {
            let source = try FileSource(path: path)
            let file = try DICOMFile.read(source)
            switch self {
            case .header: return 0
            case .json:
                let json = DICOMJSON.encode(file.dataSet) { _ in "bulk" }
                return json.isEmpty ? 1 : 0
            case .decode:
                let image = try ImageFile(file, source: source)
                for index in 0..<image.description.frameCount { _ = try image.frame(index) }
                return image.description.frameCount
            }
        }
    }

    static func main() {
        let words = CommandLine.arguments
        guard words.count > 3, let task = Task(rawValue: words[1]), let seconds = Double(words[2]) else {
            print("usage: file-bench header|json|decode SECONDS FILE...")
            exit(2)
        }
        let files = words.dropFirst(3)
        let good = files.filter { (try? task.run($0)) != nil }
        let clock = ContinuousClock()
        let begun = clock.now
        var (operations, frames, elapsed) = (0, 0, Duration.zero)
        while !good.isEmpty, elapsed < .seconds(seconds) {
            for path in good {
                frames += (try? task.run(path)) ?? 0
                operations += 1
            }
            elapsed = clock.now - begun
        }
        let failed = files.filter { !good.contains($0) }.map { "\"\($0)\"" }.joined(separator: ", ")
        print(
            "{\"operations\": \(operations), \"seconds\": \(elapsed / .seconds(1)), \"failed\": [\(failed)]"
                + (task == .decode ? ", \"frames\": \(frames)}" : "}"))
    }
}
