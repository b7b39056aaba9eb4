import ArgumentParser
import Exporting
import Glibc
import ObjectStore
import Portal
import Postgres

/// Takes patients and studies out, in the layout that an import reads.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Takes patients and studies out of the portal of this machine, as a ZIP.",
        discussion: "The file is there whole or not at all; exit status 2 when it is not.")

    @Option(name: .customLong("patient"), help: "The id of a patient, with all studies; may be repeated.")
    var patients: [String] = []

    @Option(name: .customLong("study"), help: "A Study Instance UID; may be repeated.")
    var studies: [String] = []

    @Flag(help: "Takes out everything.")
    var all = false

    @Option(name: .shortAndLong, help: "The ZIP to write, in place of one that is there.")
    var output: String

    func validate() throws {
        guard all == (patients.isEmpty && studies.isEmpty) else {
            throw ValidationError("Say which patients and studies, or --all.")
        }
    }

    func run() throws {
        try endingWithStatus2 {
            let settings = try Settings.fromEnvironment()
            let database = try Connection(url: settings.databaseURL)
            let exports = Exports(database: database, caller: .atTheMachine)
            let folders = try exports.folders(of: try selection(exports))
            let size = try exports.size(of: folders)
            let audit = Audit(database: database, actor: nil, address: "")
            let archive = ExportArchive(
                folders, database: database, store: try DirectoryStore(root: settings.storeRoot), caller: .atTheMachine
            ) { study in try audit.recordVisit(.studyExported, study: study) }
            try exports.record(size)
            try write(archive, of: size)
            print("\(size.patients) patients, \(size.studies) studies, \(size.instances) files")
        }
    }

    /// - Throws: ``Refusal`` for what the portal does not have.
    private func selection(_ exports: Exports) throws -> ExportSelection {
        if all { return try exports.everything() }
        let keys = try patients.flatMap { patient in
            let found = try exports.patients(named: patient)
            guard !found.isEmpty else { throw Refusal("There is no patient \(patient).") }
            return found
        }
        for study in studies where try exports.studies([study]).isEmpty {
            throw Refusal("There is no study \(study).")
        }
        let selection = ExportSelection(patients: keys, studies: studies)
        do {
            try exports.require(selection)
        } catch PortalError.notFound {
            throw Refusal("One of the studies is deleted.")
        }
        return selection
    }

    private func write(_ archive: ExportArchive, of size: ExportSize) throws {
        let bar = ProgressBar(output)
        defer { bar.end() }
        var written = 0
        try OutputFile(path: output).write { write in
            try archive.write { bytes in
                try write(bytes)
                written += bytes.count
                bar.show(written, of: size.bytes)
            }
        }
    }
}
