/// The sentences of errors, by code, in the languages of the portal.
///
/// `{name}` stands for the detail of that name, `{field}` for the field. A code whose English stands here is thrown
/// without a sentence of its own; for the others the `HTTPError`'s message is the English one.
package enum Messages {
    struct Sentence {
        let french: String
        let english: String?
    }

    /// What is said of a code that no table knows.
    private static let unknown = Sentence(
        french: "La demande a été refusée ({code}).", english: "The request was refused ({code}).")

    private static let tables = [
        MessagesOfRequests.table, MessagesOfQueries.table, MessagesOfContents.table, MessagesOfRules.table,
        MessagesOfPatients.table,
    ]

    static func sentence(for error: HTTPError, in language: Language) -> String {
        let known = tables.lazy.compactMap { $0[error.code] }.first
        var sentence =
            switch language {
            case .french:
                known.map { typeset($0.french) } ?? (error.message.isEmpty ? typeset(unknown.french) : error.message)
            case .english: error.message.isEmpty ? known?.english ?? unknown.english ?? "" : error.message
            }
        guard sentence.contains("{") else { return sentence }
        for (name, value) in error.details { sentence = sentence.replacing("{\(name)}", with: value) }
        sentence = sentence.replacing("{code}", with: error.code)
        return sentence.replacing("{field}", with: error.field ?? "")
    }

    /// French as it is printed: no line ends before a high mark or inside quotation marks.
    private static func typeset(_ french: String) -> String {
        let marks = [" :": ":", " ;": ";", " ?": "?", " !": "!", " »": "»"]
        let sentence = marks.reduce(french) { $0.replacing($1.key, with: "\u{A0}" + $1.value) }
        return sentence.replacing("« ", with: "«\u{A0}").replacing("'", with: "’")
    }
}
