import Crypto
import Glibc
import Testing

@testable import ObjectStore

@Suite struct DirectoryStoreTests {
    let folder = ScratchFolder()

    private func store() throws -> DirectoryStore { try DirectoryStore(root: "\(folder.path)/store") }

    private func spooled(_ bytes: [UInt8], in store: DirectoryStore) throws -> SpooledObject {
        let spool = try store.newSpool()
        try spool.write(bytes)
        return try spool.finish()
    }

    @Test func aSpooledFileIsHashedWhileItIsWritten() throws {
        let spool = try store().newSpool()
        try spool.write([1, 2])
        try spool.write([3][...])
        let object = try spool.finish()
        #expect(object.length == 3)
        #expect(object.sha256 == Array(SHA256.hash(data: [1, 2, 3] as [UInt8])))
    }

    @Test func aPromotedFileIsAnObjectAndNoLongerIncoming() throws {
        let store = try store()
        let key = ObjectKey.newOriginal()
        try store.promote([(spooled([1, 2, 3], in: store), key)])
        let reader = try store.open(key)
        #expect(reader.length == 3)
        #expect(try reader.read(at: 1, count: 9) == [2, 3])
        #expect(try reader.read(at: 3, count: 1) == [])
        #expect(try store.incoming().isEmpty)
    }

    @Test func aBatchThatFailsHalfWayLeavesNoObject() throws {
        let store = try store()
        let gone = try spooled([2], in: store)
        let first = try spooled([1], in: store)
        let key = ObjectKey.newOriginal()
        gone.discard()
        #expect(throws: StoreError.self) { try store.promote([(first, key), (gone, .newOriginal())]) }
        #expect(!store.contains(key))
    }

    @Test func aRenameThatFailsTakesBackTheOnesBefore() throws {
        let store = try store()
        let blocked = try #require(ObjectKey("originals/blocked/a.dcm"))
        try store.put([0], at: #require(ObjectKey("originals/blocked/a.dcm/inside")))  // a folder is in the way
        let key = ObjectKey.newOriginal()
        #expect(throws: StoreError.self) {
            try store.promote([(spooled([1], in: store), key), (spooled([2], in: store), blocked)])
        }
        #expect(!store.contains(key))
    }

    @Test func aSpoolThatIsGivenUpLeavesNothing() throws {
        let store = try store()
        try store.newSpool().write([1])
        #expect(try store.incoming().isEmpty)
    }

    @Test func putReplacesAnObjectWhole() throws {
        let store = try store()
        let key = try #require(ObjectKey("derived/metadata/ab/x"))
        try store.put([1, 2, 3], at: key)
        try store.putDerived([4], at: key)
        #expect(try store.open(key).read(at: 0, count: 9) == [4])
        #expect(folder.files() == ["store/derived/metadata/ab/x"])
    }

    @Test func anAbsentObjectIsSaidToBeAbsent() throws {
        let store = try store()
        let key = ObjectKey.newOriginal()
        #expect(throws: StoreError.absent(key)) { try store.open(key) }
        try store.remove(key)
    }

    @Test func aLinkIsNotFollowed() throws {
        let store = try store()
        let key = try #require(ObjectKey("derived/link"))
        symlink("/etc/passwd", store.path(of: key))
        #expect(throws: StoreError.self) { try store.open(key) }
    }

    @Test func aListingNamesObjectsInOrderWithTheirLength() throws {
        let store = try store()
        for name in ["originals/20260102/01/b", "originals/20260102/00/a", "originals/20260101/00/c"] {
            try store.put([1, 2], at: #require(ObjectKey(name)))
        }
        var found: [String] = []
        try store.list(#require(ObjectKey("originals"))) { found.append("\($0.key) \($0.length)") }
        #expect(
            found == ["originals/20260101/00/c 2", "originals/20260102/00/a 2", "originals/20260102/01/b 2"])
    }

    @Test func filesAreForTheirOwnerAndGroupOnly() throws {
        let store = try store()
        let key = ObjectKey.newOriginal()
        try store.put([1], at: key)
        var status = stat()
        #expect(stat(store.path(of: key), &status) == 0)
        #expect(status.st_mode & 0o027 == 0)
    }

    @Test func aFullDeviceIsSaidToBeFull() throws {
        let file = StoreFile(adopting: open("/dev/full", O_WRONLY))
        #expect(throws: StoreError.full) { try [1].withUnsafeBytes { try file.write($0) } }
    }
}
