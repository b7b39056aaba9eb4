import Archives
import Crypto
import DICOM
import Ingestion
import Portal

extension Upload {
    /// The files of the machine that this brings, in order: an archive is one.
    package var localFiles: [LocalFile] {
        switch tree {
        case .localFiles(let files): files
        case .localArchive(let file, _, _): [file]
        default: []
        }
    }

    /// The archive of the machine; `nil` for files and folders.
    package var localArchive: LocalFile? {
        guard case .localArchive(let file, _, _) = tree else { return nil }
        return file
    }

    /// The body of `POST /api/imports/plan` for files of the machine: their headers, and whole the patients' documents.
    ///
    /// - Throws: `ArchiveError` for a file that cannot be opened.
    package func headerPlan(onExisting: ImportOptions.OnExisting) throws -> [UInt8] {
        var sidecars: [JSONValue] = []
        var files: [JSONValue] = []
        for file in localFiles {
            if file.name.lowercased().hasSuffix(".json"), file.length <= ImportPlan.longestDocument {
                let source = try file.source()
                if let json = try? JSONReader.read(try source.read(at: 0, count: source.count)) {
                    sidecars.append(.object([("path", .string(file.name)), ("json", json)]))
                    continue
                }
            }
            files.append(try file.described())
        }
        let body: [(name: String, value: JSONValue)] = [
            ("sidecars", .array(sidecars)), ("files", .array(files)), ("onExisting", .string(onExisting.rawValue)),
        ]
        return Array(JSONValue.object(body).text.utf8)
    }
}

extension LocalFile {
    /// What a plan needs of its header.
    fileprivate func described() throws -> JSONValue {
        let members: [(name: String, value: JSONValue)] = [("path", .string(name)), ("size", .number("\(length)"))]
        guard let dataSet = try? DICOMFile.read(try source()).dataSet else {
            return .object(members + [("problem", .string("other"))])
        }
        let identity = FileIdentity(dataSet)
        let values = [
            ("sopInstanceUID", dataSet.string(.sopInstanceUID)),
            ("studyInstanceUID", dataSet.string(.studyInstanceUID)),
            ("seriesInstanceUID", dataSet.string(.seriesInstanceUID)), ("patientName", identity.name),
            ("patientId", identity.patientID), ("issuer", identity.issuer), ("birthDate", identity.birthDate),
        ]
        return .object(members + values.map { (name: $0.0, value: .string($0.1 ?? "")) })
    }

    /// Opens it.
    ///
    /// - Throws: `ArchiveError.entryDamaged`.
    package func source() throws -> FileSource {
        do {
            return try FileSource(path: path)
        } catch {
            throw ArchiveError.entryDamaged("\(name) cannot be opened")
        }
    }

    /// In hexadecimal digits.
    package func sha256() throws -> String {
        let source = try source()
        var hash = SHA256()
        let piece = 1 << 20
        for place in stride(from: 0, to: source.count, by: piece) {
            hash.update(data: try source.read(at: place, count: min(piece, source.count - place)))
        }
        return hash.finalize().hexadecimal
    }
}
