import Glibc
import Logging
import ObjectStore
import Testing

@testable import DICOMNetwork
@testable import Receiving

/// Associations against a real listener on loopback; what is received is counted instead of stored.
@Suite struct AssociationTests {
    static let ct = "1.2.840.10008.5.1.4.1.1.2"
    static let implicit = "1.2.840.10008.1.2"

    @Test func anEchoIsAnsweredAndTheAssociationReleased() throws {
        let listener = try TestListener()
        defer { listener.stop() }
        let client = try TestClient(port: listener.port)
        try client.associate(Negotiation.verification)
        try client.send(command: .echo(messageID: 7))
        let answer = try client.command()
        #expect(answer[.status] == 0)
        #expect(answer[.messageIDBeingRespondedTo] == 7)
        try client.send(.releaseRequest)
        #expect(try client.pdu() == .releaseResponse)
    }

    @Test func aDataSetInPiecesIsHandedOverWhole() throws {
        let listener = try TestListener()
        defer { listener.stop() }
        let client = try TestClient(port: listener.port)
        try client.associate(Self.ct)
        try client.send(command: .store(Self.ct, instance: "1.2.3"))
        let payload = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        for start in stride(from: 0, to: payload.count, by: 10_000) {
            let end = start + 10_000
            try client.send(
                .data([
                    PresentationDataValue(
                        contextID: 1, isCommand: false, isLast: end == payload.count, bytes: payload[start..<end])
                ]))
        }
        #expect(try client.command()[.status] == 0)
        let received = listener.received()
        #expect(received.count == 1)
        #expect(received.first?.suffix(payload.count) == payload[...])
        #expect(received.first.map { Array($0[128..<132]) } == Array("DICM".utf8))
    }

    @Test func aTransferThatBreaksOffLeavesNothing() throws {
        let listener = try TestListener()
        defer { listener.stop() }
        do {
            let client = try TestClient(port: listener.port)
            try client.associate(Self.ct)
            try client.send(command: .store(Self.ct, instance: "1.2.3"))
            try client.send(
                .data([PresentationDataValue(contextID: 1, isCommand: false, isLast: false, bytes: [1, 2][...])]))
        }
        listener.stop()
        #expect(listener.received().isEmpty)
        #expect(try listener.spooledFiles() == 0)
    }

    @Test(arguments: [
        Array("GET / HTTP/1.1\r\n\r\n".utf8), [4, 0, 0xFF, 0xFF, 0xFF, 0xFF], [1, 0, 0, 0, 0, 2, 0, 0],
        [0x99, 0, 0, 0, 0, 0], PDU.releaseRequest.encoded(),
    ])
    func garbageIsAbortedAndOthersAreServed(garbage: [UInt8]) throws {
        let listener = try TestListener()
        defer { listener.stop() }
        let hostile = try TestClient(port: listener.port)
        try hostile.send(bytes: garbage)
        guard case .abort = try hostile.pdu() else {
            Issue.record("no abort")
            return
        }
        hostile.finishSending()
        #expect(throws: AssociationSocket.Failure.closed) { try hostile.pdu() }
        let client = try TestClient(port: listener.port)
        try client.associate(Negotiation.verification)
        try client.send(command: .echo(messageID: 1))
        #expect(try client.command()[.status] == 0)
    }

    @Test func anUnknownOperationIsSaidToBeUnknown() throws {
        let listener = try TestListener()
        defer { listener.stop() }
        let client = try TestClient(port: listener.port)
        try client.associate(Negotiation.verification)
        var command = CommandSet.echo(messageID: 3)
        command[.commandField] = 0x0020
        try client.send(command: command)
        #expect(try client.command()[.status] == DIMSEStatus.unrecognizedOperation.code)
    }

    @Test func aStopAbortsIdleAssociations() throws {
        let listener = try TestListener()
        let client = try TestClient(port: listener.port)
        try client.associate(Negotiation.verification)
        listener.stop()
        #expect(try client.pdu() == .abort(.serviceUser))
    }
}

extension CommandSet {
    static func echo(messageID: UInt16) -> CommandSet {
        var command = CommandSet()
        command[text: .affectedSOPClassUID] = Negotiation.verification
        command[.commandField] = Command.echoRequest
        command[.messageID] = messageID
        command[.dataSetType] = noDataSet
        return command
    }

    static func store(_ sopClass: String, instance: String) -> CommandSet {
        var command = CommandSet()
        command[text: .affectedSOPClassUID] = sopClass
        command[.commandField] = Command.storeRequest
        command[.messageID] = 1
        command[.dataSetType] = 0
        command[text: .affectedSOPInstanceUID] = instance
        return command
    }
}
