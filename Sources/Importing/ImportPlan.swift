import Archives

/// One patient of an import and where its sidecar stands.
struct PlannedPatient {
    let sidecar: Sidecar
    /// The index of the sidecar's entry.
    let entry: Int
}

/// What an import will do, from the names of its files and its JSON documents alone.
///
/// A file belongs to the nearest folder above it that has a sidecar of its own or is named by a list of patients.
struct ImportPlan {
    private(set) var patients: [PlannedPatient] = []
    /// What is known of entries without their content; the others are read.
    private(set) var decided: [Int: ImportReport.File] = [:]
    /// The first fault of a document, in case nothing else is there.
    private(set) var firstFault: ImportRefusal?
    private(set) var manifest = ImportManifest()
    /// Of all entries, in order.
    private(set) var names: [String] = []
    /// What the files declare, in bytes.
    private(set) var length = 0
    /// How many files remain to be read.
    private(set) var readableCount = 0
    private var patientOfFolder: [String: Int] = [:]
    private let today: String

    static let longestDocument = 4 << 20
    /// All documents together, in bytes.
    static let longestDocuments = 64 << 20

    init(reading tree: ImportTree, today: String) throws {
        self.today = today
        var documents: [ImportDocument] = []
        var folders: Set<String> = []
        var documentLength = 0
        try tree.visit { entry, content in
            names.append(entry.name)
            length += max(0, entry.length)
            if let file = Self.decidedByName(entry) {
                decided[entry.index] = file
            } else if case .here = entry.standing, let path = entry.path, path.name.lowercased().hasSuffix(".json") {
                let bytes = try Self.document(content, allowed: Self.longestDocuments - documentLength)
                documentLength += bytes?.count ?? 0
                documents.append(ImportDocument(entry: entry, path: path, bytes: bytes))
            } else {
                readableCount += 1
                var folder = entry.path?.folder
                while let current = folder, folders.insert(current.description).inserted { folder = current.folder }
            }
        }
        for document in documents { folders.formUnion(document.path.folder.map { [$0.description] } ?? []) }
        read(documents, folders: folders)
    }

    /// The patient whose sidecar speaks for a file.
    func patient(of entry: ImportEntry) -> Int? {
        entry.path.flatMap(patient(ofPath:))
    }

    func patient(ofPath path: RelativePath) -> Int? {
        var folder = path.folder
        while let current = folder {
            if let patient = patientOfFolder[current.description] { return patient }
            folder = current.folder
        }
        return patientOfFolder[""]
    }

    private static func decidedByName(_ entry: ImportEntry) -> ImportReport.File? {
        if let refusal = entry.refusal {
            return ImportReport.File(
                path: entry.name, outcome: .rejected, code: "entry.\(refusal.rawValue)", message: refusal.description)
        }
        if case .missing = entry.standing {
            return ImportReport.File(
                path: entry.name, outcome: .rejected, code: "file.missing", message: "The file has not come whole.")
        }
        guard let path = entry.path else { return nil }
        let leftOvers: Set = [".DS_Store", "Thumbs.db", "desktop.ini"]
        if path.components.contains("__MACOSX") || leftOvers.contains(path.name) || path.name.hasPrefix("._") {
            return ImportReport.File(
                path: entry.name, outcome: .skipped, code: "entry.leftOver",
                message: "A file of the operating system, not of a patient.")
        }
        guard path.name.uppercased() == "DICOMDIR" else { return nil }
        return ImportReport.File(
            path: entry.name, outcome: .skipped, code: "entry.dicomdir",
            message: "A directory of files is not needed: the files themselves are read.")
    }

    /// - Returns: `nil` when it is larger than a document may be.
    private static func document(_ content: ImportContent, allowed: Int) throws -> [UInt8]? {
        let longest = min(longestDocument, max(0, allowed))
        let bytes = try content.head(longest + 1)
        return bytes.count > longest ? nil : bytes
    }
}

