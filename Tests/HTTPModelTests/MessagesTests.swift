import FoundationEssentials
import Testing

@testable import HTTPModel

/// Every error that is thrown, read from the sources, against the tables of sentences.
@Suite struct MessagesTests {
    /// A call that makes an error.
    struct Refusal: CustomStringConvertible {
        let code: String
        /// From its name to its closing parenthesis.
        let call: String
        /// Whether the English sentence stands in the call.
        let speaksEnglish: Bool

        var description: String { code }
    }

    /// Of codes that `PatientFields` makes of a field and a fault.
    private static let patientCodes =
        ["patientId", "lastName"].map { "patient.\($0).missing" }
        + ["patientId", "issuer", "lastName", "birthName", "firstName", "condition", "notes"].map {
            "patient.\($0).tooLong"
        }
        + ["birthDate", "lastVisit"].flatMap { ["patient.\($0).invalid", "patient.\($0).future"] }
        + ["patient.sex.invalid", "patient.status.unknown", "patient.extra.invalid"]

    static let sources: [(path: String, text: String)] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path
        return ["Sources", "handlers"].flatMap { folder in
            let files = (try? FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
            return files.filter { $0.hasSuffix(".swift") }.map { name in
                let path = "\(root)/\(folder)/\(name)"
                let text = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) } ?? ""
                // What a comment says is not thrown.
                let code = text.split(separator: "\n").filter { !$0.contains(/^\s*\/\/\//) }.joined(separator: "\n")
                return (path, code)
            }
        }
    }()

    static let refusals: [Refusal] = sources.flatMap { source in
        let spoken = [/(?:HTTPError|self\.init)\(\s*\d+,\s*"([^"\\]+)"/, /badRequest\(\s*"([^"\\]+)"/]
        let coded = [
            /(?:unauthenticated|forbidden|conflict|malformed|FieldProblem)\([^()]*?code:\s*"([^"\\]+)"/,
            /\.invalid\(\s*"[^"]+",\s*"([^"\\]+)"/, /refuse\(\s*"[^"]+",\s*"([^".\\]+\.[^"\\]+)"/,
        ]
        return (spoken + coded).enumerated().flatMap { index, pattern in
            source.text.matches(of: pattern).map { match in
                let call = call(in: source.text, from: match.range.lowerBound)
                return Refusal(
                    code: String(match.1), call: call, speaksEnglish: index < spoken.count && !call.contains(#", """#))
            }
        }
    }

    /// From the name of what is called to the parenthesis that closes the call.
    private static func call(in text: String, from start: String.Index) -> String {
        var depth = 0
        let end = text[start...].firstIndex { character in
            depth += character == "(" ? 1 : character == ")" ? -1 : 0
            return character == ")" && depth == 0
        }
        return String(text[start..<(end ?? text.endIndex)])
    }

    private func sentence(_ code: String, _ language: Language, _ message: String = "") -> String {
        Messages.sentence(for: HTTPError(400, code, message), in: language)
    }

    private func isUnknown(_ sentence: String) -> Bool {
        sentence.hasPrefix("La demande a été refusée") || sentence.hasPrefix("The request was refused")
    }

    @Test func theSourcesAreRead() {
        #expect(Set(Self.refusals.map(\.code)).count >= 100)
        let folders = ["Dispatching/", "DICOMweb/", "FunctionRuntime/", "Importing/", "Portal/", "handlers/"]
        for folder in folders {
            #expect(Self.sources.contains { $0.path.contains(folder) && $0.text.contains(/HTTPError|PortalError/) })
        }
        let strange = sentence("no.such.code", .french)
        #expect(isUnknown(strange))
    }

    @Test func everyCodeHasAFrenchSentence() {
        for code in Set(Self.refusals.map(\.code) + Self.patientCodes) {
            #expect(!isUnknown(sentence(code, .french)), "\(code) has no French sentence")
        }
    }

    @Test func aCodeThatIsThrownAloneHasAnEnglishSentenceToo() {
        let alone = Self.refusals.filter { !$0.speaksEnglish }.map(\.code)
        #expect(alone.count >= 30)
        for code in Set(alone + Self.patientCodes) {
            #expect(!isUnknown(sentence(code, .english)), "\(code) has no English sentence")
        }
    }

    @Test func whatASentenceNamesIsGivenWhereItIsThrown() {
        for refusal in Self.refusals {
            for name in sentence(refusal.code, .french).matches(of: /\{(\w+)\}/).map(\.1) {
                let isGiven = refusal.call.contains("\"\(name)\":") || refusal.call.contains("\(name):")
                #expect(isGiven, "\(refusal.code) is thrown without \(name)")
            }
        }
    }

    /// But for the two files that take a code from elsewhere: `badRequest` itself, and where a `PortalError` is answered.
    @Test func aCodeStandsInTheCallItself() {
        let others = Self.sources.filter { !$0.path.contains(/\/(ErrorStatuses|HTTPError)\.swift$/) }
        #expect(others.count == Self.sources.count - 2)
        for source in others {
            let hidden = /(?:(?:HTTPError|self\.init)\(\s*\d+,|badRequest\()\s*[^"\s_]/
            #expect(!source.text.contains(hidden), "\(source.path) makes an error whose code cannot be read")
        }
    }

    @Test func frenchIsPrintedAsFrench() {
        let error = HTTPError(400, "query.unknown", "", field: "a", details: ["known": "b : c"])
        #expect(
            Messages.sentence(for: error, in: .french)
                == "Le paramètre «\u{A0}a\u{A0}» est inconnu ici\u{A0}; connus\u{A0}: b : c.")
        #expect(sentence("import.exists", .french).hasPrefix("Une importation porte déjà"))
    }
}
