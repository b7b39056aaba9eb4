/// The states of an accepted transport connection (PS3.8 §9.2.1, Table 9-1); names as there.
package enum AssociationState: Sendable, Hashable {
    case idle  // Sta1
    case awaitingAssociateRequest  // Sta2, ARTIM runs
    case awaitingAssociateResponse  // Sta3, the local user decides
    case established  // Sta6
    case awaitingReleaseResponse  // Sta8, the local user answers
    case awaitingClose  // Sta13, ARTIM runs
}

/// What happens to an association (PS3.8 §9.2, rows of Table 9-10 for the accepting side).
package enum AssociationEvent: Sendable, CaseIterable {
    case connected
    case associateRequestReceived
    case associateAccepted
    case associateRejected
    case associateAnswerReceived
    case dataReceived
    case releaseRequestReceived
    case releaseResponseReceived
    case releaseAnswered
    case abortRequested
    case abortReceived
    case connectionClosed
    case timerExpired
    case invalidPDUReceived
}

/// What the rim does (PS3.8 §9.2.2); the ARTIM timer runs exactly in the states that name it.
package enum AssociationAction: String, Sendable {
    case startTimer = "AE-5"
    case judgeRequest = "AE-6"
    case sendAccept = "AE-7"
    case sendReject = "AE-8"
    case deliverData = "DT-2"
    case deliverRelease = "AR-2"
    case sendReleaseResponse = "AR-4"
    case stop = "AR-5"
    case sendUserAbort = "AA-1"
    case close = "AA-2"
    case deliverAbortAndClose = "AA-3"
    case deliverLoss = "AA-4"
    case stopTimer = "AA-5"
    case ignore = "AA-6"
    case sendAbort = "AA-7"
    case sendProviderAbort = "AA-8"

    /// The state after the action (PS3.8 §9.2.2, Tables 9-6 to 9-9).
    package var next: AssociationState {
        switch self {
        case .startTimer: .awaitingAssociateRequest
        case .judgeRequest: .awaitingAssociateResponse
        case .sendAccept, .deliverData: .established
        case .deliverRelease: .awaitingReleaseResponse
        case .sendReject, .sendReleaseResponse, .sendUserAbort, .ignore, .sendAbort, .sendProviderAbort:
            .awaitingClose
        case .stop, .close, .deliverAbortAndClose, .deliverLoss, .stopTimer: .idle
        }
    }
}

extension AssociationState {
    /// The cell of Table 9-10; `nil` where the table is blank, which the rim cannot bring about.
    package func action(on event: AssociationEvent) -> AssociationAction? {
        if event == .connected { return self == .idle ? .startTimer : nil }
        let row: [AssociationAction?] =  // Sta2, Sta3, Sta6, Sta8, Sta13
            switch event {
            case .connected: [nil, nil, nil, nil, nil]
            case .associateRequestReceived:
                [.judgeRequest, .sendProviderAbort, .sendProviderAbort, .sendProviderAbort, .sendAbort]
            case .associateAccepted: [nil, .sendAccept, nil, nil, nil]
            case .associateRejected: [nil, .sendReject, nil, nil, nil]
            case .associateAnswerReceived:
                [.sendUserAbort, .sendProviderAbort, .sendProviderAbort, .sendProviderAbort, .ignore]
            case .dataReceived: [.sendUserAbort, .sendProviderAbort, .deliverData, .sendProviderAbort, .ignore]
            case .releaseRequestReceived:
                [.sendUserAbort, .sendProviderAbort, .deliverRelease, .sendProviderAbort, .ignore]
            case .releaseResponseReceived:
                [.sendUserAbort, .sendProviderAbort, .sendProviderAbort, .sendProviderAbort, .ignore]
            case .releaseAnswered: [nil, nil, nil, .sendReleaseResponse, nil]
            case .abortRequested: [nil, .sendUserAbort, .sendUserAbort, .sendUserAbort, nil]
            case .abortReceived:
                [.close, .deliverAbortAndClose, .deliverAbortAndClose, .deliverAbortAndClose, .close]
            case .connectionClosed: [.stopTimer, .deliverLoss, .deliverLoss, .deliverLoss, .stop]
            case .timerExpired: [.close, nil, nil, nil, .close]
            case .invalidPDUReceived:
                [.sendUserAbort, .sendProviderAbort, .sendProviderAbort, .sendProviderAbort, .sendAbort]
            }
        return column.flatMap { row[$0] }
    }

    private var column: Int? {
        switch self {
        case .idle: nil
        case .awaitingAssociateRequest: 0
        case .awaitingAssociateResponse: 1
        case .established: 2
        case .awaitingReleaseResponse: 3
        case .awaitingClose: 4
        }
    }
}
