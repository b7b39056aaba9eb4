import Testing

@testable import HTTPModel

@Suite struct QueryItemsTests {
    private func request(_ query: String) -> Request { Request(method: .get, path: "/", query: query) }

    @Test func itemsKeepTheirOrderAndAreDecoded() throws {
        let items = try request("a=1&b=x%20y+z&a=%C3%A9&c&=&").queryItems
        #expect(
            items == [
                QueryItem(name: "a", value: "1"), QueryItem(name: "b", value: "x y z"),
                QueryItem(name: "a", value: "é"), QueryItem(name: "c", value: ""), QueryItem(name: "", value: ""),
            ])
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%FF", "a=%00"])
    func aMalformedQueryIsRefused(query: String) {
        #expect(throws: HTTPError.self) { try request(query).queryItems }
    }

    @Test func aParameterThatIsGivenTwiceOrUnknownIsRefused() throws {
        #expect(throws: HTTPError.self) { try request("a=1&a=2").queryValue("a") }
        #expect(throws: HTTPError.self) { try request("a=1&b=2").requireQuery(only: ["a"]) }
        try request("a=1").requireQuery(only: ["a"])
    }
}
