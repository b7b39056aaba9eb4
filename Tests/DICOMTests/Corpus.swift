import Glibc

@testable import DICOM

/// The shared corpus of real files, beside the repository or where `DICOM_CORPUS` says.
enum Corpus {
    struct Entry {
        let file: String
        let kind: String  // valid, tolerate, malformed
    }

    static let folder: String = {
        if let named = getenv("DICOM_CORPUS") { return String(cString: named) }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/../shared/corpus"
    }()

    /// The files that `manifest.jsonl` lists; says so when there are none.
    static let entries: [Entry] = {
        guard let source = try? FileSource(path: "\(folder)/manifest.jsonl"),
            let bytes = try? source.read(at: 0, count: source.count)
        else {
            print("NO CORPUS at \(folder): tests over real files have nothing to read")
            return []
        }
        return bytes.split(separator: UInt8(ascii: "\n")).compactMap { entry(Array($0)) }
    }()

    private static func entry(_ line: [UInt8]) -> Entry? {
        guard case .object(let members)? = try? JSONReader.value(of: line) else { return nil }
        var texts: [String: String] = [:]
        for case (let key, .string(let text)) in members { texts[key] = text }
        guard let file = texts["file"], let kind = texts["class"] else { return nil }
        return Entry(file: file, kind: kind)
    }

    /// The paths of the hostile DICOM files.
    static let abuse: [String] = {
        guard let stream = opendir("\(folder)/abuse") else { return [] }
        defer { closedir(stream) }
        var paths: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".dcm") { paths.append("\(folder)/abuse/\(name)") }
        }
        return paths.sorted()
    }()
}
