import Testing

@testable import HTTPModel

@Suite struct RouteTests {
    @Test func aPatternGivesTheDecodedValuesOfItsComponents() {
        let route: Route = "GET /api/patients/{id}/studies"
        #expect(route.match("/api/patients/a%20b/studies") == ["id": "a b"])
    }

    @Test(arguments: [
        "/api/patients/studies", "/api/patients//studies", "/api/patients/a/studies/",
        "/api/patients/a%2Fb/studies", "/api/patients/a%00/studies", "/api/patients/%zz/studies",
        "/api/patients/%f/studies", "",
    ])
    func aPathThatDiffersOrHidesASeparatorDoesNotMatch(path: String) {
        let route: Route = "GET /api/patients/{id}/studies"
        #expect(route.match(path) == nil)
    }
}
