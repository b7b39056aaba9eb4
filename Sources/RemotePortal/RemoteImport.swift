import FoundationEssentials
import Glibc
import HTTPModel
import Importing

/// Brings files of this machine into a portal elsewhere: file by file, in pieces, from where the portal is.
package struct RemoteImport {
    /// How far it is; bytes that the portal had before count as done.
    package struct Progress: Sendable {
        package let bytesDone: Int
        package let bytesTotal: Int
        /// Whether all has come, and the portal stores it.
        package let isStoring: Bool
    }

    /// Of one request, in bytes.
    private static let piece = 8 << 20
    private static let mostAnnounced = 10_000
    /// How much is hashed before the portal is asked.
    private static let mostHashed = (files: 500, bytes: 256 << 20)

    private let portal: RemotePortal
    private let tell: (Progress) -> Void

    /// - Parameter tell: is told how far it is.
    package init(_ portal: RemotePortal, tell: @escaping (Progress) -> Void) {
        self.portal = portal
        self.tell = tell
    }

    private struct Listed: Decodable {
        let id: String
        let state: String
        let name: String
    }

    /// A file as the portal holds it.
    private struct Held: Decodable {
        let n: Int
        let path: String
        let size: Int
        let received: Int
        let known: Bool
    }

    private struct Announcement: Encodable {
        var name: String?
        var onExisting: String?
        let files: [File]

        struct File: Encodable {
            let path: String
            let size: Int
        }
    }

    private struct Begun: Decodable { let id: String }

    /// Sends what the portal does not hold, and waits until it has stored it. One that was broken off goes on, with
    /// what `onExisting` says now.
    ///
    /// - Returns: the report, JSON.
    /// - Throws: `RemoteRefusal`; `ConnectionLost` when the portal stays away; `ArchiveError` or `DICOMError` for a file
    ///   that cannot be read any more.
    package func run(_ upload: Upload, onExisting: ImportOptions.OnExisting) throws -> [UInt8] {
        let files = upload.localFiles
        let id = try interrupted(upload.name, files) ?? begin(upload.name, files, onExisting)
        var sending = Sending(files: try held(by: id), total: upload.length)
        try recognise(files, of: id, &sending)
        for held in sending.files where !held.known && held.received < held.size {
            try send(files[held.n], from: held.received, as: held.n, of: id, &sending)
        }
        _ = try portal.ask(.post, "/api/imports/\(id)/commit?onExisting=\(onExisting.rawValue)")
        return try awaitEnd(of: id, sending)
    }

    /// What an import of these files would do; nothing is sent but an archive, which only the portal can look into.
    ///
    /// - Returns: JSON: the report of a dry run, or a plan.
    package func plan(_ upload: Upload, onExisting: ImportOptions.OnExisting) throws -> [UInt8] {
        if let archive = upload.localArchive {
            return try portal.patiently {
                var sent = 0
                let source = try archive.source()
                let body = HTTPBody.stream(length: archive.length) { most in
                    defer { tell(Progress(bytesDone: sent, bytesTotal: archive.length, isStoring: false)) }
                    let bytes = try source.read(at: sent, count: min(most, archive.length - sent))
                    sent += bytes.count
                    return bytes
                }
                let target = "/api/patients/import?dryRun=true&onExisting=\(onExisting.rawValue)"
                return try portal.send(
                    .post, target, headers: ["Content-Type: application/octet-stream"], body: body
                ).body
            }
        }
        let document = try upload.headerPlan(onExisting: onExisting)
        return try portal.ask(.post, "/api/imports/plan", document: document).body
    }
}

extension RemoteImport {
    /// What is still to be sent.
    private struct Sending {
        var files: [Held]
        let total: Int
        var done: Int

        init(files: [Held], total: Int) {
            self.files = files
            self.total = total
            done = files.reduce(0) { $0 + ($1.known ? $1.size : $1.received) }
        }
    }

    /// An import of the same files that was broken off before all had come.
    private func interrupted(_ name: String, _ files: [LocalFile]) throws -> String? {
        for listed in try portal.some("/api/imports?limit=50", of: Listed.self)
        where listed.state == "receiving" && listed.name == String(name.prefix(200)) {
            let held = try held(by: listed.id)
            if held.count == files.count,
                zip(held, files).allSatisfy({ ($0.path, $0.size) == ($1.name, $1.length) })
            {
                return listed.id
            }
        }
        return nil
    }

