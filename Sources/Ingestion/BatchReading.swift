import DICOM
import ObjectStore

/// Reads the headers of a batch and sets aside what is refused for itself alone, before anyone asks the database.
struct BatchReading {
    let source: IngestSource
    let studyUID: UID?
    let accepting: Ingestor.Acceptance

    /// - Parameter outcomes: gets the refusals, at the places of their files.
    /// - Returns: the others.
    func read(_ batch: [SpooledObject], into outcomes: inout [IngestOutcome?]) throws -> [Numbered] {
        var candidates: [Numbered] = []
        for (index, spooled) in batch.enumerated() {
            do {
                let candidate = try Candidate(reading: spooled, assuming: source.characterSet)
                try check(candidate)
                candidates.append((index, candidate))
            } catch let refused as Refused {
                outcomes[index] = .refused(refused)
            }
        }
        return candidates
    }

    private func check(_ candidate: Candidate) throws {
        if let studyUID, studyUID.text != candidate.instance.studyUID {
            throw Refused(
                .otherStudy, "The file belongs to another Study than the request names.", of: candidate.instance)
        }
        if source.route == .cStore, !isAsAnnounced(candidate) {
            throw Refused(
                .otherInstance, "The SOP Class or Instance UID of the data set differs from the one announced.",
                of: candidate.instance)
        }
        if let sentence = try accepting(candidate.instance) {
            throw Refused(.declined, sentence, of: candidate.instance)
        }
    }

    /// The File Meta of a C-STORE holds what its command said.
    private func isAsAnnounced(_ candidate: Candidate) -> Bool {
        let meta = candidate.file.meta
        return meta.string(.mediaStorageSOPInstanceUID) == candidate.instance.sopInstanceUID
            && meta.string(.mediaStorageSOPClassUID) == candidate.instance.sopClassUID
    }
}
