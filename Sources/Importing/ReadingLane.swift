import Dispatch
import Synchronization

/// One thread that reads ahead, and the files that it has found and nobody has asked for yet.
///
/// A class, because two threads share it.
final class ReadingLane: Sendable {
    enum Item: Sendable {
        case entry(ImportEntry, ReadAhead.Found)
        case end((any Error)?)
    }

    private struct Stopped: Error {}

    /// How many files may wait to be filed.
    private static let mostAhead = 32

    private let items = Mutex<[Item]>([])
    private let isStopped = Atomic(false)
    /// Places for items, and items. They begin at nothing: libdispatch does not let a semaphore go below its beginning.
    private let places = DispatchSemaphore(value: 0)
    private let filled = DispatchSemaphore(value: 0)

    /// - Parameter read: reads everything and hands each file over; it ends with what handing over throws.
    init(_ read: @escaping @Sendable (_ put: (ImportEntry, ReadAhead.Found) throws -> Void) throws -> Void) {
        for _ in 0..<Self.mostAhead { places.signal() }
        DispatchQueue(label: "reading-lane").async {
            do {
                try read { entry, found in
                    self.put(.entry(entry, found))
                    guard !self.isStopped.load(ordering: .relaxed) else { throw Stopped() }
                }
                self.put(.end(nil))
            } catch {
                self.put(.end(error))
            }
        }
    }

    private func put(_ item: Item) {
        places.wait()
        items.withLock { $0.append(item) }
        filled.signal()
    }

    /// The next file; the end again and again.
    func next() -> Item {
        filled.wait()
        return items.withLock { items in
            if case .end = items[0] {
                filled.signal()
                return items[0]
            }
            places.signal()
            return items.removeFirst()
        }
    }

    /// Waits until the thread has ended, and removes what it had found.
    func stop() {
        isStopped.store(true, ordering: .relaxed)
        while case .entry(_, let found) = next() {
            if case .object(let object) = found { object.discard() }
        }
    }
}
