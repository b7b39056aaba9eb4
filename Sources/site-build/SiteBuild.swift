import ArgumentParser
import SiteBuilding

/// `site-build`: renders `content/` into `site/`, or says whether the two agree.
@main
struct SiteBuild: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site-build", abstract: "Renders the pages: same content, same bytes.")

    @Option(help: "The folder of templates, words, styles, scripts and help.")
    var content = "content"

    @Option(help: "The folder that holds the site; what site-build did not write is removed from it.")
    var output = "site"

    @Flag(help: "Write nothing; exit with 1 and name the files that differ.")
    var check = false

    /// - Throws: what is wrong with file and line, which the command line prints before it exits with 1.
    func run() throws {
        let site = try SiteRenderer(content: ContentFolder(root: content)).render()
        let folder = SiteFolder(root: output)
        guard check else {
            let (written, removed) = try folder.write(site)
            print("\(output): \(site.count) files, \(written) written, \(removed) removed")
            return
        }
        let differences = try folder.differences(from: site)
        guard differences.isEmpty else { throw SiteProblems(differences) }
        print("\(output): \(site.count) files, as \(content) renders them")
    }
}
