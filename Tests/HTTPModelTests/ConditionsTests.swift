import Testing

@testable import HTTPModel

@Suite struct ConditionsTests {
    private func request(_ headers: Headers, _ method: Method = .get) -> Request {
        Request(method: method, path: "/", headers: headers)
    }

    @Test(arguments: ["\"7-fr\"", "W/\"7-fr\"", "\"1\", \"7-fr\"", "*"])
    func aKnownVersionIsAnsweredWithoutABody(condition: String) {
        let answer = request(["If-None-Match": condition]).conditional(on: EntityTag(7, "fr")) { Response() }
        #expect(answer.status == 304)
        #expect(answer.headers["ETag"] == "\"7-fr\"")
    }

    @Test(arguments: ["\"7\"", "7-fr", "\"7-fr", ""])
    func anotherVersionIsAnsweredInFull(condition: String) {
        let answer = request(["If-None-Match": condition]).conditional(on: EntityTag(7, "fr")) { Response() }
        #expect(answer.status == 200)
    }

    @Test func aChangeForAnotherVersionIsRefused() throws {
        #expect(throws: HTTPError.self) { try request(["If-Match": "\"6\""], .put).requireMatch(EntityTag(7)) }
        #expect(throws: HTTPError.self) { try request(["If-Match": "W/\"7\""], .put).requireMatch(EntityTag(7)) }
        try request(["If-Match": "\"7\""], .put).requireMatch(EntityTag(7))
        try request(["If-Match": "*"], .put).requireMatch(EntityTag(7))
        try request([:], .put).requireMatch(EntityTag(7))
    }

    @Test func aTagHoldsNoCharacterThatATagMayNot() {
        #expect(EntityTag("a\"b\r\n").description == "\"a%22b%0D%0A\"")
    }

    @Test(arguments: [
        ("gzip", true), ("br, GZip;q=0.5", true), ("*", true), ("gzip;q=0", false), ("*;q=0", false),
        ("gzip; q=0.000, *", false), ("br", false), ("", false),
    ])
    func gzipIsSentToThoseWhoTakeIt(header: String, expected: Bool) {
        #expect(request(["Accept-Encoding": header]).acceptsGzip == expected)
    }
}
