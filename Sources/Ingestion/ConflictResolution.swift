import DICOM
import ObjectStore
import Portal
import Postgres

/// Shows and decides the conflicts of files that came under one SOP Instance UID.
package struct ConflictResolution {
    /// Why the second file cannot take the place of the first.
    package enum Refusal: Error, Sendable, Equatable {
        /// It belongs to another Study or Series.
        case otherPlace
        /// It cannot be read any more.
        case unreadable
    }

    private let database: Connection
    private let store: DirectoryStore
    private let audit: Audit
    package let records: ConflictRecords

    package init(database: Connection, store: DirectoryStore, caller: Caller, address: String) {
        self.database = database
        self.store = store
        audit = Audit(database: database, actor: caller.userID, address: address)
        records = ConflictRecords(database: database, caller: caller)
    }

    /// What differs between both files, at most 200 attributes.
    ///
    /// - Throws: `DICOMError` when one of them cannot be read; `StoreError`.
    package func differences(_ conflict: ConflictRecords.Found) throws -> [AttributeDifference] {
        try ContentComparison.differences(side(conflict.first), side(conflict.second), most: 200)
    }

    private func side(_ file: ConflictFile) throws -> ContentComparison.Side {
        guard let key = ObjectKey(file.objectKey), store.contains(key) else { throw Refusal.unreadable }
        let source = try FileSource(path: store.path(of: key))
        return ContentComparison.Side(file: try DICOMFile.read(source), source: source)
    }

    /// Keeps one file as the stored one; the other one stays aside.
    ///
    /// - Returns: `false` when the conflict was decided already.
    /// - Throws: `Refusal`.
    package func resolve(_ conflict: ConflictRecords.Found, keeping kept: ConflictRecords.Keep) throws -> Bool {
        let other = kept == .second ? try self.record(of: conflict) : nil
        let isFirst = try database.retryingTransaction {
            try records.lockStudy(conflict.entry.studyInstanceUID)
            guard try records.resolve(conflict.entry.id, keeping: kept) else { return false }
            if let other { try records.swap(conflict, with: other) }
            try audit.record(
                .conflictResolved, patient: conflict.entry.patient?.id, study: conflict.entry.studyInstanceUID,
                details: ["conflict": conflict.entry.id, "kept": kept.rawValue])
            return true
        }
        if isFirst, other != nil { try exchangeMarkers(conflict) }
        return isFirst
    }

    /// The second file as ingestion would file it.
    private func record(of conflict: ConflictRecords.Found) throws -> FilingInstance {
        guard let key = ObjectKey(conflict.second.objectKey), store.contains(key) else { throw Refusal.unreadable }
        let object = try store.spooled(key, sha256: conflict.second.sha256)
        let candidate: Candidate
        do {
            candidate = try Candidate(reading: object, assuming: SpecificCharacterSet(fallback: conflict.charset))
        } catch is Refused {
            throw Refusal.unreadable
        }
        guard candidate.instance.studyUID == conflict.entry.studyInstanceUID,
            candidate.instance.seriesUID == conflict.seriesUID
        else { throw Refusal.otherPlace }
        return candidate.record
    }

    /// The marker says which file is aside; a crash before it is there leaves what the index says.
    private func exchangeMarkers(_ conflict: ConflictRecords.Found) throws {
        guard let former = ObjectKey(conflict.first.objectKey), let stored = ObjectKey(conflict.second.objectKey)
        else { return }
        try store.put(Array(#"{"state":"conflict","with":"\#(stored.text)"}"#.utf8), at: former.marker)
        try store.remove(stored.marker)
    }
}
