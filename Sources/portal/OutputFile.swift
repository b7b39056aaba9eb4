import Glibc

/// A file that is there whole or not at all.
struct OutputFile: ~Copyable {
    private let path: String
    private let temporary: String
    private let descriptor: Int32

    /// Opens a temporary file beside `path`.
    ///
    /// - Throws: ``Refusal`` when the folder does not take one.
    init(path: String) throws {
        self.path = path
        temporary = "\(path).\(getpid()).part"
        descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else { throw Refusal("\(path) cannot be written: \(Self.reason).") }
    }

    /// Calls `body` with a function that appends bytes, then gives the file its name; when `body` throws, nothing is left.
    consuming func write(_ body: (_ write: (ArraySlice<UInt8>) throws -> Void) throws -> Void) throws {
        let (path, temporary, descriptor) = (path, temporary, descriptor)
        do {
            try body { try Self.append($0, to: descriptor, path) }
            guard close(descriptor) == 0, rename(temporary, path) == 0 else {
                throw Refusal("\(path) cannot be written: \(Self.reason).")
            }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    private static func append(_ bytes: ArraySlice<UInt8>, to descriptor: Int32, _ path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw Refusal("\(path) cannot be written: \(reason).") }
            rest = rest.dropFirst(written)
        }
    }

    private static var reason: String { String(cString: strerror(errno)) }
}
