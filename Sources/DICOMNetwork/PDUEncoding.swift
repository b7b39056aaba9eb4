/// Types of the items inside an association PDU (PS3.8 §9.3.2, §9.3.3, Annex D; PS3.7 Annex D.3.3).
enum ItemType {
    static let applicationContext: UInt8 = 0x10
    static let proposedContext: UInt8 = 0x20
    static let contextResult: UInt8 = 0x21
    static let abstractSyntax: UInt8 = 0x30
    static let transferSyntax: UInt8 = 0x40
    static let userInformation: UInt8 = 0x50
    static let maximumLength: UInt8 = 0x51
    static let implementationClassUID: UInt8 = 0x52
    static let implementationVersionName: UInt8 = 0x55
}

extension PDU {
    /// The PDU as it goes over the wire.
    package func encoded() -> [UInt8] {
        switch self {
        case .associateRequest(let request): frame(.associateRequest, request.encodedBody())
        case .associateAccept(let accept): frame(.associateAccept, accept.encodedBody())
        case .associateReject(let reject):
            frame(.associateReject, [0, reject.result, reject.source, reject.reason])
        case .data(let values): frame(.data, values.flatMap { $0.encoded() })
        case .releaseRequest: frame(.releaseRequest, [0, 0, 0, 0])
        case .releaseResponse: frame(.releaseResponse, [0, 0, 0, 0])
        case .abort(let abort): frame(.abort, [0, 0, abort.source, abort.reason])
        }
    }

    private func frame(_ type: PDUType, _ body: [UInt8]) -> [UInt8] {
        [type.rawValue, 0] + bigEndian(UInt32(truncatingIfNeeded: body.count)) + body
    }
}

extension PresentationDataValue {
    /// PS3.8 §9.3.5.1 and the message control header of Annex E.2.
    func encoded() -> [UInt8] {
        let control: UInt8 = (isCommand ? 1 : 0) | (isLast ? 2 : 0)
        return bigEndian(UInt32(truncatingIfNeeded: bytes.count + 2)) + [contextID, control] + bytes
    }
}

extension AssociateRequest {
    fileprivate func encodedBody() -> [UInt8] {
        associationHeader(called: calledAETitle, calling: callingAETitle)
            + item(ItemType.applicationContext, Array(applicationContext.utf8))
            + contexts.flatMap { context in
                item(
                    ItemType.proposedContext,
                    [context.id, 0, 0, 0] + item(ItemType.abstractSyntax, Array(context.abstractSyntax.utf8))
                        + context.transferSyntaxes.flatMap { item(ItemType.transferSyntax, Array($0.utf8)) })
            } + userInformation.encoded()
    }
}

extension AssociateAccept {
    fileprivate func encodedBody() -> [UInt8] {
        associationHeader(called: calledAETitle, calling: callingAETitle)
            + item(ItemType.applicationContext, Array(dicomApplicationContext.utf8))
            + contexts.flatMap { context in
                item(
                    ItemType.contextResult,
                    [context.id, 0, context.result.rawValue, 0]
                        + item(ItemType.transferSyntax, Array(context.transferSyntax.utf8)))
            } + userInformation.encoded()
    }
}

extension UserInformation {
    fileprivate func encoded() -> [UInt8] {
        item(
            ItemType.userInformation,
            item(ItemType.maximumLength, bigEndian(maximumLength))
                + item(ItemType.implementationClassUID, Array(implementationClassUID.utf8))
                + item(ItemType.implementationVersionName, Array(implementationVersionName.utf8)))
    }
}

private func associationHeader(called: String, calling: String) -> [UInt8] {
    let reserved = [UInt8](repeating: 0, count: 32)
    return [0, 1, 0, 0] + paddedTitle(called) + paddedTitle(calling) + reserved
}

/// An AE title fills 16 bytes with trailing spaces (PS3.8 Table 9-11).
private func paddedTitle(_ title: String) -> [UInt8] {
    let length = 16
    return Array((Array(title.utf8) + [UInt8](repeating: 0x20, count: length)).prefix(length))
}

private func item(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
    [type, 0] + bigEndian(UInt16(truncatingIfNeeded: body.count)) + body
}

private func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.bigEndian) { Array($0) }
}
