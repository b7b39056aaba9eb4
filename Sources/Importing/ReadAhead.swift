import Archives
import Dispatch
import ObjectStore
import Synchronization

/// Takes the files of an import out of what they came in, on a thread of its own and a little ahead of who files them:
/// unpacking and hashing need one processor while filing waits for the device and the database.
///
/// A class, because two threads share it.
final class ReadAhead: Sendable {
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

    private enum Item: Sendable {
        case entry(ImportEntry, Found)
        case end((any Error)?)
    }

    private struct Stopped: Error {}

    /// How many files may wait to be filed.
    private static let mostAhead = 64

    private let tree: ImportTree
    private let store: DirectoryStore
    private let passedOver: Set<Int>
    private let items = Mutex<[Item]>([])
    private let isStopped = Atomic(false)
    /// Places for items, and items. They begin at nothing: libdispatch does not let a semaphore go below its beginning.
    private let places = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    /// - Parameter passedOver: entries that are not looked into.
    init(_ tree: ImportTree, into store: DirectoryStore, passing passedOver: Set<Int>) {
        self.tree = tree
        self.store = store
        self.passedOver = passedOver
        for _ in 0..<Self.mostAhead { places.signal() }
    }

    /// Calls `body` for every file in order.
    ///
    /// - Throws: `ArchiveError` where the archive ends early; `StoreError`; what `body` throws: files that it has not been
    ///   given are then removed.
    func forEach(_ body: (ImportEntry, Found) throws -> Void) throws {
        DispatchQueue(label: "read-ahead").async { self.read() }
        while true {
            switch next() {
            case .end(let error):
                if let error { throw error }
                return
            case .entry(let entry, let found):
                do {
                    try body(entry, found)
                } catch {
                    stop()
                    throw error
                }
            }
        }
    }

    private func next() -> Item {
        filled.wait()
        places.signal()
        return items.withLock { $0.removeFirst() }
    }

    /// Waits until the other thread has ended.
    private func stop() {
        isStopped.store(true, ordering: .relaxed)
        while case .entry(_, let found) = next() {
            if case .object(let object) = found { object.discard() }
        }
    }

    private func put(_ item: Item) {
        places.wait()
        items.withLock { $0.append(item) }
        filled.signal()
    }

    private func read() {
        do {
            try tree.visit { entry, content in
                guard !isStopped.load(ordering: .relaxed) else { throw Stopped() }
                let found = try look(at: entry, content)
                put(.entry(entry, found))
                if case .failed(let error) = found, !error.concernsOneEntry { throw error }
            }
            put(.end(nil))
        } catch {
            put(.end(error))
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
