import Archives
import Glibc
import ObjectStore

/// Takes the files of an import out of what they came in, on threads of their own and a little ahead of who files them:
/// unpacking and hashing need processors while filing waits for the device and the database.
struct ReadAhead {
    /// What one entry turned out to be.
    enum Found: Sendable {
        /// It may be DICOM, and is on disk.
        case object(SpooledObject)
        case archive
        case other
        /// Its bytes are not wanted, or not here.
        case unread
        case failed(ArchiveError)
    }

    let tree: ImportTree
    let store: DirectoryStore
    /// Entries that are not looked into.
    let passedOver: Set<Int>

    /// Calls `body` for every file in order.
    ///
    /// - Throws: `ArchiveError` where the archive ends early; `StoreError`; what `body` throws: files that it has not been
    ///   given are then removed.
    func forEach(_ body: (ImportEntry, Found) throws -> Void) throws {
        let lanes = startLanes()
        defer { for lane in lanes { lane.stop() } }
        for turn in 0... {
            switch lanes[turn % lanes.count].next() {
            case .end(let error):
                if let error { throw error }
                return
            case .entry(let entry, let found): try body(entry, found)
            }
        }
    }

    /// Unpacking costs more than all the rest of an import, so several lanes share the entries of what can be read from
    /// anywhere: each opens it for itself and takes every n-th.
    private func startLanes() -> [ReadingLane] {
        let mostLanes = 4
        let count = tree.canBeReadFromAnywhere ? max(1, min(mostLanes, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) : 1
        let unpacked = UnpackedBytes()
        return (0..<count).map { number in
            ReadingLane { put in
                var turn = 0
                try tree.visit(counting: unpacked) { entry, content in
                    defer { turn += 1 }
                    guard turn % count == number else { return }
                    let found = try look(at: entry, content)
                    try put(entry, found)
                    if case .failed(let error) = found, !error.concernsOneEntry { throw error }
                }
            }
        }
    }

    private func look(at entry: ImportEntry, _ content: ImportContent) throws -> Found {
        guard !passedOver.contains(entry.index), case .here = entry.standing else { return .unread }
        do {
            let head = try content.head(FirstBytes.length)
            switch FirstBytes.kind(of: head) {
            case .dicom: return try takeOut(content, head)
            case .archive: return .archive
            case .other: return .other
            }
        } catch let error as ArchiveError {
            return .failed(error)
        }
    }

    private func takeOut(_ content: ImportContent, _ head: [UInt8]) throws -> Found {
        switch content {
        case .spooled(let object): return .object(object)
        case .settled(let object): return .object(try store.lend(object))
        case .absent: return .unread
        case .stream(let next):
            let spool = try store.newSpool()
            try spool.write(head)
            while let chunk = try next() { try spool.write(chunk) }
            return .object(try spool.finish())
        }
    }
}
