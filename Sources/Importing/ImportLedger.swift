import Ingestion

/// What has become of each file of an import.
struct ImportLedger {
    private var files: [Int: ImportReport.File] = [:]
    private var studies: [String: ImportReport.Study] = [:]
    private(set) var counts = ImportReport.Counts()

    func isDecided(_ entry: Int) -> Bool { files[entry] != nil }

    func hasStudy(_ uid: String) -> Bool { studies[uid] != nil }

    /// Writes down what an entry became; the first word counts.
    mutating func decide(_ entry: Int, _ file: ImportReport.File) {
        guard files[entry] == nil else { return }
        files[entry] = file
        counts.add(file.outcome)
    }

    mutating func decide(
        _ entry: ImportEntry, _ outcome: ImportReport.FileOutcome, _ code: String, _ message: String
    ) {
        decide(entry.index, ImportReport.File(path: entry.name, outcome: outcome, code: code, message: message))
    }

    /// - Parameter patient: the key of the patient that the sidecar gives the file.
    mutating func decide(_ entry: ImportEntry, _ outcome: IngestOutcome, patient: String?) {
        var file = ImportReport.File(path: entry.name, outcome: .stored)
        file.sopInstanceUID = outcome.instance?.sopInstanceUID
        switch outcome {
        case .stored: break
        case .identical: file.outcome = .identical
        case .conflict:
            file.outcome = .conflict
            file.code = "instance.conflict"
            file.message = "Another content is stored under this SOP Instance UID; this one is kept beside it."
        case .refused(let refused):
            file.outcome = refused.reason == .unreadable ? .notDicom : .rejected
            file.code = "instance.\(refused.reason.rawValue)"
            file.message = refused.message
        }
        if file.message == nil, let warning = outcome.warnings.first {
            file.code = "warning.\(warning)"
            file.message = warning.rawValue
        }
        decide(entry.index, file)
        guard let instance = outcome.instance, file.outcome != .conflict else { return }
        let study = ImportReport.Study(studyInstanceUID: instance.studyUID, patient: patient, instances: 0)
        studies[instance.studyUID, default: study].instances += 1
    }

    /// The studies whose files a sidecar's patient has.
    func studies(of patient: String) -> [String] {
        studies.values.filter { $0.patient == patient }.map(\.studyInstanceUID).sorted()
    }

    /// Says that a study stays with the patient that it has.
    mutating func detach(_ study: String) { studies[study]?.patient = nil }

    /// Completes a report; of too many files those with nothing to say are left out first.
    func write(to report: inout ImportReport) {
        report.studies = studies.values.sorted { $0.studyInstanceUID < $1.studyInstanceUID }
        report.counts = counts
        let ordered = files.sorted { $0.key < $1.key }.map(\.value)
        let speaking = ordered.count { $0.code != nil }
        var silentPlaces = max(0, ImportReport.mostFiles - speaking)
        for file in ordered where report.files.count < ImportReport.mostFiles {
            if file.code == nil {
                guard silentPlaces > 0 else { continue }
                silentPlaces -= 1
            }
            report.files.append(file)
        }
        report.filesOmitted = ordered.count - report.files.count
    }
}
