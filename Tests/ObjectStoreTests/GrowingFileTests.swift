import Crypto
import Glibc
import Testing

@testable import ObjectStore

@Suite struct GrowingFileTests {
    private let folder = ScratchFolder()
    private let store: DirectoryStore
    private let key: ObjectKey

    init() throws {
        store = try DirectoryStore(root: "\(folder.path)/store")
        key = try #require(ObjectKey("incoming/a"))
    }

    private func grow(at offset: Int, _ bytes: [UInt8]) throws {
        let file = try #require(try store.grow(key))
        try file.goOn(at: offset)
        try file.write(bytes)
        try file.settle()
    }

    private func content() throws -> [UInt8] { try store.open(key).read(at: 0, count: 100) }

    @Test func itGoesOnWhereItIsTold() throws {
        try grow(at: 0, [1, 2])
        try grow(at: 2, [3])
        #expect(try content() == [1, 2, 3])
    }

    @Test func whatACrashLeftBehindTheOffsetIsCutOff() throws {
        try grow(at: 0, [1, 2, 9, 9, 9])
        try grow(at: 2, [3])
        #expect(try content() == [1, 2, 3])
    }

    @Test func aFileThatIsShorterThanItsOffsetIsNotFilledUp() throws {
        try grow(at: 0, [1])
        #expect(throws: StoreError.self) { try grow(at: 2, [3]) }
        #expect(try content() == [1])
    }

    @Test func oneWriterKeepsOthersOut() throws {
        var first = try store.grow(key)
        #expect(first != nil)
        #expect(try store.grow(key) == nil)
        first = nil
        #expect(try store.grow(key) != nil)
    }

    @Test func aLentFileIsHashedAndLeavesTheFirstOneWhenItIsStored() throws {
        try grow(at: 0, [1, 2, 3])
        let lent = try store.lend(store.spooled(key))
        #expect(lent.sha256 == Array(SHA256.hash(data: [1, 2, 3] as [UInt8])))
        let original = ObjectKey.newOriginal()
        try store.promote([(lent, original)])
        try store.remove(key)
        #expect(try store.open(original).read(at: 0, count: 9) == [1, 2, 3])
        #expect(try store.incoming().isEmpty)
    }
}
