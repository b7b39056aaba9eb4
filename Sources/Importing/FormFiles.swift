import DICOMweb
import HTTPModel
import ObjectStore

/// Takes the files of a `multipart/form-data` body to disk (RFC 7578), one after the other.
///
/// Parts without a file name are passed over: what an import wants to know stands in its query.
struct FormFiles {
    private let store: DirectoryStore
    private var files: [UploadedFile] = []
    private var current: (name: String, spool: Spool)?

    static func receive(
        _ body: RequestBody, boundary: String?, into store: DirectoryStore, progress: (Int) throws -> Void
    ) throws -> [UploadedFile] {
        var form = FormFiles(store: store)
        var received = 0
        do {
            var reader = try MultipartReader(boundary: boundary)
            while let chunk = try body.chunk() {
                try reader.read(chunk) { try form.take($0) }
                received += chunk.count
                try progress(received)
            }
            try reader.finish()
        } catch {
            for file in form.files { file.object.discard() }
            throw (error as? MultipartError)?.httpError ?? error
        }
        return form.files
    }

    private init(store: DirectoryStore) { self.store = store }

    private mutating func take(_ event: MultipartReader.Event) throws {
        switch event {
        case .partBegan(let headers):
            current = try Self.fileName(headers).map { ($0, try store.newSpool()) }
        case .content(let bytes): try current?.spool.write(bytes)
        case .partEnded:
            guard let (name, spool) = current else { return }
            files.append(UploadedFile(name: name, object: try spool.finish()))
            current = nil
        }
    }

    /// The `filename` of a Content-Disposition, with the three escapes that browsers use (WHATWG HTML, form
    /// submission: `%22`, `%0D`, `%0A`). A folder's files carry their relative path there.
    static func fileName(_ headers: Headers) -> String? {
        guard let disposition = headers["Content-Disposition"] else { return nil }
        let parameters = DispositionParameters.parse(disposition)
        if let extended = parameters["filename*"], let start = extended.range(ofQuotes: "''") {
            return PercentEncoding.decode(extended[start...])
        }
        guard let name = parameters["filename"], !name.isEmpty else { return nil }
        return name.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
    }
}

extension String {
    /// Where the text behind the first `mark` begins (RFC 8187: charset, two quotes, value).
    fileprivate func range(ofQuotes mark: String) -> String.Index? {
        guard let first = firstIndex(of: "'"), let second = self[index(after: first)...].firstIndex(of: "'") else {
            return nil
        }
        return index(after: second)
    }
}

/// The parameters of a Content-Disposition (RFC 6266, RFC 7578 §4.2).
enum DispositionParameters {
    /// - Returns: by lower-case name; a quoted value without its quotes.
    static func parse(_ text: String) -> [String: String] {
        var parameters: [String: String] = [:]
        var name = ""
        var value = ""
        var isValue = false
        var isQuoted = false
        var isEscaped = false
        func end() {
            let key = name.trimmingEdges.lowercased()
            if isValue, parameters[key] == nil { parameters[key] = value }
            (name, value, isValue) = ("", "", false)
        }
        for character in text {
            switch character {
            case _ where isEscaped:
                // Browsers escape only the quote; a backslash before anything else is part of the name.
                value += character == "\"" || character == "\\" ? "\(character)" : "\\\(character)"
                isEscaped = false
            case "\\" where isQuoted: isEscaped = true
            case "\"" where isValue: isQuoted.toggle()
            case ";" where !isQuoted: end()
            case "=" where !isValue: isValue = true
            default: if isValue { value.append(character) } else { name.append(character) }
            }
        }
        end()
        return parameters
    }
}