    private func begin(_ name: String, _ files: [LocalFile], _ onExisting: ImportOptions.OnExisting) throws -> String {
        let announced = files.map { Announcement.File(path: $0.name, size: $0.length) }
        let first = Announcement(
            name: String(name.prefix(200)), onExisting: onExisting.rawValue,
            files: Array(announced.prefix(Self.mostAnnounced)))
        let id = try portal.ask(.post, "/api/imports", json: first, as: Begun.self).id
        var rest = announced.dropFirst(Self.mostAnnounced)
        while !rest.isEmpty {
            let more = Announcement(files: Array(rest.prefix(Self.mostAnnounced)))
            try portal.ask(.post, "/api/imports/\(id)/files", json: more)
            rest = rest.dropFirst(Self.mostAnnounced)
        }
        return id
    }

    private func held(by id: String) throws -> [Held] {
        try portal.all("/api/imports/\(id)/files?limit=10000", of: Held.self)
    }

    private struct Hash: Codable {
        let n: Int
        let sha256: String
    }

    private struct Known: Decodable { let known: [Int] }

    /// Asks for which files the portal has the bytes already.
    private func recognise(_ files: [LocalFile], of id: String, _ sending: inout Sending) throws {
        var batch: [Hash] = []
        var bytes = 0
        func ask(_ sending: inout Sending) throws {
            guard !batch.isEmpty else { return }
            let known = Set(
                try portal.ask(.post, "/api/imports/\(id)/known", json: ["files": batch], as: Known.self).known)
            sending.files = sending.files.map { held in
                guard known.contains(held.n) else { return held }
                sending.done += held.size
                return Held(n: held.n, path: held.path, size: held.size, received: held.received, known: true)
            }
            (batch, bytes) = ([], 0)
            tell(Progress(bytesDone: sending.done, bytesTotal: sending.total, isStoring: false))
        }
        for held in sending.files where !held.known && held.received == 0 && held.size > 0 {
            batch.append(Hash(n: held.n, sha256: try files[held.n].sha256()))
            bytes += held.size
            if batch.count >= Self.mostHashed.files || bytes >= Self.mostHashed.bytes { try ask(&sending) }
        }
        try ask(&sending)
    }

    /// Sends one file from where the portal is; where it is, it says itself after anything went wrong.
    private func send(_ file: LocalFile, from start: Int, as n: Int, of id: String, _ sending: inout Sending) throws {
        let source = try file.source()
        let target = "/api/imports/\(id)/files/\(n)"
        var offset = start
        while offset < file.length {
            let (base, total, from) = (sending.done, sending.total, offset)
            var isCertain = true
            let end = try portal.patiently {
                var place = from
                if !isCertain { place = try self.offset(of: target) ?? from }
                isCertain = false
                guard place < file.length else { return place }
                let length = min(Self.piece, file.length - place)
                var given = 0
                let body = HTTPBody.stream(length: length) { most in
                    let bytes = try source.read(at: place + given, count: min(most, length - given))
                    given += bytes.count
                    tell(Progress(bytesDone: base + place + given - from, bytesTotal: total, isStoring: false))
                    return bytes
                }
                let headers = ["Content-Type: application/octet-stream", "Upload-Offset: \(place)"]
                do {
                    return try self.offset(
                        try portal.send(.put, target, headers: headers, body: body)) ?? place + length
                } catch let refusal as RemoteRefusal where ["import.offset", "import.busy"].contains(refusal.code) {
                    throw ConnectionLost(description: refusal.description)  // it asks where the portal is, and goes on
                }
            }
            sending.done += end - offset
            offset = end
        }
    }

    private func offset(of target: String) throws -> Int? { try offset(try portal.send(.head, target)) }

    private func offset(_ answer: HTTPAnswer) throws -> Int? { answer.headers["Upload-Offset"].flatMap { Int($0) } }

    private static func report(in document: [UInt8]) throws -> [UInt8] {
        Array((try JSONReader.read(document)["report"] ?? .null).text.utf8)
    }

    private struct State: Decodable {
        let state: String
        let bytesTotal: Int
        let bytesDone: Int
    }

    private func awaitEnd(of id: String, _ sending: Sending) throws -> [UInt8] {
        var pause = 0.02
        while true {
            let answer = try portal.ask(.get, "/api/imports/\(id)")
            let state = try JSONDecoder().decode(State.self, from: Data(answer.body))
            guard ["waiting", "running"].contains(state.state) else { return try Self.report(in: answer.body) }
            tell(Progress(bytesDone: state.bytesDone, bytesTotal: state.bytesTotal, isStoring: true))
            usleep(UInt32(pause * 1e6))
            pause = min(pause * 1.5, 1)
        }
    }
}
