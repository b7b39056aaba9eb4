import ArgumentParser
import FoundationEssentials
import HTTPModel
import Importing
import ObjectStore
import Portal
import Postgres

/// Brings patients and files in, as the import page does.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Brings patients and files into the portal of this machine.",
        discussion: """
            An archive (ZIP, tar, 7z) is an import by itself; all other files and folders are one together.
            Exit status 0 when all of it is there, 1 when something was refused, 2 when nothing could be done.
            """)

    @Argument(help: "Archives, folders and DICOM files.")
    var paths: [String]

    @Option(help: "What becomes of a patient that is known: update, skip or fail.")
    var onExisting = ImportOptions.OnExisting.update

    @Flag(help: "Says only what would happen.")
    var dryRun = false

    @Flag(help: "Prints each report as JSON, one a line.")
    var json = false

    func run() throws {
        var results: [ImportResult] = []
        try endingWithStatus2 {
            let settings = try Settings.fromEnvironment()
            let database = try Connection(url: settings.databaseURL)
            let imports = Imports(database: database, store: try DirectoryStore(root: settings.storeRoot))
            for upload in try Upload.local(paths) { results.append(try bring(upload, imports)) }
        }
        if !results.contains(where: \.hasTaken) { throw ExitCode(2) }
        if results.contains(where: \.hasRefused) { throw ExitCode(1) }
    }

    /// - Throws: what keeps the next import from running too.
    private func bring(_ upload: Upload, _ imports: Imports) throws -> ImportResult {
        let wish = ImportWish(ImportOptions(onExisting: onExisting, isDryRun: dryRun), name: upload.name)
        let bar = ProgressBar(upload.name)
        defer { bar.end() }
        do {
            let report = try imports.run(upload, wish, by: .atTheMachine) { bar.show($0.bytesDone, of: $0.bytesTotal) }
            bar.end()
            let result = ImportResult(report)
            print(json ? String(decoding: try JSONEncoder().encode(report), as: UTF8.self) : result.text)
            return result
        } catch let error as HTTPError {
            bar.end()
            StandardError.write("\(upload.name): \(error.message)\n")
            return .refused
        }
    }
}

extension ImportOptions.OnExisting: ExpressibleByArgument {}

/// What became of one import, for people and for the exit status.
struct ImportResult {
    static let refused = ImportResult(text: "", hasTaken: false, hasRefused: true)

    let text: String
    let hasTaken: Bool
    let hasRefused: Bool

    private init(text: String, hasTaken: Bool, hasRefused: Bool) {
        (self.text, self.hasTaken, self.hasRefused) = (text, hasTaken, hasRefused)
    }

    init(_ report: ImportReport) {
        let counts = report.counts
        let refused = counts.conflict + counts.notDicom + counts.rejected
        let turnedAway = report.patients.filter { $0.action == .rejected }
        hasTaken =
            counts.stored + counts.identical > 0 || report.patients.count > turnedAway.count
            || refused + turnedAway.count == 0
        hasRefused = refused + turnedAway.count > 0 || report.problem != nil
        var lines = report.patients.flatMap { patient in
            ["patient \(patient.patientId): \(patient.action)"] + patient.warnings.map { "  \($0.message)" }
        }
        lines += report.files.filter { $0.outcome != .skipped }.compactMap { file in
            file.message.map { "\(file.path): \($0)" }
        }
        if let problem = report.problem { lines.append(problem) }
        lines.append(
            """
            \(report.dryRun ? "would be " : "")stored \(counts.stored), identical \(counts.identical), \
            conflicts \(counts.conflict), not DICOM \(counts.notDicom), refused \(counts.rejected), \
            passed over \(counts.skipped)
            """)
        text = lines.map(\.plain).joined(separator: "\n")
    }
}
