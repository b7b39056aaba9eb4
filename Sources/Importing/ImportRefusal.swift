import HTTPModel

/// Why an import is refused as a whole.
package enum ImportRefusal: Error, Sendable, Equatable {
    /// The archive cannot be read at all.
    case archive(String)
    /// The archive has more entries, or more to unpack, than is taken.
    case tooLarge(String)
    /// With `onExisting=fail`: this sidecar's patient is there.
    case patientExists(patientID: String)
    /// The only thing that came is a document that is not JSON; with its path and line.
    case json(String)
    /// The only thing that came is a sidecar that breaks a rule of the format.
    case sidecar(String, field: String)
    /// An import with this id is there.
    case idTaken

    package var httpError: HTTPError {
        switch self {
        case .archive(let sentence): HTTPError(400, "import.archive", sentence, details: ["reason": sentence])
        case .tooLarge(let sentence): HTTPError(413, "import.tooLarge", sentence, details: ["reason": sentence])
        case .patientExists(let patientID):
            HTTPError(
                409, "patient.exists", "A patient of this import is there already; nothing was stored.", field: "id",
                details: ["patientId": patientID])
        case .json(let sentence): HTTPError(400, "import.json", sentence, details: ["reason": sentence])
        case .sidecar(let sentence, let field):
            HTTPError(422, "import.sidecar", sentence, field: field, details: ["reason": sentence])
        case .idTaken: HTTPError(409, "import.exists", "An import with this id is there already.", field: "id")
        }
    }
}
