import Testing

@testable import Portal

struct SendersTests {
    @Test func theSameTitleOverTLSIsAnotherSender() throws {
        let portal = try ScratchPortal()
        let senders = Senders(database: portal.database)
        let plain = try senders.meet(aeTitle: "CT", address: "10.0.0.1", allowsUnknown: false)
        try senders.change(plain.id, allowed: true, charset: nil, group: .keep)
        let secure = try senders.meet(aeTitle: "CT", address: "10.0.0.1", tlsName: "ct.example", allowsUnknown: false)
        #expect(!secure.allowed)
        try senders.change(secure.id, allowed: true, charset: nil, group: .keep)
        try senders.change(plain.id, allowed: false, charset: nil, group: .keep)
        let known = try senders.meet(aeTitle: "CT", address: "10.0.0.1", tlsName: "ct.example", allowsUnknown: false)
        #expect(known.allowed && known.id == secure.id)
        #expect(try !senders.meet(aeTitle: "CT", address: "10.0.0.1", allowsUnknown: true).allowed)
        #expect(Set(try senders.list().map(\.tlsName)) == ["", "ct.example"])
    }
}
