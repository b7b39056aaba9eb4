import HTTPModel
import Testing

@testable import Invocation

@Suite struct FunctionListDocumentTests {
    @Test(arguments: [Access.open, .session, .permission("view")])
    func aListIsReadAsItWasWritten(access: Access) throws {
        let entry = FunctionEntry(
            name: "A", route: "GET /api/a/{id}", pool: .render, access: access, bodyLimit: 7, deadline: 9)
        let read = try FunctionListDocument(json: FunctionListDocument([entry]).json).entries
        #expect(read.count == 1)
        #expect(read.first?.name == "A")
        #expect(read.first?.route == entry.route)
        #expect(read.first?.pool == .render)
        #expect(read.first?.access == access)
        #expect(read.first?.bodyLimit == 7)
        #expect(read.first?.deadline == 9)
    }
}
