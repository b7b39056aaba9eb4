import Archives
import HTTPModel

/// Why an import is refused as a whole.
package enum ImportRefusal: Error, Sendable, Equatable {
    /// The archive cannot be read at all, or has more entries or more to unpack than is taken.
    case archive(ArchiveError)
    case empty
    /// With `onExisting=fail`: this sidecar's patient is there.
    case patientExists(patientID: String)
    /// The only thing that came is a document that is not JSON; the reason has its line.
    case json(path: String, reason: String)
    /// The only thing that came is a sidecar that breaks a rule of the format.
    case sidecar(path: String, SidecarFault)
    /// An import with this id is there.
    case idTaken

    package var httpError: HTTPError {
        switch self {
        case .archive(let error): Self.refusal(of: error)
        case .empty: .badRequest("import.empty", "The archive is empty.")
        case .patientExists(let patientID):
            HTTPError(
                409, "patient.exists", "A patient of this import is there already; nothing was stored.", field: "id",
                details: ["patientId": patientID])
        case .json(let path, let reason):
            .badRequest("import.json", "\(path): \(reason)", details: ["path": path, "reason": reason])
        case .sidecar(let path, let fault) where fault.field.isEmpty:
            HTTPError(422, "import.sidecarType", "\(path): \(fault.description)", details: ["path": path])
        case .sidecar(let path, let fault):
            HTTPError(
                422, "import.sidecar", "\(path): \(fault.description)", field: fault.field,
                details: ["path": path, "code": fault.code, "reason": fault.description])
        case .idTaken: HTTPError(409, "import.exists", "An import with this id is there already.", field: "id")
        }
    }

    private static func refusal(of error: ArchiveError) -> HTTPError {
        let reason = error.description
        return switch error {
        case .unreadable, .unwritable: .badRequest("import.archive", reason, details: ["reason": reason])
        case .entryDamaged: .badRequest("import.entryDamaged", reason, details: ["reason": reason])
        case .tooManyEntries(let limit): HTTPError(413, "import.tooManyEntries", reason, details: ["limit": "\(limit)"])
        case .tooMuchOutput(let limit): HTTPError(413, "import.tooLarge", reason, details: ["limit": "\(limit)"])
        case .entryTooLarge(let limit): HTTPError(413, "import.entryTooLarge", reason, details: ["limit": "\(limit)"])
        }
    }
}

extension ArchiveError {
    /// Stable, for programs: of a file of an import that this keeps out.
    var code: String {
        switch self {
        case .unreadable, .unwritable: "archive.unreadable"
        case .tooManyEntries: "archive.tooManyEntries"
        case .tooMuchOutput: "archive.tooLarge"
        case .entryTooLarge: "entry.tooLarge"
        case .entryDamaged: "entry.damaged"
        }
    }
}
