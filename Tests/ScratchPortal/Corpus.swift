import Glibc

/// The shared corpus of real and hostile files, beside the repository or where `DICOM_CORPUS` says.
package enum Corpus {
    package struct Entry: Sendable {
        package let path: String
        /// `valid`, `tolerate` or `malformed`.
        package let kind: String
        /// Another file of the corpus has the same SOP Instance UID.
        package let isDuplicate: Bool
    }

    package static let folder: String = {
        if let named = getenv("DICOM_CORPUS") { return String(cString: named) }
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/../shared/corpus"
    }()

    /// The files that `manifest.jsonl` lists; says so when there are none.
    package static let entries: [Entry] = {
        let lines = bytes("manifest.jsonl").split(separator: UInt8(ascii: "\n"))
        if lines.isEmpty { print("NO CORPUS at \(folder): tests over real files have nothing to read") }
        return lines.compactMap { line in
            let text = String(decoding: line, as: UTF8.self)
            guard let file = value("file", in: text), let kind = value("class", in: text) else { return nil }
            return Entry(path: file, kind: kind, isDuplicate: value("duplicate_sop_of", in: text) != nil)
        }
    }()

    /// The names of the hostile files with this ending.
    package static func abuse(_ ending: String) -> [String] {
        guard let stream = opendir("\(folder)/abuse") else {
            print("NO CORPUS at \(folder): tests over hostile files have nothing to read")
            return []
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(ending) { names.append(name) }
        }
        return names.sorted()
    }

    /// - Returns: empty when there is no such file.
    package static func bytes(_ path: String) -> [UInt8] {
        guard let file = fopen("\(folder)/\(path)", "r") else { return [] }
        defer { fclose(file) }
        fseek(file, 0, SEEK_END)
        let length = ftell(file)
        rewind(file)
        return [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            count = fread(buffer.baseAddress, 1, length, file)
        }
    }

    /// The text of a member; enough for a manifest that programs wrote.
    private static func value(_ name: String, in line: String) -> String? {
        let parts = line.split(separator: "\"\(name)\": \"", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return parts[1].split(separator: "\"", maxSplits: 1).first.map(String.init)
    }
}
