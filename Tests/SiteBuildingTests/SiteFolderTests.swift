import FoundationEssentials
import Testing

@testable import SiteBuilding

struct SiteFolderTests {
    @Test func `a written site has no differences`() throws {
        try withScratchFolder { root in
            let site = try SiteRenderer(content: SmallContent.with([:])).render()
            let folder = SiteFolder(root: "\(root)/site")
            #expect(try folder.write(site).written == site.count)
            #expect(try folder.differences(from: site).isEmpty)
            #expect(try folder.write(site) == (0, 0))
        }
    }

    @Test func `what it did not write is named, then removed with its empty folder`() throws {
        try withScratchFolder { root in
            let site = try SiteRenderer(content: SmallContent.with([:])).render()
            let folder = SiteFolder(root: root)
            try folder.write(site)
            try FileManager.default.createDirectory(atPath: "\(root)/old/deep", withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(filePath: "\(root)/old/deep/page.html"))
            try Data("x".utf8).write(to: URL(filePath: "\(root)/fr/index.html"))
            try FileManager.default.removeItem(atPath: "\(root)/404.html")
            #expect(
                try folder.differences(from: site).map(\.description) == [
                    "404.html: is absent", "fr/index.html: differs",
                    "old/deep/page.html: is not made from the content",
                ])
            #expect(try folder.write(site) == (2, 1))
            #expect(!FileManager.default.fileExists(atPath: "\(root)/old"))
        }
    }

    @Test func `a folder that is no site is left alone`() throws {
        try withScratchFolder { root in
            try Data("x".utf8).write(to: URL(filePath: "\(root)/thesis.txt"))
            #expect(throws: SiteProblem.self) { try SiteFolder(root: root).write(["index.html": []]) }
            #expect(FileManager.default.fileExists(atPath: "\(root)/thesis.txt"))
        }
    }

    @Test func `a link in the content is refused`() throws {
        try withScratchFolder { root in
            try FileManager.default.createSymbolicLink(atPath: "\(root)/a.css", withDestinationPath: "/etc/hostname")
            #expect(throws: SiteProblem("a.css", "is neither a file nor a folder")) { try ContentFolder(root: root) }
        }
    }

    private func withScratchFolder(_ body: (String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "site-\(UUID())").path()
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        try body(root)
    }
}
