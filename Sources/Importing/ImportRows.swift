import HTTPModel
import Portal
import Postgres

/// One file of an import's report, with where it is now.
package struct ImportRow: Encodable, Sendable, Equatable {
    package let path: String
    package let outcome: String
    package let sopInstanceUID: String
    package let code: String
    package let message: String
    /// The trade's id of the patient, as far as the reader sees it.
    package let patient: String
    /// The Study Instance UID.
    package let study: String

    package static let header = SpreadsheetLine.text([
        "path", "outcome", "sopInstanceUID", "code", "message", "patient", "study",
    ])

    package var line: String {
        SpreadsheetLine.text([path, outcome, sopInstanceUID, code, message, patient, study])
    }
}

extension Imports {
    /// The files of an import that has ended.
    ///
    /// - Throws: 404; 409 `import.open`.
    package func rows(of id: String, for caller: Caller) throws -> [ImportRow] {
        guard isUUID(id), let (entry, text, _) = try records.find(id, for: caller) else { throw HTTPError.notFound }
        guard !entry.state.isOpen else {
            throw HTTPError(409, "import.open", "The import has not ended; there is no report yet.")
        }
        guard case .array(let files) = try JSONReader.read(Array(text.utf8))["files"] else { return [] }
        let places = try ImportSight(database: database, caller: caller).places(
            of: files.compactMap { $0["sopInstanceUID"]?.string })
        return files.map { file in
            let member = { (name: String) in file[name]?.string ?? "" }
            let place = places[member("sopInstanceUID")]
            return ImportRow(
                path: member("path"), outcome: member("outcome"), sopInstanceUID: member("sopInstanceUID"),
                code: member("code"), message: member("message"), patient: place?.patientID ?? "",
                study: place?.studyUID ?? "")
        }
    }
}
