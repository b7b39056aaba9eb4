import DICOM
import ObjectStore
import Portal
import Postgres

/// The one door: whatever arrives by STOW, import or C-STORE is filed here, under the same rules.
///
/// Order of a write: rows, uncommitted, while the files travel → the files have reached the device → rename → the folders
/// have reached the device → commit → outcome. A crash before the commit leaves an original without a row, which
/// `StoreScrub` removes.
package struct Ingestor {
    let database: Connection
    let store: DirectoryStore
    let filing: StudyFiling

    /// What a caller of `ingest` may say about a file that is otherwise in order: `nil` accepts it, a sentence
    /// declines it.
    package typealias Acceptance = (StoredInstance) throws -> String?

    package init(database: Connection, store: DirectoryStore) {
        self.database = database
        self.store = store
        filing = StudyFiling(database: database)
    }

    /// Files a batch of up to 50 received files. What is stored is durable when this returns; the refusal of one
    /// never undoes another.
    ///
    /// - Parameters:
    ///   - batch: they belong to this call: none of them is left under `incoming/`, whether it returns or throws.
    ///   - studyUID: the only Study that the request allows (PS3.18 §10.5.1).
    /// - Returns: one outcome for each, in order.
    /// - Throws: `PostgresError` or `StoreError` when database or store are away; then nothing may be acknowledged.
    package func ingest(
        _ batch: [SpooledObject], from source: IngestSource, studyUID: UID? = nil,
        accepting: @escaping Acceptance = { _ in nil }
    ) throws -> [IngestOutcome] {
        defer { for spooled in batch { spooled.discard() } }
        try database.preferGenericPlans()
        let reading = BatchReading(source: source, studyUID: studyUID, accepting: accepting)
        var outcomes = [IngestOutcome?](repeating: nil, count: batch.count)
        var waiting = try reading.read(batch, into: &outcomes)
        while !waiting.isEmpty {
            // Of files with one SOP Instance UID the first goes in, and the next ones meet it there.
            var seen: Set<String> = []
            let round = waiting.filter { seen.insert($0.candidate.instance.sopInstanceUID).inserted }
            for (index, outcome) in try file(round, from: source) { outcomes[index] = outcome }
            let done = Set(round.map { $0.index })
            waiting.removeAll { done.contains($0.index) }
        }
        return outcomes.map { $0 ?? .refused(.unread) }
    }

    /// Notes that somebody met a hidden study: the one place where its existence may be inferred.
    private func note(hidden candidates: [Candidate], from source: IngestSource) throws {
        let audit = Audit(
            database: database, actor: source.caller?.userID, sender: source.sender?.id, address: source.address)
        for study in Set(candidates.map(\.instance.studyUID)).sorted() {
            try audit.record(.storeRefused, study: study, details: source.facts)
        }
    }

    /// What `ingest` would answer, without keeping anything.
    package func examine(
        _ batch: [SpooledObject], from source: IngestSource, studyUID: UID? = nil,
        accepting: @escaping Acceptance = { _ in nil }
    ) throws -> [IngestOutcome] {
        defer { for spooled in batch { spooled.discard() } }
        var outcomes = [IngestOutcome?](repeating: nil, count: batch.count)
        let reading = BatchReading(source: source, studyUID: studyUID, accepting: accepting)
        let read = try reading.read(batch, into: &outcomes)
        let standing = try Standing(of: read.map { $0.candidate }, filing: filing, filer: source.filer)
        for (index, candidate) in read {
            if let refusal = standing.refusal(of: candidate) {
                outcomes[index] = refusal
            } else if let known = standing.known[candidate.instance.sopInstanceUID] {
                outcomes[index] =
                    try isSame(candidate, as: known) ? .identical(candidate.instance) : .conflict(candidate.instance)
            } else {
                outcomes[index] = .stored(standing.warned(candidate).instance)
            }
        }
        return outcomes.map { $0 ?? .refused(.unread) }
    }

    /// Attaches studies that are nobody's to the source's patient.
    ///
    /// - Returns: the UIDs of those that another patient has; they stay there.
    package func attach(_ studies: [String], from source: IngestSource) throws -> [String] {
        guard let patient = source.patient, !studies.isEmpty else { return [] }
        return try filing.attach(studies, to: patient, for: source.filer)
    }

    /// Files candidates with different SOP Instance UIDs.
    private func file(_ round: [Numbered], from source: IngestSource) throws -> [(Int, IngestOutcome)] {
        let standing = try Standing(of: round.map { $0.candidate }, filing: filing, filer: source.filer)
        var outcomes: [(Int, IngestOutcome)] = []
        var new: [Numbered] = []
        try note(hidden: round.map { $0.candidate }.filter { standing.refusal(of: $0) != nil }, from: source)
        for (index, candidate) in round {
            if let refusal = standing.refusal(of: candidate) {
                outcomes.append((index, refusal))
            } else if let known = standing.known[candidate.instance.sopInstanceUID] {
                outcomes.append((index, try meet(candidate, known, from: source)))
            } else {
                new.append((index, standing.warned(candidate)))
            }
        }
        return outcomes + (try store(new, standing.knownStudies, from: source))
    }

    /// Files candidates that were unknown a moment ago.
    private func store(
        _ new: [Numbered], _ knownStudies: Set<String>, from source: IngestSource
    ) throws -> [(Int, IngestOutcome)] {
        guard !new.isEmpty else { return [] }
        let placed = new.map { index, candidate in (index, candidate, ObjectKey.newOriginal()) }
        var isPromoted = false
        let promote = {
            guard !isPromoted else { return }
            try store.promote(placed.map { ($0.1.spooled, $0.2) })
            isPromoted = true
        }
        let records = placed.map { _, candidate, key in
            var record = candidate.record
            record.objectKey = key.text
            return record
        }
        let filed: [FilingOutcome?]
        do {
            filed = try FilingAttempt(filing: filing, filer: source.filer, known: knownStudies, promote: promote)
                .file(records)
            // Where nothing was filed: what is a conflict is kept beside.
            try promote()
        } catch {
            // After a lost connection nobody knows whether the commit happened: the scrub decides later.
            if isPromoted, (error as? PostgresError)?.isUnavailable == false {
                for (_, _, key) in placed { try? store.remove(key) }
            }
            throw error
        }
        return try zip(placed, filed).map { place, outcome in
            (place.0, try settle(place.1, at: place.2, outcome, from: source))
        }
    }

    /// Turns the transaction's word on a promoted file into an outcome; a file that was not filed does not stay.
    private func settle(
        _ candidate: Candidate, at key: ObjectKey, _ outcome: FilingOutcome?, from source: IngestSource
    ) throws -> IngestOutcome {
        switch outcome {
        case .filed: return .stored(candidate.instance)
        case .alreadyKnown:
            let uid = candidate.instance.sopInstanceUID
            guard let known = try filing.known([uid])[uid] else { throw StoreError.absent(key) }
            return try meet(candidate, known, at: key, from: source)
        case .hiddenStudy:
            try store.remove(key)
            try note(hidden: [candidate], from: source)
            return .hidden(candidate.instance)
        case .seriesElsewhere:
            try store.remove(key)
            return .refused(
                Refused(
                    .seriesElsewhere, "The Series Instance UID is known in another Study.", of: candidate.instance))
        case nil:
            try store.remove(key)
            return .refused(
                Refused(
                    .unreadable, "An attribute of the file cannot be kept in the index.", of: candidate.instance))
        }
    }
}

/// A candidate and its place in the batch.
typealias Numbered = (index: Int, candidate: Candidate)

extension IngestOutcome {
    static func hidden(_ instance: StoredInstance) -> IngestOutcome {
        .refused(Refused(.hiddenStudy, "Storing into this Study is not authorised.", of: instance))
    }
}
