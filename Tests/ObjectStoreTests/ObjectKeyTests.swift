import Testing

@testable import ObjectStore

@Suite struct ObjectKeyTests {
    @Test(arguments: [
        "", "/etc/passwd", "a//b", "a/../b", "..", ".", "a/.hidden", "A", "a b", "a\u{0}", "a\\b", "é",
        String(repeating: "a", count: 201),
    ])
    func whatCouldLeaveTheRootIsNoKey(text: String) {
        #expect(ObjectKey(text) == nil)
    }

    @Test func mintedKeysAreKeys() throws {
        let key = ObjectKey.newOriginal()
        #expect(ObjectKey(key.text) == key)
        #expect(key.text.split(separator: "/").map(\.count) == [9, 8, 2, 40])
        #expect(ObjectKey(key.marker.text) == key.marker)
        #expect(ObjectKey.derived("frames", of: "abcd", "1.jpg")?.text == "derived/frames/ab/abcd-1.jpg")
        #expect(ObjectKey.derived("../x", of: "abcd", "1.jpg") == nil)
    }
}
