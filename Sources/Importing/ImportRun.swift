import Archives
import DICOM
import Ingestion
import ObjectStore
import Portal
import Postgres

/// One import from its first file to its report.
///
/// Files are kept one by one and patients one by one: what is wrong with one never undoes another.
/// A class, because its parts write one report.
package final class ImportRun {
    private let database: Connection
    let store: DirectoryStore
    let ingestor: Ingestor
    let patients: SidecarPatients
    let caller: Caller
    let address: String
    private let aeTitle: String
    let options: ImportOptions
    private(set) var plan: ImportPlan
    private let tree: ImportTree
    private let progress: (ImportProgress) throws -> Void

    var report: ImportReport
    private var ledger = ImportLedger()
    private var waiting: [Int?: [WaitingFile]] = [:]
    private var waitingCount = 0
    /// The patients' keys, by their place in the plan.
    private var patientKeys: [Int: String] = [:]
    private var bytesDone = 0

    private static let batch = 50
    private static let mostWaiting = 400

    /// A file that was taken out and waits for its batch.
    private struct WaitingFile {
        let entry: ImportEntry
        let object: SpooledObject
    }

    /// Reads the names and the documents of an upload, and decides what belongs to whom. Nothing is stored yet.
    ///
    /// - Parameter progress: called now and then.
    /// - Throws: `ImportRefusal` when the whole import is refused.
    package init(
        _ upload: Upload, id: String, database: Connection, store: DirectoryStore, caller: Caller, address: String,
        aeTitle: String = Settings.defaultAETitle, options: ImportOptions,
        progress: @escaping (ImportProgress) throws -> Void = { _ in }
    ) throws {
        do {
            plan = try ImportPlan(reading: upload.tree, today: CalendarDate.today())
        } catch let error as ArchiveError {
            throw ImportRefusal.archive(error)
        }
        tree = upload.tree
        self.store = store
        self.caller = caller
        self.address = address
        self.aeTitle = aeTitle
        self.options = options
        self.progress = progress
        ingestor = Ingestor(database: database, store: store)
        patients = SidecarPatients(database: database, caller: caller, address: address)
        self.database = database
        report = ImportReport(id: id, dryRun: options.isDryRun)
        if plan.readableCount == 0, plan.patients.isEmpty {
            if let fault = plan.firstFault { throw fault }
            guard !plan.names.isEmpty else { throw ImportRefusal.empty }
        }
        guard options.onExisting == .fail else { return }
        for planned in plan.patients where try patients.exists(planned.sidecar) {
            throw ImportRefusal.patientExists(patientID: planned.sidecar.id)
        }
    }

    /// Stores what was planned.
    ///
    /// - Throws: `PostgresError` or `StoreError` when database or store are away; what was stored before stays, and
    ///   the same import again goes on where this one ended.
    package func run() throws -> ImportReport {
        for (index, file) in plan.decided { ledger.decide(index, file) }
        for index in plan.patients.indices { try takePatient(index) }
        do {
            try readAll()
            for patient in Array(waiting.keys) { try flush(patient) }
        } catch is ImportStopped {
            report.state = "cancelled"
            (report.problem, report.problemCode) = ("The import was cancelled.", "import.cancelled")
            for file in waiting.values.joined() { file.object.discard() }
        }
        try attach()
        finish()
        return report
    }
}

extension ImportRun {
    private func readAll() throws {
        let passedOver = Set(plan.names.indices.filter(ledger.isDecided))
        do {
            try ReadAhead(tree: tree, store: store, passedOver: passedOver).forEach { entry, found in
                try take(entry, found)
                bytesDone += max(0, entry.length)
                try tell()
            }
        } catch let error as ArchiveError {
            (report.problem, report.problemCode) = ("\(error)", error.code)
        }
    }

    private func takePatient(_ index: Int) throws {
        let sidecar = plan.patients[index].sidecar
        let taken = try patients.take(sidecar, options)
        patientKeys[index] = taken.key
        report.patients.append(
            ImportReport.Patient(
                id: taken.key, patientId: sidecar.id, action: taken.action, warnings: sidecar.warnings + taken.warnings)
        )
    }

    /// Decides on one entry, or lets it wait for its batch.
    private func take(_ entry: ImportEntry, _ found: ReadAhead.Found) throws {
        guard !ledger.isDecided(entry.index) else { return }
        if case .known(let instance, let sha256) = entry.standing {
            guard !plan.manifest.contradicts(entry.path, sha256: sha256) else { return contradict(entry) }
            let patient = plan.patient(of: entry).flatMap { patientKeys[$0] }
            return ledger.decide(entry, .identical(instance), patient: patient)
        }
        switch found {
        case .object(let object): try wait(entry, object)
        case .archive:
            ledger.decide(
                entry, .rejected, "archive.nested", "An archive within an import is not opened; send it by itself.")
        case .other: ledger.decide(entry, .notDicom, "file.notDicom", "This is not a DICOM file.")
        case .unread: break
        case .failed(let error): ledger.decide(entry, .rejected, error.code, "\(error)")
        }
    }

