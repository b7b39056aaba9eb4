import Archives
import DICOM
import HTTPModel
import Ingestion
import Portal
import Postgres

/// What an import of these files would do, as far as their headers tell.
package struct ImportForecast: Encodable, Sendable {
    package enum Outcome: String, Encodable, Sendable { case new, known, conflict, notDicom, rejected, skipped }

    package struct File: Encodable, Sendable {
        package let path: String
        package let outcome: Outcome
        package var code: String?
        package var message: String?
    }

    package struct Patient: Encodable, Sendable {
        package let patientId: String
        @Nullable package var id: String?
        package let action: ImportReport.PatientAction
        package let changes: [PatientFieldChange]
        package var warnings: [PatientWarning]
    }

    package struct Study: Encodable, Sendable {
        package let studyInstanceUID: String
        package let known: Bool
        /// The trade's id of the patient that it has or will have.
        @Nullable package var patient: String?
        package var instances = 0
        package var new = 0
    }

    /// How many files had each outcome.
    package struct Counts: Encodable, Sendable {
        package var files = 0
        package var new = 0
        package var known = 0
        package var conflict = 0
        package var notDicom = 0
        package var rejected = 0
        package var skipped = 0

        mutating func add(_ outcome: Outcome) {
            files += 1
            switch outcome {
            case .new: new += 1
            case .known: known += 1
            case .conflict: conflict += 1
            case .notDicom: notDicom += 1
            case .rejected: rejected += 1
            case .skipped: skipped += 1
            }
        }
    }

    package internal(set) var patients: [Patient] = []
    package internal(set) var studies: [Study] = []
    /// Those with something to say, at most `mostFiles`.
    package internal(set) var files: [File] = []
    package internal(set) var counts = Counts()

    static let mostFiles = 2000

    mutating func add(_ file: File) {
        counts.add(file.outcome)
        let speaks = file.code != nil || ![.new, .known].contains(file.outcome)
        if speaks, files.count < Self.mostFiles { files.append(file) }
    }
}

extension Imports {
    /// Says what an import would do. Only what the caller may see counts as known.
    package func forecast(_ plan: HeaderPlan, for caller: Caller) throws -> ImportForecast {
        try Forecasting(plan, database: database, caller: caller).forecast()
    }
}

/// One forecast in the making.
///
/// A class, as the identities of a sidecar remember what they were asked.
private final class Forecasting {
    private let plan: HeaderPlan
    private let documents: ImportPlan
    private let known: [String: VisibleInstance]
    private let studies: [String: VisibleStudy]
    private let patients: SidecarPatients
    private let identities: [SidecarIdentities]
    private var result = ImportForecast()
    private var seen: [String: Int] = [:]
    private var found: [String: ImportForecast.Study] = [:]

    init(_ plan: HeaderPlan, database: Connection, caller: Caller) throws {
        self.plan = plan
        documents = try ImportPlan(reading: plan.tree, today: CalendarDate.today())
        patients = SidecarPatients(database: database, caller: caller, address: "")
        identities = documents.patients.map { SidecarIdentities($0.sidecar, database: database) }
        let sight = ImportSight(database: database, caller: caller)
        known = try sight.instances(plan.files.compactMap { $0.header?.sopInstanceUID })
        studies = try sight.studies(Set(plan.files.compactMap { $0.header?.studyUID }))
    }

    func forecast() throws -> ImportForecast {
        for planned in documents.patients { result.patients.append(try patient(planned.sidecar)) }
        for index in plan.sidecars.indices {
            guard let file = documents.decided[index] else { continue }
            let outcome: ImportForecast.Outcome = file.outcome == .rejected ? .rejected : .skipped
            result.add(
                ImportForecast.File(path: file.path, outcome: outcome, code: file.code, message: file.message))
        }
        for (place, file) in plan.files.enumerated() {
            let index = plan.sidecars.count + place
            let decided = try self.file(file, at: index)
            result.add(decided)
            if [.new, .known, .conflict].contains(decided.outcome) { count(file, at: index, decided.outcome) }
        }
        result.studies = found.values.sorted { $0.studyInstanceUID < $1.studyInstanceUID }
        return result
    }

    private func patient(_ sidecar: Sidecar) throws -> ImportForecast.Patient {
        if plan.onExisting == .fail, try patients.exists(sidecar) {
            return ImportForecast.Patient(
                patientId: sidecar.id, action: .rejected, changes: [], warnings: sidecar.warnings + [.exists])
        }
        let taken = try patients.take(sidecar, ImportOptions(onExisting: plan.onExisting, isDryRun: true))
        return ImportForecast.Patient(
            patientId: sidecar.id, id: taken.key, action: taken.action, changes: taken.changes,
            warnings: sidecar.warnings + taken.warnings)
    }

    private func file(_ file: HeaderPlan.File, at index: Int) throws -> ImportForecast.File {
        func say(_ outcome: ImportForecast.Outcome, _ code: String? = nil, _ message: String? = nil)
            -> ImportForecast.File
        {
            ImportForecast.File(path: file.path, outcome: outcome, code: code, message: message)
        }
        if let decided = documents.decided[index] {
            return say(decided.outcome == .skipped ? .skipped : .rejected, decided.code, decided.message)
        }
        guard let header = file.header else { return say(.notDicom, "file.notDicom", "This is not a DICOM file.") }
        for (name, uid) in [
            ("SOP", header.sopInstanceUID), ("Study", header.studyUID), ("Series", header.seriesUID),
        ] where UID(uid) == nil {
            return say(.rejected, "instance.malformedUID", "The \(name) Instance UID is missing or malformed.")
        }
        if let patient = patientIndex(index), try !identities[patient].agree(with: header.identity) {
            let policy = documents.patients[patient].sidecar.identityPolicy
            guard policy != .reject else {
                return say(.rejected, "instance.declined", "The patient in the file is not the one of the sidecar.")
            }
            if policy == .warn, !result.patients[patient].warnings.contains(.otherPatient) {
                result.patients[patient].warnings.append(.otherPatient)
            }
        }
        if studies[header.studyUID]?.isOpen == false {
            return say(.rejected, "instance.hiddenStudy", "Storing into this Study is not authorised.")
        }
        guard let size = known[header.sopInstanceUID]?.size ?? seen[header.sopInstanceUID] else {
            seen[header.sopInstanceUID] = file.size
            return say(.new)
        }
        return size == file.size
            ? say(.known)
            : say(.conflict, "instance.conflict", "Another content may be stored under this SOP Instance UID.")
    }

    private func patientIndex(_ index: Int) -> Int? {
        RelativePath(documents.names[index]).flatMap(documents.patient(ofPath:))
    }

    private func count(_ file: HeaderPlan.File, at index: Int, _ outcome: ImportForecast.Outcome) {
        guard let uid = file.header?.studyUID else { return }
        let visible = studies[uid]
        let sidecar = patientIndex(index).map { documents.patients[$0].sidecar.id }
        let study = ImportForecast.Study(
            studyInstanceUID: uid, known: visible != nil, patient: visible?.patientID ?? sidecar)
        found[uid, default: study].instances += 1
        if outcome == .new { found[uid, default: study].new += 1 }
    }
}
