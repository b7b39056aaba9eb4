import Glibc

/// An open conversion of the C library; a class because it is closed with its last owner.
final class EncodingConverter {
    private let descriptor: iconv_t

    /// - Returns: nil when the C library does not know one of the encodings.
    init?(from source: String, to target: String) {
        guard let opened = iconv_open(target, source), opened != iconv_t(bitPattern: -1) else { return nil }
        descriptor = opened
    }

    deinit { iconv_close(descriptor) }

    /// Converts all of `bytes`, putting `replacement` for each byte that cannot be converted.
    ///
    /// - Parameter replacement: at most 3 bytes long.
    /// - Returns: nil when there is such a byte and no replacement.
    func convert(_ bytes: ArraySlice<UInt8>, replacement: [UInt8]?) -> [UInt8]? {
        var input = bytes.map { CChar(bitPattern: $0) }
        let capacity = bytes.count * 4 + 8  // no character takes more bytes in these encodings
        var isComplete = true
        let output = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            input.withUnsafeMutableBufferPointer { source in
                buffer.withMemoryRebound(to: CChar.self) { target in
                    var (from, left) = (source.baseAddress, source.count)
                    var (to, room) = (target.baseAddress, target.count)
                    _ = iconv(descriptor, nil, nil, nil, nil)  // to the initial state
                    while left > 0 {
                        _ = iconv(descriptor, &from, &left, &to, &room)
                        guard left > 0 else { break }
                        guard let replacement, room >= replacement.count, let here = to else {
                            isComplete = false
                            break
                        }
                        for (place, byte) in replacement.enumerated() { here[place] = CChar(bitPattern: byte) }
                        (to, room) = (here + replacement.count, room - replacement.count)
                        (from, left) = (from.map { $0 + 1 }, left - 1)
                    }
                    count = target.count - room
                }
            }
        }
        return isComplete ? output : nil
    }
}
