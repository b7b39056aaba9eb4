import COpenJPEG
import Glibc

/// Bytes in memory as the stream that OpenJPEG reads; a class because the library keeps its address between calls.
final class MemoryStream {
    private static let chunk = 1 << 16
    private static let end: OPJ_SIZE_T = -1  // the library compares with the largest size_t
    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
    }

    /// Lends the stream to `body`; it dies afterwards.
    ///
    /// - Throws: what `body` throws; ``ImageError/tooLarge(_:)`` when there is no memory.
    func withStream<Result>(_ body: (UnsafeMutablePointer<opj_stream_t?>) throws -> Result) throws -> Result {
        guard let stream = opj_stream_create(Self.chunk, 1) else {
            throw ImageError.tooLarge("There is no memory to read a JPEG 2000 frame.")
        }
        defer { opj_stream_destroy(stream) }
        opj_stream_set_user_data(stream, Unmanaged.passUnretained(self).toOpaque(), nil)
        opj_stream_set_user_data_length(stream, UInt64(bytes.count))
        opj_stream_set_read_function(stream) { buffer, count, user in
            MemoryStream.of(user)?.read(into: buffer, count: count) ?? MemoryStream.end
        }
        opj_stream_set_skip_function(stream) { count, user in MemoryStream.of(user)?.skip(count) ?? -1 }
        opj_stream_set_seek_function(stream) { offset, user in MemoryStream.of(user)?.seek(offset) ?? 0 }
        return try withExtendedLifetime(self) { try body(stream) }
    }

    private static func of(_ user: UnsafeMutableRawPointer?) -> MemoryStream? {
        user.map { Unmanaged<MemoryStream>.fromOpaque($0).takeUnretainedValue() }
    }

    /// - Returns: the bytes read, or ``end``.
    private func read(into buffer: UnsafeMutableRawPointer?, count: Int) -> OPJ_SIZE_T {
        let length = min(count, bytes.count - position)
        guard length > 0, let buffer, let start = bytes.baseAddress else { return Self.end }
        memcpy(buffer, start + position, length)
        position += length
        return OPJ_SIZE_T(length)
    }

    private func skip(_ count: Int64) -> Int64 {
        guard count >= 0, position < bytes.count else { return -1 }
        let length = min(Int(count), bytes.count - position)
        position += length
        return Int64(length)
    }

    private func seek(_ offset: Int64) -> Int32 {
        guard offset >= 0, offset <= Int64(bytes.count) else { return 0 }
        position = Int(offset)
        return 1
    }
}
