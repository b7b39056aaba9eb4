import Portal

/// How the index stands to a round of candidates, asked once for all of them.
struct Standing {
    /// By SOP Instance UID.
    let known: [String: KnownInstance]
    /// By Study Instance UID.
    private let studies: [String: StudyStanding]

    init(of candidates: [Candidate], filing: StudyFiling, filer: Filer) throws {
        (known, studies) = try filing.known(
            instances: candidates.map(\.instance.sopInstanceUID),
            studies: Set(candidates.map(\.instance.studyUID)).sorted(), for: filer)
    }

    var knownStudies: Set<String> { Set(studies.keys) }

    /// Nothing goes into a hidden study, nor is an instance of one told apart by sending another under its UID.
    func refusal(of candidate: Candidate) -> IngestOutcome? {
        let uids =
            [candidate.instance.studyUID] + (known[candidate.instance.sopInstanceUID].map { [$0.studyUID] } ?? [])
        return uids.contains { studies[$0]?.isOpen == false } ? .hidden(candidate.instance) : nil
    }

    /// The first instance's identity stands for the study; a later one that differs is kept and said.
    func warned(_ candidate: Candidate) -> Candidate {
        guard let study = studies[candidate.instance.studyUID],
            study.patientName != candidate.record.study.patientName
                || study.patientID != candidate.record.study.patientID
        else { return candidate }
        return candidate.with(.otherPatient)
    }
}

extension Candidate {
    fileprivate func with(_ warning: IngestWarning) -> Candidate {
        Candidate(
            spooled: spooled, file: file, source: source,
            instance: StoredInstance(
                studyUID: instance.studyUID, seriesUID: instance.seriesUID, sopInstanceUID: instance.sopInstanceUID,
                sopClassUID: instance.sopClassUID, identity: instance.identity,
                warnings: instance.warnings + [warning]),
            record: record)
    }
}
