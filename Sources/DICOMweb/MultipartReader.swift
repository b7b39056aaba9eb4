import Glibc
import HTTPModel

/// Reads a `multipart/related` body chunk by chunk (RFC 2046 §5.1, PS3.18 §8.7.3.5).
///
/// It keeps no more than one part's header block, or one delimiter's length of a part's content.
package struct MultipartReader {
    package enum Event {
        case partBegan(Headers)
        /// A piece of the current part's content, never empty.
        case content(ArraySlice<UInt8>)
        case partEnded
    }

    private enum State {
        /// Before the first delimiter; its text is passed over.
        case preamble
        /// Behind a delimiter: `--`, or padding and the end of the line.
        case delimiterEnd
        case headers
        case content
        /// Behind the closing delimiter; its text is passed over.
        case epilogue
    }

    package static let longestHeaderBlock = 16 << 10
    package static let mostParts = 10_000

    /// CRLF `--` boundary.
    private let delimiter: [UInt8]
    private var state = State.preamble
    /// What is not understood yet. It begins with a CRLF of ours, so that a delimiter at the very start is one.
    private var pending: [UInt8] = [0x0D, 0x0A]
    private var partCount = 0

    /// - Parameter boundary: the Content-Type's `boundary`: 1 to 70 characters of RFC 2046's set, not ending in a space.
    /// - Throws: `MultipartError.boundary`.
    package init(boundary: String?) throws(MultipartError) {
        guard let boundary, Self.isBoundary(boundary) else { throw .boundary }
        delimiter = [0x0D, 0x0A, 0x2D, 0x2D] + Array(boundary.utf8)
    }

    /// Takes the next chunk of the body and reports what it completes.
    ///
    /// - Throws: `MultipartError`; whatever `report` throws.
    package mutating func read(_ chunk: [UInt8], report: (Event) throws -> Void) throws {
        guard state != .epilogue else { return }
        pending += chunk
        var used = 0
        while try step(&used, report) {}
        pending.removeFirst(used)
    }

    /// - Throws: `MultipartError.truncated` when the closing delimiter has not come.
    package func finish() throws(MultipartError) {
        guard state == .epilogue else { throw partCount == 0 ? .noDelimiter : .truncated }
    }

    /// Understands one thing behind `used`; `false` when more bytes are needed.
    private mutating func step(_ used: inout Int, _ report: (Event) throws -> Void) throws -> Bool {
        switch state {
        case .preamble: return passPreamble(&used)
        case .delimiterEnd: return try endDelimiter(&used)
        case .headers: return try readHeaders(&used, report)
        case .content: return try readContent(&used, report)
        case .epilogue:
            used = pending.count
            return false
        }
    }

    private mutating func passPreamble(_ used: inout Int) -> Bool {
        // A preamble of text may end its lines in LF alone.
        let afterLine = Array(delimiter.dropFirst())
        guard let found = find(afterLine, from: used) else {
            used = max(used, pending.count - afterLine.count)
            return false
        }
        used = found + afterLine.count
        state = .delimiterEnd
        return true
    }

    private mutating func endDelimiter(_ used: inout Int) throws -> Bool {
        let rest = pending[used...]
        guard rest.count >= 2 else { return false }
        if rest.starts(with: [0x2D, 0x2D]) {
            state = .epilogue
            return true
        }
        guard let end = Self.paddedLineEnd(rest) else {
            guard rest.count <= Self.longestPadding else { throw MultipartError.delimiter }
            return false
        }
        guard end > 0 else { throw MultipartError.delimiter }
        used = end
        partCount += 1
        guard partCount <= Self.mostParts else { throw MultipartError.tooManyParts(Self.mostParts) }
        state = .headers
        return true
    }

    private mutating func readHeaders(_ used: inout Int, _ report: (Event) throws -> Void) throws -> Bool {
        let blank: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        let isEmptyBlock = pending[used...].starts(with: blank.prefix(2))
        guard isEmptyBlock || find(blank, from: used) != nil || pending.count - used <= Self.longestHeaderBlock
        else { throw MultipartError.headers(part: partCount) }
        guard let end = isEmptyBlock ? used : find(blank, from: used) else { return false }
        guard end - used <= Self.longestHeaderBlock,
            let headers = PartHeaders.parse(pending[used..<end])
        else { throw MultipartError.headers(part: partCount) }
        try report(.partBegan(headers))
        // A part without content ends at the CRLF of its blank line.
        used = isEmptyBlock ? used : end + 2
        state = .content
        isAtContentStart = true
        return true
    }

    /// Whether the blank line's CRLF still stands before the content: it may also be the delimiter's own.
    private var isAtContentStart = false

    private mutating func readContent(_ used: inout Int, _ report: (Event) throws -> Void) throws -> Bool {
        let found = find(delimiter, from: used)
        let end = found ?? (pending.count - delimiter.count + 1)
        let start = isAtContentStart ? used + 2 : used
        if end > start {
            try report(.content(pending[start..<end]))
            isAtContentStart = false
            used = end
        }
        guard let found else { return false }
        try report(.partEnded)
        used = found + delimiter.count
        state = .delimiterEnd
        return true
    }

    /// Looks for the needle's first byte, which is rare, and compares there.
    private func find(_ needle: [UInt8], from start: Int) -> Int? {
        pending.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let first = needle.first else { return nil }
            var index = start
            while bytes.count - index >= needle.count {
                guard let found = memchr(base + index, Int32(first), bytes.count - index - needle.count + 1) else {
                    return nil
                }
                index = UnsafeRawPointer(found) - base
                if memcmp(found, needle, needle.count) == 0 { return index }
                index += 1
            }
            return nil
        }
    }

    private static let longestPadding = 256

    /// The index behind padding and CRLF; 0 when something else stands there; `nil` when the end has not come.
    private static func paddedLineEnd(_ rest: ArraySlice<UInt8>) -> Int? {
        guard let first = rest.firstIndex(where: { $0 != 0x20 && $0 != 0x09 }) else { return nil }
        guard rest[first] == 0x0D else { return 0 }
        guard first + 1 < rest.endIndex else { return nil }
        return rest[first + 1] == 0x0A ? first + 2 : 0
    }

    /// RFC 2046 §5.1.1, `boundary`.
    private static func isBoundary(_ text: String) -> Bool {
        let marks = Set("'()+_,-./:=? ".utf8)
        return (1...70).contains(text.utf8.count) && text.utf8.last != UInt8(ascii: " ")
            && text.utf8.allSatisfy { byte in
                marks.contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
            }
    }
}
