import Glibc
import NIOCore
import ObjectStore

/// An object's file, open for `sendfile`; closed when the last slice of it is sent.
///
/// A class for that: slices on their way keep it open.
final class StoredFile {
    /// How much of a file is handed to the socket at once, so that progress can be seen.
    static let slice = 1 << 20

    private let handle: NIOFileHandle
    private var rest: Range<Int>

    /// - Returns: `nil` when the object is absent or shorter than the range: nothing of it is sent then.
    init?(_ key: ObjectKey, _ range: Range<Int>, root: String) {
        let descriptor = open("\(root)/\(key.text)", O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, range.upperBound <= facts.st_size
        else {
            close(descriptor)
            return nil
        }
        handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: descriptor)
        rest = range
    }

    deinit { try? handle.close() }

    /// What is not given out yet, in bytes.
    var length: Int { rest.count }

    /// - Parameter range: within what is not given out yet; only that is given out from now on.
    func narrowed(to range: Range<Int>) -> StoredFile {
        rest = rest.lowerBound + range.lowerBound..<rest.lowerBound + range.upperBound
        return self
    }

    /// The next part of the range; `nil` when all were given out.
    func nextSlice() -> FileRegion? {
        guard !rest.isEmpty else { return nil }
        let end = min(rest.lowerBound + Self.slice, rest.upperBound)
        defer { rest = end..<rest.upperBound }
        return FileRegion(fileHandle: handle, readerIndex: rest.lowerBound, endIndex: end)
    }
}
