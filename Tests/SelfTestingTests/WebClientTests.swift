import Testing

@testable import SelfTesting

struct WebClientTests {
    @Test func readsAnAnswerOfKnownLength() throws {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Kind: a b\r\n\r\nok"
        let answer = try WebClient.answer(Array(text.utf8))
        #expect(answer.status == 200)
        #expect(answer.headers["x-kind"] == "a b")
        #expect(answer.body == Array("ok".utf8))
    }

    @Test func putsChunksTogether() throws {
        let text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"
        #expect(try WebClient.answer(Array(text.utf8)).body == Array("abcde".utf8))
    }

    @Test(arguments: [
        "", "HTTP/1.1 200 OK\r\n", "SSH-2.0-x\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc\r\n",
    ])
    func refusesWhatIsCutOrNotHTTP(_ text: String) {
        #expect(throws: SelfTestFailure.self) { try WebClient.answer(Array(text.utf8)) }
    }
}
