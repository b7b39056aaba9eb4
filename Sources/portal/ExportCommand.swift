import ArgumentParser
import Exporting
import Glibc
import ObjectStore
import Portal
import Postgres
import RemotePortal

/// Takes patients and studies out, in the layout that an import reads.
struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Takes patients and studies out of this machine's portal, or of another, as a ZIP.",
        discussion: "The file is there whole or not at all; exit status 2 when it is not.")

    @Option(name: .customLong("patient"), help: "The id of a patient, with all studies; may be repeated.")
    var patients: [String] = []

    @Option(name: .customLong("study"), help: "A Study Instance UID; may be repeated.")
    var studies: [String] = []

    @Flag(help: "Takes out everything.")
    var all = false

    @Option(name: .shortAndLong, help: "The ZIP to write, in place of one that is there.")
    var output: String

    @OptionGroup var remote: RemoteOptions

    func validate() throws {
        guard all == (patients.isEmpty && studies.isEmpty) else {
            throw ValidationError("Say which patients and studies, or --all.")
        }
    }

    func run() throws {
        try endingWithStatus2 {
            let bar = ProgressBar(output)
            defer { bar.end() }
            if let portal = try remote.portal(telling: bar.pause) { return try fetch(from: RemoteExport(portal), bar) }
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
            try write(bar, size.bytes, archive.write)
            report(size.patients, size.studies, size.instances)
        }
    }

    private func fetch(from portal: RemoteExport, _ bar: ProgressBar) throws {
        var keys = all ? try portal.patients(named: nil) : []
        for patient in patients {
            let found = try portal.patients(named: patient)
            guard !found.isEmpty else { throw Refusal("There is no patient \(patient).") }
            keys += found
        }
        let made = try portal.make(patients: keys, studies: studies)
        try write(bar, made.bytes) { output in try portal.write(made, to: output) }
        report(made.patients, made.studies, made.instances)
    }

    private func report(_ patients: Int, _ studies: Int, _ files: Int) {
        print("\(patients) patients, \(studies) studies, \(files) files")
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

    /// - Parameter total: about how many bytes there will be.
    private func write(
        _ bar: ProgressBar, _ total: Int, _ content: (@escaping (ArraySlice<UInt8>) throws -> Void) throws -> Void
    ) throws {
        var written = 0
        try OutputFile(path: output).write { write in
            try withoutActuallyEscaping(write) { write in
                try content { bytes in
                    try write(bytes)
                    written += bytes.count
                    bar.show(written, of: total)
                }
            }
        }
        bar.end()
    }
}
