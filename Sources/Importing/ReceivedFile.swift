import Archives
import Ingestion
import ObjectStore
import Portal

/// One file of an import that was received file by file.
struct ReceivedFile: Sendable {
    /// Its relative path as the sender wrote it.
    let name: String
    /// As announced, in bytes.
    let length: Int
    /// Under `incoming/`; `nil` for one of which nothing is there.
    let object: SpooledObject?
    let standing: ImportEntry.Standing

    /// - Parameter known: the instance that has its bytes, if it was recognised.
    init(_ entry: ImportFiles.Entry, known: ImportFiles.Known?, in store: DirectoryStore) throws {
        name = entry.path
        length = entry.size
        object = try ObjectKey("incoming/\(entry.object)").flatMap { key in
            store.contains(key) ? try store.spooled(key) : nil
        }
        if let known {
            let instance = StoredInstance(
                studyUID: known.studyUID, seriesUID: known.seriesUID, sopInstanceUID: known.uid,
                sopClassUID: known.sopClass)
            standing = .known(instance, sha256: known.sha256)
        } else {
            standing = entry.isComplete && (object != nil || entry.size == 0) ? .here : .missing
        }
    }

    func entry(at index: Int) -> ImportEntry {
        let path = RelativePath(name)
        return ImportEntry(
            index: index, name: name, path: path, length: length, refusal: path == nil ? .name : nil,
            standing: standing)
    }

    var content: ImportContent {
        guard case .here = standing, let object else { return .absent }
        return .settled(object)
    }
}
