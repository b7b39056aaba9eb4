import Glibc
import Testing

@testable import Archives

@Suite struct ArchiveReaderTests {
    private func contents(_ reader: ArchiveReader) throws -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        while let entry = try reader.next() {
            guard entry.refusal == nil else { continue }
            var bytes: [UInt8] = []
            while let chunk = try reader.chunk() { bytes += chunk }
            found[entry.name] = bytes
        }
        return found
    }

    @Test(arguments: ArchiveFormat.allCases)
    func filesComeBackWithTheirNamesAndContent(format: ArchiveFormat) throws {
        let large = (0..<600_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let archive = ArchiveInCode(
            format, [.folder("Patient-1"), .file("Patient-1/a.dcm", large), .file("Ünïcode 山田.json", [1, 2])])
        #expect(ArchiveFormat.detect(Array(archive.bytes.prefix(512))) == format)
        let unpacked = UnpackedBytes()
        let reader = try ArchiveReader(path: archive.path, format: format, counting: unpacked)
        #expect(try contents(reader) == ["Patient-1/a.dcm": large, "Ünïcode 山田.json": [1, 2]])
        #expect(unpacked.count == large.count + 2)
    }

    @Test func linksAndDevicesAreRefusedAndTheRestIsRead() throws {
        let archive = ArchiveInCode(
            .tar,
            [
                .file("good", [1]), .symbolicLink("s", to: "/etc/passwd"), .hardLink("h", to: "good"), .device("d"),
                .file("last", [2]),
            ])
        let reader = try ArchiveReader(path: archive.path, format: .tar)
        #expect(try contents(reader) == ["good": [1], "last": [2]])
    }

    @Test func anEncryptedEntryIsRefused() throws {
        let archive = ArchiveInCode(.zip, [.file("secret.dcm", [1, 2, 3])], password: "x")
        let reader = try ArchiveReader(path: archive.path, format: .zip)
        #expect(try reader.next()?.refusal == .encrypted)
    }

    @Test(arguments: ArchiveFormat.allCases)
    func anArchiveThatIsCutIsUnreadableBeforeItsEnd(format: ArchiveFormat) {
        let archive = ArchiveInCode(
            format, (0..<9).map { .file("\($0)", (0..<9000).map { _ in UInt8.random(in: 0...255) }) })
        let bytes = archive.bytes
        for length in stride(from: 0, to: bytes.count * 2 / 3, by: 4099) {
            archive.write(Array(bytes.prefix(length)))
            #expect(throws: ArchiveError.self) {
                let reader = try ArchiveReader(path: archive.path, format: format)
                while try reader.next() != nil { while try reader.chunk() != nil {} }
            }
        }
    }

    @Test func aBrokenEntryDoesNotEndTheArchive() throws {
        let archive = ArchiveInCode(
            .zip, [.file("broken", (0..<200).map { _ in UInt8.random(in: 0...255) }), .file("good", [1])])
        var bytes = archive.bytes
        for index in 60..<100 { bytes[index] ^= 0xFF }
        archive.write(bytes)
        let reader = try ArchiveReader(path: archive.path, format: .zip)
        #expect(try reader.next()?.name == "broken")
        #expect { while try reader.chunk() != nil {} } throws: { ($0 as? ArchiveError)?.concernsOneEntry == true }
        #expect(try reader.next()?.name == "good")
        #expect(try reader.chunk() == [1])
    }

    @Test func whatComesOutIsLimitedPerEntry() throws {
        let archive = ArchiveInCode(.zip, [.file("big", [UInt8](repeating: 0, count: 1000)), .file("small", [1])])
        var limits = ArchiveLimits.standard
        limits.entryLength = 999
        let reader = try ArchiveReader(path: archive.path, format: .zip, limits: limits)
        _ = try reader.next()
        #expect(throws: ArchiveError.entryTooLarge(limit: 999)) { while try reader.chunk() != nil {} }
        #expect(try reader.next()?.name == "small")
        #expect(try reader.chunk() == [1])
    }

    @Test func whatComesOutIsLimitedByTheArchivesOwnLength() throws {
        let archive = ArchiveInCode(.zip, [.file("zeros", [UInt8](repeating: 0, count: 3_000_000))])
        var limits = ArchiveLimits.standard
        limits.alwaysAllowed = 1_000_000
        limits.ratio = 100
        let reader = try ArchiveReader(path: archive.path, format: .zip, limits: limits)
        _ = try reader.next()
        #expect(throws: ArchiveError.tooMuchOutput(limit: 1_000_000)) { while try reader.chunk() != nil {} }
    }

    @Test func readersOfOneArchiveHaveOneLimit() throws {
        let archive = ArchiveInCode(.zip, [.file("zeros", [UInt8](repeating: 0, count: 700_000))])
        var limits = ArchiveLimits.standard
        limits.alwaysAllowed = 1_000_000
        limits.ratio = 1
        let unpacked = UnpackedBytes()
        let readers = try (0..<2).map { _ in
            try ArchiveReader(path: archive.path, format: .zip, limits: limits, counting: unpacked)
        }
        for reader in readers { _ = try reader.next() }
        while try readers[0].chunk() != nil {}
        #expect(throws: ArchiveError.tooMuchOutput(limit: 1_000_000)) { while try readers[1].chunk() != nil {} }
    }

    @Test(arguments: [ArchiveFormat.tarGzip, .tarZstandard])
    func whatIsPassedOverInACompressedTarCountsToo(format: ArchiveFormat) throws {
        let archive = ArchiveInCode(
            format, [.file("zeros", [UInt8](repeating: 0, count: 3_000_000)), .file("last", [1])])
        var limits = ArchiveLimits.standard
        limits.alwaysAllowed = 1_000_000
        limits.ratio = 100
        let reader = try ArchiveReader(path: archive.path, format: format, limits: limits)
        _ = try reader.next()
        #expect(throws: ArchiveError.tooMuchOutput(limit: 1_000_000)) { try reader.next() }
    }

    @Test func aZstandardStreamThatWantsMuchMemoryIsRefusedWhereverItSaysSo() throws {
        let archive = ArchiveInCode(.tarZstandard, [.file("a", [UInt8](repeating: 7, count: 900_000))])
        // Behind a frame that is passed over: a window of 128 MiB, then one empty block (RFC 8878 §3.1.1).
        let greedy: [UInt8] = [0x5A, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9, 0x28, 0xB5, 0x2F, 0xFD, 0, 17 << 3, 1, 0, 0]
        #expect(try contents(ArchiveReader(path: archive.path, format: .tarZstandard)).count == 1)
        archive.write(archive.bytes + greedy)
        #expect(throws: ArchiveError.self) { try ArchiveReader(path: archive.path, format: .tarZstandard) }
        archive.write(Array(greedy.prefix(12)) + [0xFD, 0x28])
        #expect(throws: ArchiveError.self) {
            let reader = try ArchiveReader(path: archive.path, format: .tarZstandard)
            _ = try reader.next()
        }
    }

    @Test func entriesAreCounted() throws {
        let archive = ArchiveInCode(.zip, (0..<4).map { .file("\($0)", []) })
        var limits = ArchiveLimits.standard
        limits.entries = 3
        let reader = try ArchiveReader(path: archive.path, format: .zip, limits: limits)
        for _ in 0..<3 { _ = try reader.next() }
        #expect(throws: ArchiveError.tooManyEntries(limit: 3)) { try reader.next() }
    }

    @Test func aDICOMFileWithAnArchivesPreambleIsNoArchive() {
        let preamble: [UInt8] = [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 124)
        #expect(ArchiveFormat.detect(preamble + Array("DICM".utf8)) == nil)
        #expect(ArchiveFormat.detect(preamble) == .zip)
        #expect(ArchiveFormat.detect([]) == nil)
    }

    @Test func namesThatAreNotUTF8AreCodePage437() {
        #expect(EntryName.decode([0x82, 0x74, 0x82]) == "été")
        #expect(EntryName.decode(Array("été".utf8)) == "été")
        #expect(EntryName.decode([0xFF, 0x80]) == "\u{A0}Ç")
    }
}
