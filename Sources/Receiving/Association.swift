import DICOM
import DICOMNetwork
import Logging

/// One association from its first byte to its last: the rim around the Standard's state machine.
///
/// A class because it owns a connection and the state of a conversation; it lives on one thread.
final class Association {
    /// How long a peer may take, in milliseconds.
    enum Patience {
        /// ARTIM (PS3.8 §9.1.4): to agree on TLS, to ask for an association, and to close the connection.
        static let artim = 10_000
        /// From one PDU to the end of the next on an established association.
        static let idle = 120_000
        /// How often an idle association looks whether the listener is stopping.
        static let glance = 500
    }

    /// The largest P-DATA-TF that is offered, in bytes.
    static let longestData = Negotiation.longestData

    private let socket: AssociationSocket
    private let admission: any Admitting
    private let peerAddress: String
    private let artim: Int
    private let isStopping: () -> Bool
    private let log: Logger
    private var framer = PDUFramer(longestData: longestData)
    private var assembler = MessageAssembler()
    private var state = AssociationState.idle
    private var provider: StorageProvider?
    /// What was accepted, by presentation context id.
    private var contexts: [UInt8: AcceptedContext] = [:]

    init(
        socket: AssociationSocket, peerAddress: String, admission: any Admitting, log: Logger,
        artim: Int = Patience.artim, isStopping: @escaping () -> Bool
    ) {
        self.socket = socket
        self.peerAddress = peerAddress
        self.admission = admission
        self.log = log
        self.artim = artim
        self.isStopping = isStopping
    }

    /// Serves the peer until the connection is over.
    func run() {
        defer { provider?.end() }
        do {
            try patiently(until: monotonicMilliseconds() + artim) { try socket.handshake(until: $0) }
            try handle(.connected)
            while state != .idle { try step() }
        } catch AssociationSocket.Failure.insecure(let reason) {
            log.notice("connection refused by TLS", metadata: ["address": "\(peerAddress)", "reason": "\(reason)"])
        } catch {
            log.debug("association ended", metadata: ["reason": "\(error)"])
        }
    }

    /// Handles one PDU, or what came instead of it.
    private func step() throws {
        guard state != .awaitingClose else { return try handle(awaitClose()) }
        let deadline = monotonicMilliseconds() + (state == .established ? Patience.idle : artim)
        do {
            try handle(try nextPDU(until: deadline))
        } catch let error as PDUError {
            log.notice("refused PDU", metadata: ["reason": "\(error)"])
            try handle(.invalidPDUReceived)
        } catch AssociationSocket.Failure.closed {
            try handle(.connectionClosed)
        } catch AssociationSocket.Failure.timedOut {
            try handle(state == .established ? .abortRequested : .timerExpired)
        }
    }

    /// Passes over what still comes: after a refused PDU the stream cannot be cut into PDUs any more (PS3.8 §9.2.3, AA-6).
    private func awaitClose() -> AssociationEvent {
        let deadline = monotonicMilliseconds() + artim
        do {
            while true { _ = try patiently(until: deadline) { try socket.read(until: $0) } }
        } catch AssociationSocket.Failure.timedOut {
            return .timerExpired
        } catch {
            return .connectionClosed
        }
    }

    private func nextPDU(until deadline: Int) throws -> PDU {
        while true {
            if let pdu = try framer.next() { return pdu }
            framer.append(try patiently(until: deadline) { try socket.read(until: $0) })
        }
    }

    /// Waits for the peer; a listener that stops waits for nothing but a data set that is on its way.
    ///
    /// - Parameter wait: is told until when, and repeated when that was too early.
    private func patiently<Value>(until deadline: Int, _ wait: (Int) throws -> Value) throws -> Value {
        while true {
            if isStopping(), provider?.isReceiving != true { throw AssociationSocket.Failure.timedOut }
            do {
                return try wait(min(deadline, monotonicMilliseconds() + Patience.glance))
            } catch AssociationSocket.Failure.timedOut where monotonicMilliseconds() < deadline {
                continue
            }
        }
    }

    private func handle(_ pdu: PDU) throws {
        switch pdu {
        case .associateRequest(let request): try handle(.associateRequestReceived, request: request)
        case .associateAccept, .associateReject: try handle(.associateAnswerReceived)
        case .data(let values): try handle(.dataReceived, values: values)
        case .releaseRequest: try handle(.releaseRequestReceived)
        case .releaseResponse: try handle(.releaseResponseReceived)
        case .abort: try handle(.abortReceived)
        }
    }

    /// Does what Table 9-10 says for the event and goes to the next state.
    private func handle(
        _ event: AssociationEvent, request: AssociateRequest? = nil, values: [PresentationDataValue] = []
    ) throws {
        guard let action = state.action(on: event) else { return state = .idle }
        state = action.next
        switch action {
        case .judgeRequest: if let request { try judge(request) }
        case .deliverData: for value in values { try deliver(value) }
        case .deliverRelease:
            try socket.write(PDU.releaseResponse.encoded())
            state = AssociationAction.sendReleaseResponse.next
        case .sendUserAbort, .sendAbort: try socket.write(PDU.abort(.serviceUser).encoded())
        case .sendProviderAbort: try socket.write(PDU.abort(.unexpectedPDU).encoded())
        case .startTimer, .ignore, .sendAccept, .sendReject, .sendReleaseResponse: break
        case .stop, .close, .deliverAbortAndClose, .deliverLoss, .stopTimer: break
        }
    }

    private func judge(_ request: AssociateRequest) throws {
        switch admission.admit(request, from: Peer(address: peerAddress, tlsName: socket.tlsName)) {
        case .rejected(let reject):
            log.notice(
                "association rejected",
                metadata: ["calling": "\(request.callingAETitle)", "reason": "\(reject.reason)"])
            try socket.write(PDU.associateReject(reject).encoded())
            state = AssociationAction.sendReject.next
        case .admitted(let newProvider):
            provider = newProvider
            try accept(request)
            state = AssociationAction.sendAccept.next
        }
    }

    private func accept(_ request: AssociateRequest) throws {
        let results = request.contexts.map(Negotiation.judge)
        for (context, result) in zip(request.contexts, results) where result.result == .acceptance {
            contexts[context.id] = AcceptedContext(
                abstractSyntax: context.abstractSyntax, transferSyntax: result.transferSyntax)
        }
        let answer = AssociateAccept(
            calledAETitle: request.calledAETitle, callingAETitle: request.callingAETitle, contexts: results,
            userInformation: UserInformation(
                maximumLength: UInt32(Self.longestData), implementationClassUID: FileMeta.implementationClassUID,
                implementationVersionName: FileMeta.implementationVersionName))
        try socket.write(PDU.associateAccept(answer).encoded())
    }

    /// One presentation data value of an established association: a command, or a piece of the data set it announced.
    private func deliver(_ value: PresentationDataValue) throws {
        guard let provider, let context = contexts[value.contextID] else {
            throw PDUError.malformed("presentation context \(value.contextID) was not accepted")
        }
        let answer: CommandSet?
        switch try assembler.add(value) {
        case nil: answer = nil
        case .command(let command, _): answer = provider.begin(command, on: context)
        case .dataSet(let bytes, let isLast):
            provider.receive(bytes)
            answer = isLast ? provider.finish() : nil
        }
        guard let answer else { return }
        try socket.write(
            PDU.data([
                PresentationDataValue(
                    contextID: value.contextID, isCommand: true, isLast: true, bytes: answer.encoded()[...])
            ]).encoded())
    }
}
