import CExpat

/// An element of XML with what it holds.
struct XMLNode {
    let name: String
    fileprivate(set) var attributes: [String: String] = [:]
    fileprivate(set) var children: [XMLNode] = []
    fileprivate(set) var text = ""
    let line: Int
    let column: Int

    func error(_ reason: DICOMError.StaticReason) -> DICOMError { .malformedXML(reason, line: line, column: column) }
}

/// Reads a document of the Native DICOM Model into nodes; a document type, and with it any entity, is refused.
///
/// A class, because expat calls it back through a pointer.
final class XMLReader {
    private let parser: XML_Parser
    private let limits: ReadingLimits
    private var open: [XMLNode] = []
    private var texts: [[UInt8]] = []
    private var count = 0
    private var root: XMLNode?
    private var failure: DICOMError?

    /// Stands between a namespace and a name.
    private static let separator = " "
    /// A sequence costs an attribute and an item; around them are the model, and a name with its groups.
    private var depth: Int { 2 * limits.depth + 6 }

    /// - Throws: ``DICOMError/malformedXML(_:line:column:)``.
    static func root(of bytes: [UInt8], limits: ReadingLimits) throws -> XMLNode {
        guard let parser = XML_ParserCreateNS(nil, XML_Char(bitPattern: separator.utf8.first ?? 0)) else {
            throw DICOMError.malformedXML("there is no memory for it", line: 1, column: 1)
        }
        defer { XML_ParserFree(parser) }
        let reader = XMLReader(parser, limits)
        return try withExtendedLifetime(reader) { try reader.read(bytes) }
    }

    private init(_ parser: XML_Parser, _ limits: ReadingLimits) {
        (self.parser, self.limits) = (parser, limits)
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser, { XMLReader.at($0)?.start($1, $2) }, { pointer, _ in XMLReader.at(pointer)?.end() })
        XML_SetCharacterDataHandler(parser) { XMLReader.at($0)?.add($1, Int($2)) }
        XML_SetStartDoctypeDeclHandler(parser) { pointer, _, _, _, _ in
            XMLReader.at(pointer)?.fail("a document type is not allowed")
        }
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> XMLReader? {
        pointer.map { Unmanaged<XMLReader>.fromOpaque($0).takeUnretainedValue() }
    }

    private func read(_ bytes: [UInt8]) throws -> XMLNode {
        guard let length = Int32(exactly: bytes.count) else { throw error("it is longer than 2 GiB") }
        let status = bytes.withUnsafeBytes { XML_Parse(parser, $0.bindMemory(to: CChar.self).baseAddress, length, 1) }
        if let failure { throw failure }
        guard status == XML_STATUS_OK, let root else { throw error(Self.reason(XML_GetErrorCode(parser))) }
        return root
    }

    private func error(_ reason: DICOMError.StaticReason) -> DICOMError {
        .malformedXML(
            reason, line: Int(XML_GetCurrentLineNumber(parser)), column: Int(XML_GetCurrentColumnNumber(parser)) + 1)
    }

    private func fail(_ reason: DICOMError.StaticReason) {
        if failure == nil { failure = error(reason) }
        XML_StopParser(parser, XML_Bool(XML_FALSE))
    }

    private static func reason(_ code: XML_Error) -> DICOMError.StaticReason {
        switch code {
        case XML_ERROR_NO_ELEMENTS: "there is no element"
        case XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR, XML_ERROR_UNCLOSED_CDATA_SECTION: "an early end"
        case XML_ERROR_TAG_MISMATCH: "the end of another element"
        case XML_ERROR_DUPLICATE_ATTRIBUTE: "an attribute of XML twice"
        case XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "something behind the document"
        case XML_ERROR_UNDEFINED_ENTITY: "an unknown entity"
        case XML_ERROR_BAD_CHAR_REF: "a reference to a character that XML cannot have"
        case XML_ERROR_UNKNOWN_ENCODING, XML_ERROR_INCORRECT_ENCODING: "an unknown encoding"
        case XML_ERROR_UNBOUND_PREFIX: "an unknown prefix"
        case XML_ERROR_NO_MEMORY: "there is no memory for it"
        default: "it is not well-formed"
        }
    }
}

extension XMLReader {
    private func start(_ name: UnsafePointer<XML_Char>?, _ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) {
        guard failure == nil, let name, var pair = pairs else { return }
        count += 1
        guard count <= limits.elementCount else { return fail("too many elements") }
        guard open.count < depth else { return fail("too deep") }
        let parts = String(cString: name).split(separator: Self.separator)
        guard parts.count == 1 || parts.first.map(String.init) == NativeDICOMModel.namespace else {
            return fail("an element of another namespace")
        }
        var node = XMLNode(
            name: parts.last.map(String.init) ?? "", line: Int(XML_GetCurrentLineNumber(parser)),
            column: Int(XML_GetCurrentColumnNumber(parser)) + 1)
        while let key = pair[0], let value = pair[1] {
            node.attributes[String(cString: key)] = String(cString: value)
            pair += 2
        }
        open.append(node)
        texts.append([])
    }

    private func add(_ text: UnsafePointer<XML_Char>?, _ count: Int) {
        guard failure == nil, !texts.isEmpty else { return }
        texts[texts.count - 1] += UnsafeRawBufferPointer(start: text, count: count)
    }

    private func end() {
        guard failure == nil, var node = open.popLast(), let text = texts.popLast() else { return }
        node.text = String(decoding: text, as: UTF8.self)
        if open.isEmpty { root = node } else { open[open.count - 1].children.append(node) }
    }
}
