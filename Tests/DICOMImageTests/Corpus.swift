import Foundation

/// The shared corpus of real files: `DICOM_CORPUS`, else `../shared/corpus` beside the checkout.
enum Corpus {
    static let root: URL = {
        let environment = ProcessInfo.processInfo.environment["DICOM_CORPUS"]
        let checkout = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
        return environment.map { URL(filePath: $0) } ?? checkout.appending(path: "../shared/corpus").standardized
    }()

    /// What the manifest says of a file, as far as images are concerned.
    struct Entry: Decodable, Sendable, CustomStringConvertible {
        struct Decoding: Decodable, Sendable {
            let ok: Bool
            let dtype: String?
            let framesDecoded: Int?
            let sha256First: String?
            let sha256Last: String?
            let min: Double?
            let max: Double?
            let mean: Double?
            let exact: Bool?
        }

        let file: String
        let `class`: String
        let decode: Decoding
        let rows: Int?
        let cols: Int?
        let samples: Int?
        let bitsAllocated: Int?

        var description: String { file }
        var name: String { String(file.split(separator: "/").last ?? "") }
        var path: String { Corpus.root.appending(path: file).path }

        /// Bytes of a decoded frame.
        var frameLength: Int {
            guard let rows, let cols else { return 0 }
            return rows * cols * (samples ?? 1) * max(1, (bitsAllocated ?? 8) / 8)
        }
    }

    /// Larger frames take minutes in a debug build; `swift test -c release` reads them all.
    #if DEBUG
        static let frameLimit = 1 << 18
    #else
        static let frameLimit = Int.max
    #endif

    /// The files whose frames are small enough for this build; how many is said aloud.
    static let entries: [Entry] = {
        let chosen = all.filter { $0.frameLength <= frameLimit }
        print(
            "corpus: \(chosen.count) of \(all.count) files are read"
                + (chosen.count < all.count ? " in a debug build" : "")
        )
        return chosen
    }()

    /// Empty, and said aloud, when there is no corpus.
    private static let all: [Entry] = {
        guard let manifest = try? String(contentsOf: root.appending(path: "manifest.jsonl"), encoding: .utf8) else {
            print("There is no corpus at \(root.path): the tests with real files have nothing to read.")
            return []
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return manifest.split(separator: "\n").compactMap { try? decoder.decode(Entry.self, from: Data($0.utf8)) }
    }()

    /// Files that attack readers.
    static let abuse: [URL] = {
        let folder = root.appending(path: "abuse")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.filter { $0.hasSuffix(".dcm") }.sorted().map { folder.appending(path: $0) }
    }()
}
