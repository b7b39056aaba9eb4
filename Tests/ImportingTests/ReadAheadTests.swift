import Archives
import Glibc
import Portal
import ScratchPortal
import Testing

@testable import Importing

/// Files taken out of an archive over several lanes.
@Suite struct ReadAheadTests {
    let portal: ScratchPortal
    private let reading: ReadAhead
    private let count = 200

    init() throws {
        portal = try ScratchPortal()
        let preamble = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)
        let files = (0..<count).map { (name: "a/\($0).dcm", content: preamble + [UInt8(truncatingIfNeeded: $0)]) }
        let archive = UploadedFile(name: "a.zip", object: try portal.spool(StoredZip.bytes(files)))
        reading = ReadAhead(tree: try Upload(files: [archive]).tree, store: portal.store, passedOver: [3])
    }

    @Test func filesComeInTheOrderOfTheArchive() throws {
        var found: [Int] = []
        try reading.forEach { entry, what in
            found.append(entry.index)
            guard case .object(let object) = what else { return }
            let mark = try object.read(at: 132, count: 1)
            #expect(mark == [UInt8(truncatingIfNeeded: entry.index)])
            object.discard()
        }
        #expect(found == Array(0..<count))
        #expect(portal.files().count == 1)
    }

    @Test func whoStopsMidwayLeavesNothingBehind() throws {
        struct Enough: Error {}
        #expect(throws: Enough.self) {
            try reading.forEach { entry, what in
                if case .object(let object) = what { object.discard() }
                if entry.index == 20 { throw Enough() }
            }
        }
        #expect(portal.files().count == 1)
    }
}