extension ImportPlan {
    private mutating func read(_ documents: [ImportDocument], folders: Set<String>) {
        var singles: [String: [ImportDocument]] = [:]
        for var document in documents {
            guard let value = parse(&document) else { continue }
            if manifest.read(value, in: document) {
                decided[document.entry.index] = document.file(.skipped, "manifest.read", "The list of files was read.")
            } else if case .array(let elements) = value {
                for element in elements { add(element, of: document, folders: folders) }
            } else {
                singles[document.folder, default: []].append(document)
            }
        }
        for (folder, documents) in singles.sorted(by: { $0.key < $1.key }) {
            guard let chosen = Self.only(documents) else {
                for document in documents {
                    decided[document.entry.index] = document.file(
                        .rejected, "sidecar.ambiguous", "The folder holds several JSON files: which one is the sidecar?"
                    )
                }
                continue
            }
            for document in documents where document.entry.index != chosen.entry.index {
                decided[document.entry.index] = document.file(
                    .skipped, "sidecar.other", "Not the sidecar of its folder.")
            }
            if let value = chosen.value, let index = patient(value, of: chosen) { patientOfFolder[folder] = index }
        }
    }

    /// The only document of a folder, or the one that is named after it.
    private static func only(_ documents: [ImportDocument]) -> ImportDocument? {
        if documents.count == 1 { return documents.first }
        let named = documents.filter { document in
            document.path.folder.map { "\($0.name).json" == document.path.name } ?? false
        }
        return named.count == 1 ? named.first : nil
    }

    private mutating func parse(_ document: inout ImportDocument) -> JSONValue? {
        guard let bytes = document.bytes else {
            decided[document.entry.index] = document.file(
                .rejected, "json.tooLarge", "The document is larger than \(Self.longestDocument) bytes.")
            return nil
        }
        do {
            document.value = try JSONReader.read(bytes)
            return document.value
        } catch {
            let message = "The document is not JSON. \(error)"
            decided[document.entry.index] = document.file(.rejected, "json.malformed", message)
            firstFault = firstFault ?? .json(path: document.path.description, reason: message)
            return nil
        }
    }

    /// A member of a list of patients; it names its folder, or the folder is named after it.
    private mutating func add(_ element: JSONValue, of document: ImportDocument, folders: Set<String>) {
        guard let index = patient(element, of: document) else { return }
        let sidecar = patients[index].sidecar
        let base = document.folder.isEmpty ? "" : document.folder + "/"
        if let folder = sidecar.folder {
            if let path = RelativePath(base + folder) { patientOfFolder[path.description] = index }
            return
        }
        for folder in folders where folder.hasPrefix(base) {
            let name = String(folder.dropFirst(base.count))
            if !name.contains("/"), Self.isFolder(name, of: sidecar.id) { patientOfFolder[folder] = index }
        }
    }

    /// `Patient-{id}`, `patient_{id}`, `Patient{id}` or `{id}`.
    private static func isFolder(_ name: String, of id: String) -> Bool {
        if name == id { return true }
        guard name.lowercased().hasPrefix("patient") else { return false }
        let rest = name.dropFirst("patient".count)
        return rest == id || rest.dropFirst() == id && (rest.first == "-" || rest.first == "_")
    }

    private mutating func patient(_ value: JSONValue, of document: ImportDocument) -> Int? {
        do {
            let sidecar = try Sidecar(value, today: today)
            guard !patients.contains(where: { $0.sidecar.isOfSamePatient(as: sidecar) }) else {
                decided[document.entry.index] = document.file(
                    .rejected, "sidecar.duplicate", "Another sidecar of this import has the same id.")
                return patients.firstIndex { $0.sidecar.isOfSamePatient(as: sidecar) }
            }
            patients.append(PlannedPatient(sidecar: sidecar, entry: document.entry.index))
            if decided[document.entry.index] == nil {
                decided[document.entry.index] = document.file(
                    .skipped, "sidecar.read", "The patient's sidecar was read.")
            }
            return patients.count - 1
        } catch {
            decided[document.entry.index] = document.file(.rejected, error.code, error.description)
            firstFault = firstFault ?? .sidecar(path: document.path.description, error)
            return nil
        }
    }
}