    private func wait(_ entry: ImportEntry, _ object: SpooledObject) throws {
        if plan.manifest.contradicts(entry.path, sha256: object.sha256) {
            object.discard()
            return contradict(entry)
        }
        let patient = plan.patient(of: entry)
        waiting[patient, default: []].append(WaitingFile(entry: entry, object: object))
        waitingCount += 1
        if waiting[patient, default: []].count >= Self.batch { try flush(patient) }
        if waitingCount >= Self.mostWaiting { for patient in Array(waiting.keys) { try flush(patient) } }
    }

    private func contradict(_ entry: ImportEntry) {
        ledger.decide(entry, .rejected, "manifest.hash", "The content differs from the hash in manifest.json.")
    }

    /// Files a batch of one patient's files.
    private func flush(_ patient: Int?) throws {
        guard let batch = waiting.removeValue(forKey: patient), !batch.isEmpty else { return }
        waitingCount -= batch.count
        let sidecar = patient.map { plan.patients[$0].sidecar }
        let identities = sidecar.map { SidecarIdentities($0, database: database) }
        let source = IngestSource(
            caller: caller, route: .import, address: address, patient: patient.flatMap { patientKeys[$0] },
            importID: report.id)
        let accepting: Ingestor.Acceptance = { instance in
            guard sidecar?.identityPolicy == .reject, try identities?.agree(with: instance.identity) == false else {
                return nil
            }
            return "The patient in the file is not the one of the sidecar."
        }
        let objects = batch.map(\.object)
        let outcomes =
            try options.isDryRun
            ? ingestor.examine(objects, from: source, accepting: accepting)
            : ingestor.ingest(objects, from: source, accepting: accepting)
        for (file, outcome) in zip(batch, outcomes) {
            ledger.decide(file.entry, outcome, patient: source.patient)
            guard let sidecar, let patient, let instance = outcome.instance,
                sidecar.identityPolicy == .warn,
                try identities?.agree(with: instance.identity) == false
            else { continue }
            warn(patient, .otherPatient)
        }
        try tell()
    }

    private func warn(_ patient: Int, _ warning: PatientWarning) {
        if !report.patients[patient].warnings.contains(warning) { report.patients[patient].warnings.append(warning) }
    }

    /// Files that were there already bring their study to the sidecar's patient too.
    private func attach() throws {
        guard !options.isDryRun else { return }
        for (patient, key) in patientKeys {
            let source = IngestSource(caller: caller, route: .import, address: address, patient: key)
            for study in try ingestor.attach(ledger.studies(of: key), from: source) {
                ledger.detach(study)
                warn(patient, .studyElsewhere(study))
            }
            try correct(ledger.studies(of: key), of: patient, key)
        }
    }

    /// What the portal that exported a study showed it under, it is shown under again; with `overlay`, all others
    /// under their patient.
    private func correct(_ studies: [String], of patient: Int, _ key: String) throws {
        let sidecar = plan.patients[patient].sidecar
        let inbox = Inbox(database: database, caller: caller, address: address)
        for study in studies {
            let correction = sidecar.studies.first { $0.studyUID == study }?.correction
            guard correction != nil || sidecar.identityPolicy == .overlay else { continue }
            do {
                try inbox.correct(study: study, by: key, as: correction?.identity, at: correction?.system ?? aeTitle)
            } catch is PortalError {
                warn(patient, .notCorrected(study))
            }
        }
    }

    private func finish() {
        for patient in plan.patients.indices {
            for expected in plan.patients[patient].sidecar.studies where !ledger.hasStudy(expected.studyUID) {
                warn(patient, .studyAbsent(expected.studyUID))
            }
        }
        let (code, message) =
            report.state == "cancelled"
            ? ("import.cancelled", "The import was cancelled before this file.")
            : ("archive.ended", "Reading ended before this file.")
        for (index, name) in plan.names.enumerated() where !ledger.isDecided(index) {
            ledger.decide(
                index, ImportReport.File(path: name, outcome: .rejected, code: code, message: message))
        }
        ledger.write(to: &report)
    }

    private func tell() throws {
        try progress(ImportProgress(bytesDone: bytesDone, bytesTotal: plan.length, counts: ledger.counts))
    }
}

/// Somebody cancelled the import that is running.
struct ImportStopped: Error {}

/// How far an import has come.
package struct ImportProgress: Sendable {
    /// Of what the files declare, in bytes.
    package let bytesDone: Int
    package let bytesTotal: Int
    package let counts: ImportReport.Counts
}
