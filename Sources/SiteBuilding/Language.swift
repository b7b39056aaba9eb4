/// A language that the pages speak; French comes first everywhere.
package enum Language: String, CaseIterable, Sendable {
    case french = "fr"
    case english = "en"

    /// The language's name in the language itself.
    var endonym: String {
        switch self {
        case .french: "Français"
        case .english: "English"
        }
    }
}
