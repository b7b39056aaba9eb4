import Testing

@testable import DICOMNetwork

@Suite struct AssociationStateTests {
    @Test func anOrdinaryAssociationGoesThroughTheStandardsStates() {
        let course: [(AssociationEvent, AssociationAction, AssociationState)] = [
            (.connected, .startTimer, .awaitingAssociateRequest),
            (.associateRequestReceived, .judgeRequest, .awaitingAssociateResponse),
            (.associateAccepted, .sendAccept, .established),
            (.dataReceived, .deliverData, .established),
            (.releaseRequestReceived, .deliverRelease, .awaitingReleaseResponse),
            (.releaseAnswered, .sendReleaseResponse, .awaitingClose),
            (.connectionClosed, .stop, .idle),
        ]
        var state = AssociationState.idle
        for (event, action, next) in course {
            #expect(state.action(on: event) == action)
            state = action.next
            #expect(state == next)
        }
    }

    @Test func dataBeforeAnAssociationIsAborted() {
        #expect(AssociationState.awaitingAssociateRequest.action(on: .dataReceived) == .sendUserAbort)
    }

    @Test func aSecondRequestOnAnAssociationIsAborted() {
        #expect(AssociationState.established.action(on: .associateRequestReceived) == .sendProviderAbort)
    }

    @Test(arguments: [
        AssociationState.awaitingAssociateRequest, .awaitingAssociateResponse, .established,
        .awaitingReleaseResponse, .awaitingClose,
    ])
    func aPeerCanNeverReachABlankCell(state: AssociationState) {
        let fromThePeer: [AssociationEvent] = [
            .associateRequestReceived, .associateAnswerReceived, .dataReceived, .releaseRequestReceived,
            .releaseResponseReceived, .abortReceived, .connectionClosed, .invalidPDUReceived,
        ]
        for event in fromThePeer { #expect(state.action(on: event) != nil, "\(event)") }
    }
}
