import DICOM
import ObjectStore
import Portal

extension Ingestor {
    /// A known SOP Instance UID arrives again, still under `incoming/`.
    func meet(_ candidate: Candidate, _ known: KnownInstance, from source: IngestSource) throws -> IngestOutcome {
        if try isSame(candidate, as: known) { return .identical(candidate.instance) }
        if try filing.hasConflict(with: known, sha256: candidate.spooled.sha256) {
            return .conflict(candidate.instance)
        }
        let key = ObjectKey.newOriginal()
        try mark(key, known)
        try store.promote([(candidate.spooled, key)])
        return try keep(candidate, at: key, beside: known, from: source)
    }

    /// Another process filed the SOP Instance UID while this file got its place at `key`.
    func meet(
        _ candidate: Candidate, _ known: KnownInstance, at key: ObjectKey, from source: IngestSource
    ) throws -> IngestOutcome {
        if try isSame(candidate, as: known) {
            try store.remove(key)
            return .identical(candidate.instance)
        }
        try mark(key, known)
        return try keep(candidate, at: key, beside: known, from: source)
    }

    /// Equal bytes, or the same content written in another way.
    func isSame(_ candidate: Candidate, as known: KnownInstance) throws -> Bool {
        if candidate.spooled.sha256 == known.sha256 { return true }
        guard let key = ObjectKey(known.objectKey) else { return false }
        let source = try FileSource(path: store.path(of: key))
        return try ContentComparison.isSame(
            ContentComparison.Side(file: candidate.file, source: candidate.source),
            ContentComparison.Side(file: try DICOMFile.read(source), source: source))
    }

    /// The marker is there before the original can be taken for a live one: `portal reindex` revives nothing.
    private func mark(_ key: ObjectKey, _ known: KnownInstance) throws {
        try store.put(Array(#"{"state":"conflict","with":"\#(known.objectKey)"}"#.utf8), at: key.marker)
    }

    private func keep(
        _ candidate: Candidate, at key: ObjectKey, beside known: KnownInstance, from source: IngestSource
    ) throws -> IngestOutcome {
        let audit = Audit(
            database: database, actor: source.caller?.userID, sender: source.sender?.id, address: source.address)
        let isNew = try database.transaction {
            let isNew = try filing.recordConflict(
                with: known, objectKey: key.text, size: candidate.spooled.length, sha256: candidate.spooled.sha256,
                route: source.route.rawValue, user: source.caller?.userID, sender: source.sender?.id)
            if isNew { try audit.record(.instanceConflict, study: known.studyUID, details: source.facts) }
            return isNew
        }
        if !isNew {
            try store.remove(key)
            try store.remove(key.marker)
        }
        return .conflict(candidate.instance)
    }
}
