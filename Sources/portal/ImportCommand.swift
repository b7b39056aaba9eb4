import ArgumentParser
import FoundationEssentials
import HTTPModel
import Importing
import ObjectStore
import Portal
import Postgres
import RemotePortal

/// Brings patients and files in, as the import page does.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Brings patients and files into this machine's portal, or into another.",
        discussion: """
            An archive (ZIP, tar, tar.gz, tar.zst, 7z) is an import by itself; all other files and folders are one
            together. What a portal elsewhere holds already is not sent; said again, a command that was broken off goes on.
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

    @OptionGroup var remote: RemoteOptions

    func run() throws {
        var results: [ImportResult] = []
        try endingWithStatus2 {
            let way = try remote.url == nil ? ownPortal() : portalElsewhere()
            for upload in try Upload.local(paths) { results.append(try bring(upload, way)) }
        }
        if !results.contains(where: \.hasTaken) { throw ExitCode(2) }
        if results.contains(where: \.hasRefused) { throw ExitCode(1) }
    }

    /// Brings one upload in, or plans it, and gives the report as JSON.
    private typealias Way = (Upload, ProgressBar) throws -> [UInt8]

    private func ownPortal() throws -> Way {
        let settings = try Settings.fromEnvironment()
        let database = try Connection(url: settings.databaseURL)
        let imports = Imports(
            database: database, store: try DirectoryStore(root: settings.storeRoot), aeTitle: settings.aeTitle)
        return { upload, bar in
            let wish = ImportWish(ImportOptions(onExisting: onExisting, isDryRun: dryRun), name: upload.name)
            let report = try imports.run(upload, wish, by: .atTheMachine) { bar.show($0.bytesDone, of: $0.bytesTotal) }
            return [UInt8](try JSONEncoder().encode(report))
        }
    }

    private func portalElsewhere() throws -> Way {
        { upload, bar in
            guard let portal = try remote.portal(telling: bar.pause) else { return [] }
            let sending = RemoteImport(portal) { progress in
                bar.show(progress.bytesDone, of: progress.bytesTotal, progress.isStoring ? "storing" : "sending")
            }
            return try dryRun
                ? sending.plan(upload, onExisting: onExisting) : sending.run(upload, onExisting: onExisting)
        }
    }

    /// - Throws: what keeps the next import from running too.
    private func bring(_ upload: Upload, _ way: Way) throws -> ImportResult {
        let bar = ProgressBar(upload.name)
        defer { bar.end() }
        do {
            let result = try ImportResult(try way(upload, bar))
            bar.end()
            print(json ? result.json : result.text)
            return result
        } catch let error as HTTPError {
            bar.end()
            StandardError.write("\(upload.name): \(error.message)\n")
            return .refused
        } catch let refusal as RemoteRefusal where (400..<500).contains(refusal.status) && refusal.status != 401 {
            bar.end()
            StandardError.write("\(upload.name): \(refusal)\n")
            return .refused
        }
    }
}

extension ImportOptions.OnExisting: ExpressibleByArgument {}
