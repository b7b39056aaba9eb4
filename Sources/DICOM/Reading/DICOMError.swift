import Glibc

/// Why a data set cannot be read or written. No description holds anything of the data set but places and tags.
package enum DICOMError: Error, Equatable, CustomStringConvertible {
    /// Neither a Part 10 file nor a data set without a file's head.
    case notDICOM
    /// Something reaches behind the end of the file, or of what holds it. `offset` in bytes from the start.
    case truncated(offset: Int)
    case malformed(StaticReason, offset: Int)
    /// A limit of ``ReadingLimits`` is passed.
    case tooLarge(StaticReason, offset: Int)
    /// What is wrong is written in a value that is being made: `tag` cannot be encoded.
    case notEncodable(Tag, StaticReason)
    /// The file system refuses; the number is that of the C library.
    case unreadable(errno: Int32)
    case malformedJSON(StaticReason, offset: Int)
    /// Both count from 1; `column` in bytes.
    case malformedXML(StaticReason, line: Int, column: Int)

    /// Text that stands in our code, so that none of a sender's can slip in.
    package struct StaticReason: ExpressibleByStringLiteral, Equatable, Sendable, CustomStringConvertible {
        package let description: String

        package init(stringLiteral text: StaticString) { description = text.description }
    }

    package var description: String {
        switch self {
        case .notDICOM: "This is not a DICOM file."
        case .truncated(let offset): "The file ends too early: what begins at byte \(offset) is not complete."
        case .malformed(let reason, let offset): "The file is malformed at byte \(offset): \(reason)."
        case .tooLarge(let reason, let offset): "The file passes a limit at byte \(offset): \(reason)."
        case .notEncodable(let tag, let reason): "Attribute \(tag) cannot be written: \(reason)."
        case .unreadable(let number): "The file cannot be read: \(String(cString: strerror(number)))."
        case .malformedJSON(let reason, let offset): "The JSON is malformed at byte \(offset): \(reason)."
        case .malformedXML(let reason, let line, let column):
            "The XML is malformed at line \(line), column \(column): \(reason)."
        }
    }
}
