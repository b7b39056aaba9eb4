import Testing

@testable import Postgres

struct SQLTests {
    @Test func valuesBecomeNumberedBinds() {
        let sql: SQL = "SELECT \(1) WHERE a = \("x'; DROP") AND b = \([UInt8]([1]))"
        #expect(sql.text == "SELECT $1 WHERE a = $2 AND b = $3")
        #expect(sql.binds.map(\.isBinary) == [false, false, true])
    }

    @Test func partsKeepTheirBindsWhenJoined() {
        let parts: [SQL] = ["a = \(1)", "b = \(2)"]
        let sql: SQL = "SELECT \(raw: "c") WHERE \(parts.joined(separator: " AND ")) LIMIT \(3)"
        #expect(sql.text == "SELECT c WHERE a = $1 AND b = $2 LIMIT $3")
        #expect(sql.binds.compactMap(\.bytes).map { String(decoding: $0, as: UTF8.self) } == ["1", "2", "3"])
    }

    @Test(arguments: [
        ["a"], [""], ["NULL"], ["a,b", "{c}"], ["\"quoted\"", "back\\slash"], ["é山\n"],
    ])
    func textArraysComeBackAsTheyWere(texts: [String]) throws {
        let bytes = try #require(texts.bind.bytes)
        #expect(ArrayText.elements(String(decoding: bytes, as: UTF8.self)) == texts)
    }

    @Test(arguments: ["", "{", "a", "{a", "{\"a}"])
    func whatIsNoArrayIsRefused(text: String) { #expect(ArrayText.elements(text) == nil) }

    @Test func nullsInArraysAreTold() { #expect(ArrayText.elements("{a,NULL,\"NULL\"}") == ["a", nil, "NULL"]) }
}
