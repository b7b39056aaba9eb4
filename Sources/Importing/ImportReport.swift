/// What became of an import, as `GET /api/imports/{id}` and `POST /api/patients/import` show it.
package struct ImportReport: Encodable, Sendable, Equatable {
    package enum FileOutcome: String, Encodable, Sendable, CaseIterable {
        case stored, identical, conflict, notDicom, rejected, skipped
    }

    package struct File: Encodable, Sendable, Equatable {
        /// As the sender wrote it.
        package var path: String
        package var outcome: FileOutcome
        package var sopInstanceUID: String?
        /// Stable, for programs; absent where there is nothing to say.
        package var code: String?
        /// A sentence without any value of the file.
        package var message: String?
    }

    package enum PatientAction: String, Encodable, Sendable { case created, updated, unchanged, skipped, rejected }

    package struct Patient: Encodable, Sendable, Equatable {
        /// The patient's key; absent in a dry run of a new patient and for one that was not taken.
        package var id: String?
        package var patientId: String
        package var action: PatientAction
        package var warnings: [PatientWarning]
    }

    package struct Study: Encodable, Sendable, Equatable {
        package var studyInstanceUID: String
        /// The key of the patient that the sidecar gave it.
        package var patient: String?
        /// How many instances of it the import stored or found identical.
        package var instances: Int
    }

    package var id: String
    package var state = "done"
    package var dryRun: Bool
    package var patients: [Patient] = []
    package var studies: [Study] = []
    /// In the order of the archive or request; at most `mostFiles`, those with something to say first to stay.
    package var files: [File] = []
    /// Files that `files` leaves out; `counts` has them all.
    package var filesOmitted = 0
    package var counts: Counts
    /// Why reading ended before the archive did.
    package var problem: String?
    /// Stable, for programs: the code of the files that are rejected for the same reason.
    package var problemCode: String?

    /// A report stays small enough to keep and to show.
    package static let mostFiles = 20_000

    /// How many files had each outcome.
    package struct Counts: Encodable, Sendable, Equatable {
        package var files = 0
        package var stored = 0
        package var identical = 0
        package var conflict = 0
        package var notDicom = 0
        package var rejected = 0
        package var skipped = 0

        package init() {}

        mutating func add(_ outcome: FileOutcome) {
            files += 1
            switch outcome {
            case .stored: stored += 1
            case .identical: identical += 1
            case .conflict: conflict += 1
            case .notDicom: notDicom += 1
            case .rejected: rejected += 1
            case .skipped: skipped += 1
            }
        }
    }

    package init(id: String, dryRun: Bool) {
        self.id = id
        self.dryRun = dryRun
        counts = Counts()
    }
}
