import DICOM
import DICOMNetwork

/// A storage SCU that sends one file: what a modality does.
///
/// - SeeAlso: PS3.4 §A, §B.2; PS3.7 §9.1.1, §9.1.5.
package final class StorageUser {
    /// What is proposed: any storage class in explicit little endian, which the files of the self-test have.
    private static let storeContext: UInt8 = 1
    private static let echoContext: UInt8 = 3

    private let socket: ClientSocket
    private var framer = PDUFramer(longestData: 1 << 18)
    private var messageID: UInt16 = 0

    /// Opens an association.
    ///
    /// - Throws: `SelfTestFailure`; `PDUError`.
    package init(_ socket: ClientSocket, calling title: String, called: String, storing sopClass: String) throws {
        self.socket = socket
        let syntax = TransferSyntax.explicitVRLittleEndian.uid.text
        let contexts = [
            ProposedContext(id: Self.storeContext, abstractSyntax: sopClass, transferSyntaxes: [syntax]),
            ProposedContext(
                id: Self.echoContext, abstractSyntax: Negotiation.verification,
                transferSyntaxes: [TransferSyntax.implicitVRLittleEndian.uid.text]),
        ]
        try socket.write(
            PDU.associateRequest(
                AssociateRequest(
                    calledAETitle: called, callingAETitle: title, contexts: contexts,
                    userInformation: UserInformation(
                        maximumLength: 1 << 18, implementationClassUID: UID.derived(from: "self-test").text,
                        implementationVersionName: "SELFTEST"))
            ).encoded())
        let answer = try next()
        guard case .associateAccept(let accepted) = answer else {
            if case .associateReject(let why) = answer {
                throw SelfTestFailure("the association is refused (source \(why.source), reason \(why.reason))")
            }
            throw SelfTestFailure("the association is aborted")
        }
        guard accepted.contexts.count == contexts.count, accepted.contexts.allSatisfy({ $0.result == .acceptance })
        else { throw SelfTestFailure("a presentation context is refused") }
    }

    /// C-ECHO.
    package func echo() throws {
        var command = CommandSet()
        command[text: .affectedSOPClassUID] = Negotiation.verification
        command[.commandField] = CommandSet.Command.echoRequest
        try send(command, on: Self.echoContext, dataSet: [])
    }

    /// C-STORE of a PS3.10 file in Explicit VR Little Endian.
    package func store(_ file: [UInt8], sopClass: String, sopInstance: String) throws {
        let offset = try DICOMFile.read(BytesSource(file)).dataSetOffset
        var command = CommandSet()
        command[text: .affectedSOPClassUID] = sopClass
        command[text: .affectedSOPInstanceUID] = sopInstance
        command[.commandField] = CommandSet.Command.storeRequest
        command[.priority] = 0
        try send(command, on: Self.storeContext, dataSet: file[offset...])
    }

    /// A-RELEASE.
    package func release() throws {
        try socket.write(PDU.releaseRequest.encoded())
        guard case .releaseResponse = try next() else { throw SelfTestFailure("the release is not answered") }
    }

    /// Sends a request and makes sure that its response says success (PS3.7 Annex C).
    private func send(_ command: CommandSet, on context: UInt8, dataSet: ArraySlice<UInt8>) throws {
        var command = command
        messageID += 1
        command[.messageID] = messageID
        command[.dataSetType] = dataSet.isEmpty ? CommandSet.noDataSet : 0
        try socket.write(Self.data(command.encoded()[...], on: context, isCommand: true, isLast: true))
        var rest = dataSet
        let piece = 1 << 16
        while !rest.isEmpty {
            try socket.write(
                Self.data(rest.prefix(piece), on: context, isCommand: false, isLast: rest.count <= piece))
            rest = rest.dropFirst(piece)
        }
        guard case .data(let values) = try next(), let bytes = values.first?.bytes else {
            throw SelfTestFailure("no response came")
        }
        let status = try CommandSet(Array(bytes))[.status]
        guard status == 0 else { throw SelfTestFailure("status \(status.map { String($0, radix: 16) } ?? "missing")") }
    }

    private static func data(
        _ bytes: ArraySlice<UInt8>, on context: UInt8, isCommand: Bool, isLast: Bool
    ) -> [UInt8] {
        PDU.data([PresentationDataValue(contextID: context, isCommand: isCommand, isLast: isLast, bytes: bytes)])
            .encoded()
    }

    private func next() throws -> PDU {
        while true {
            if let pdu = try framer.next() { return pdu }
            let bytes = try socket.read()
            guard !bytes.isEmpty else { throw SelfTestFailure("the connection was closed") }
            framer.append(bytes)
        }
    }
}
