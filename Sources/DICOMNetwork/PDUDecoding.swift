extension PDU {
    /// Reads one whole PDU.
    ///
    /// - Parameters:
    ///   - type: the first byte of its header.
    ///   - body: what follows the header, as long as the header said.
    /// - Throws: `PDUError`.
    package init(type: UInt8, body: ArraySlice<UInt8>) throws {
        guard let known = PDUType(rawValue: type) else { throw PDUError.unrecognizedType(type) }
        var fields = FieldReader(body)
        switch known {
        case .associateRequest: self = .associateRequest(try AssociateRequest(&fields))
        case .associateAccept: self = .associateAccept(try AssociateAccept(&fields))
        case .associateReject:
            try fields.skip(1)
            self = .associateReject(
                AssociateReject(result: try fields.byte(), source: try fields.byte(), reason: try fields.byte()))
        case .data: self = .data(try fields.presentationDataValues())
        case .releaseRequest: self = .releaseRequest
        case .releaseResponse: self = .releaseResponse
        case .abort:
            try fields.skip(2)
            self = .abort(Abort(source: try fields.byte(), reason: try fields.byte()))
        }
    }
}

extension AssociateRequest {
    fileprivate init(_ fields: inout FieldReader) throws {
        let version = try fields.bigEndian16()
        try fields.skip(2)
        let called = try fields.title()
        let calling = try fields.title()
        try fields.skip(32)
        var application = ""
        var contexts: [ProposedContext] = []
        var user = UserInformation.unstated
        while let (type, value) = try fields.item() {
            var inner = FieldReader(value)
            switch type {
            case ItemType.applicationContext: application = uidText(value)
            case ItemType.proposedContext: contexts.append(try ProposedContext(&inner))
            case ItemType.userInformation: user = try UserInformation(&inner)
            default: break  // PS3.8 §9.3.1: unrecognised items are skipped
            }
        }
        self.init(calledAETitle: called, callingAETitle: calling, contexts: contexts, userInformation: user)
        protocolVersion = version
        applicationContext = application
    }
}

extension AssociateAccept {
    fileprivate init(_ fields: inout FieldReader) throws {
        try fields.skip(4)
        let called = try fields.title()
        let calling = try fields.title()
        try fields.skip(32)
        var contexts: [ContextResult] = []
        var user = UserInformation.unstated
        while let (type, value) = try fields.item() {
            var inner = FieldReader(value)
            switch type {
            case ItemType.contextResult: contexts.append(try ContextResult(&inner))
            case ItemType.userInformation: user = try UserInformation(&inner)
            default: break
            }
        }
        self.init(calledAETitle: called, callingAETitle: calling, contexts: contexts, userInformation: user)
    }
}

extension ProposedContext {
    fileprivate init(_ fields: inout FieldReader) throws {
        let id = try fields.byte()
        guard id % 2 == 1 else { throw PDUError.malformed("presentation context id \(id) is even") }
        try fields.skip(3)
        var abstractSyntax = ""
        var transferSyntaxes: [String] = []
        while let (type, value) = try fields.item() {
            switch type {
            case ItemType.abstractSyntax: abstractSyntax = uidText(value)
            case ItemType.transferSyntax: transferSyntaxes.append(uidText(value))
            default: break
            }
        }
        self.init(id: id, abstractSyntax: abstractSyntax, transferSyntaxes: transferSyntaxes)
    }
}

extension ContextResult {
    fileprivate init(_ fields: inout FieldReader) throws {
        let id = try fields.byte()
        try fields.skip(1)
        let code = try fields.byte()
        try fields.skip(1)
        guard let result = Result(rawValue: code) else {
            throw PDUError.malformed("presentation context result \(code)")
        }
        var syntax = ""
        while let (type, value) = try fields.item() {
            if type == ItemType.transferSyntax { syntax = uidText(value) }
        }
        self.init(id: id, result: result, transferSyntax: syntax)
    }
}

extension UserInformation {
    /// What holds for a peer that says nothing: no limit, no name.
    static let unstated = UserInformation(
        maximumLength: 0, implementationClassUID: "", implementationVersionName: "")

    fileprivate init(_ fields: inout FieldReader) throws {
        self = .unstated
        while let (type, value) = try fields.item() {
            var inner = FieldReader(value)
            switch type {
            case ItemType.maximumLength: maximumLength = try inner.bigEndian32()
            case ItemType.implementationClassUID: implementationClassUID = uidText(value)
            case ItemType.implementationVersionName: implementationVersionName = uidText(value)
            default: break  // asynchronous window, roles, user identity: not negotiated
            }
        }
    }
}

/// Reads the fields of a PDU front to back; every length is checked against what is there.
struct FieldReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
        guard count <= rest.count else {
            throw PDUError.malformed("a field of \(count) bytes where \(rest.count) are left")
        }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    mutating func skip(_ count: Int) throws { _ = try take(count) }

    mutating func byte() throws -> UInt8 { try take(1).first ?? 0 }

    mutating func bigEndian16() throws -> UInt16 { try take(2).reduce(0) { $0 << 8 | UInt16($1) } }

    mutating func bigEndian32() throws -> UInt32 { try take(4).reduce(0) { $0 << 8 | UInt32($1) } }

    /// An AE title without its padding; bytes outside the default repertoire become `?`.
    mutating func title() throws -> String {
        let visible = try take(16).map { (0x20...0x7E).contains($0) ? Character(Unicode.Scalar($0)) : "?" }
        return String(visible).trimmingSpaces()
    }

    /// The next item, or `nil` at the end (PS3.8 §9.3.2: type, reserved, 2-byte length).
    mutating func item() throws -> (type: UInt8, value: ArraySlice<UInt8>)? {
        if rest.isEmpty { return nil }
        let type = try byte()
        try skip(1)
        let length = try bigEndian16()
        return (type, try take(Int(length)))
    }

    mutating func presentationDataValues() throws -> [PresentationDataValue] {
        var values: [PresentationDataValue] = []
        while !rest.isEmpty {
            let length = try bigEndian32()
            guard length >= 2 else { throw PDUError.malformed("a presentation data value of \(length) bytes") }
            var value = FieldReader(try take(Int(length)))
            let context = try value.byte()
            let control = try value.byte()
            values.append(
                PresentationDataValue(
                    contextID: context, isCommand: control & 1 != 0, isLast: control & 2 != 0, bytes: value.rest))
        }
        return values
    }
}

extension String {
    func trimmingSpaces() -> String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}

/// A UID or a name as a peer wrote it, without padding.
private func uidText(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.filter { (0x21...0x7E).contains($0) }, as: UTF8.self)
}
