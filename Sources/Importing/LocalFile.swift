import Archives
import DICOM
import FoundationEssentials
import Glibc

/// A file of the machine itself: it is read where it is, and stays there.
package struct LocalFile: Sendable {
    /// Its path below the folder that was named, with that folder's name.
    package let name: String
    let path: String
    /// In bytes.
    package let length: Int

    /// - Returns: `nil` for anything but a regular file; links are not followed.
    fileprivate init?(_ path: String, name: String) {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        self.name = name
        self.path = path
        length = Int(status.st_size)
    }

    /// Piece by piece.
    func content() -> ImportContent {
        var opened: FileSource?
        var offset = 0
        let piece = 1 << 18
        return .stream {
            let open = try opened ?? source()
            opened = open
            let count = min(piece, open.count - offset)
            guard count > 0 else { return nil }
            defer { offset += count }
            return try open.read(at: offset, count: count)
        }
    }

    fileprivate func head() throws -> [UInt8] {
        let source = try source()
        return try source.read(at: 0, count: min(ArchiveFormat.headLength, source.count))
    }

}

extension Upload {
    /// A path that names nothing that can be read.
    package struct PathIsAbsent: Error, CustomStringConvertible {
        let path: String
        package var description: String { "There is nothing to read at \(path)." }
    }

    /// What paths of the machine name: each archive by itself, all other files and folders together.
    ///
    /// - Throws: `PathIsAbsent`.
    package static func local(_ paths: [String]) throws -> [Upload] {
        var uploads: [Upload] = []
        var others: [LocalFile] = []
        for path in paths {
            guard let whole = realpath(path, nil) else { throw PathIsAbsent(path: path) }
            defer { free(whole) }
            let place = String(cString: whole)
            let name = String(place.split(separator: "/").last ?? "")
            guard let file = LocalFile(place, name: name) else {
                others += try files(below: place, name: name)
                continue
            }
            if let format = ArchiveFormat.detect(try file.head()) {
                uploads.append(
                    Upload(tree: .localArchive(file, format, .standard), name: name, length: file.length))
            } else {
                others.append(file)
            }
        }
        guard let first = others.first else { return uploads }
        let name = String(first.name.split(separator: "/").first ?? "")
        let length = others.reduce(0) { $0 + $1.length }
        return uploads + [Upload(tree: .localFiles(others), name: name, length: length)]
    }

    private static func files(below folder: String, name: String) throws -> [LocalFile] {
        guard let found = try? FileManager.default.subpathsOfDirectory(atPath: folder) else {
            throw PathIsAbsent(path: folder)
        }
        return found.sorted().compactMap { LocalFile("\(folder)/\($0)", name: "\(name)/\($0)") }
    }

    private init(tree: ImportTree, name: String, length: Int) {
        self.tree = tree
        self.name = name
        self.length = length
    }
}
