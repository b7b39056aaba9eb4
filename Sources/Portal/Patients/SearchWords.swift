import Postgres

/// The words that someone typed to find a patient.
struct SearchWords: Equatable {
    /// One of them, with the spellings under which it may be kept.
    struct Word: Equatable {
        /// Up to so many characters are the beginning of a word: inside of words they would be everywhere.
        private static let longestBeginning = 2
        /// In a shorter word one letter makes too great a difference; see `portal.near_keys`.
        private static let shortestTolerant = 4
        /// Names have no longer words; and `levenshtein` takes no more than 255 bytes.
        private static let longestTolerant = 60

        let text: String
        let spellings: [String]

        /// A name in which a letter may be wrong.
        var isTolerant: Bool {
            (Self.shortestTolerant...Self.longestTolerant).contains(text.count) && text.allSatisfy(\.isLetter)
        }

        /// What holds for a patient of `visible_patients v` with this word.
        var condition: SQL {
            let ways = spellings.map { spelling -> SQL in
                let pattern: SQL = "portal.like_literal(portal.fold(\(spelling))) || '%'"
                return spelling.count > Self.longestBeginning
                    ? "v.words LIKE '%' || \(pattern)"
                    : "v.words LIKE \(pattern) OR v.words LIKE '% ' || \(pattern)"
            }
            return "(\(ways.joined(separator: " OR ")))"
        }

        /// The same, or for a name one in which one letter differs.
        var nearCondition: SQL {
            guard isTolerant else { return condition }
            return """
                (\(condition) OR v.patient = ANY (ARRAY(
                    SELECT p.id FROM portal.patients p
                    WHERE portal.near_keys(p.last_name || ' ' || p.birth_name || ' ' || p.first_name)
                        && portal.near_keys(\(text)))))
                """
        }

        /// The same for a last name that is still being typed; its first two letters are right.
        func nearBeginning(scope: Int) -> SQL {
            guard isTolerant else { return condition }
            return """
                (\(condition) OR v.patient = ANY (ARRAY(
                    SELECT n.patient FROM portal.visible_patients n
                    WHERE n.scope_id = \(scope) AND n.name LIKE left(portal.fold(\(text)), 2) || '%'
                        AND portal.begins_nearly(n.name, portal.fold(\(text))))))
                """
        }
    }

    private static let most = 8

    let words: [Word]

    init(_ text: String) {
        words = text.split { $0.isWhitespace || ",;^=".contains($0) }.prefix(Self.most).map {
            Word(text: String($0), spellings: [String($0)] + DaySpelling.alternatives(of: $0))
        }
    }
}

/// Days as people type them, as the lists keep a birth date: `DD/MM/YYYY YYYY-MM-DD YYYYMMDD`.
enum DaySpelling {
    private static let years = 1850...2150

    /// What a word may stand for beside itself: `3.4.80` for `03/04/1980`, while it is typed for its beginning.
    static func alternatives(of word: Substring) -> [String] {
        guard word.count <= 10, word.utf8.allSatisfy({ (0x2D...0x39).contains($0) }) else { return [] }  // - . / 0–9
        let parts = word.split(omittingEmptySubsequences: false) { !$0.isNumber }
        switch parts.count {
        case 1 where word.count == 8: return together(word)
        case 3 where parts[0].count == 4: return fromYear(parts)
        case 2...3: return fromDay(parts).filter { !$0.contains(word) }  // else the word itself finds it
        default: return []
        }
    }

    /// `03041980`
    private static func together(_ word: Substring) -> [String] {
        let digits = Array(word)
        return fromDay([digits[0..<2], digits[2..<4], digits[4...]].map { Substring(String($0)) })
    }

    /// `1980-4-3`
    private static func fromYear(_ parts: [Substring]) -> [String] {
        guard let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let date = CalendarDay(year: year, month: month, day: day)
        else { return [] }
        return [date.text]
    }

    private static func fromDay(_ parts: [Substring]) -> [String] {
        guard let day = Int(parts[0]), (1...31).contains(day), let month = Int(parts[1]), (1...12).contains(month)
        else {
            return []
        }
        let begun = "\(twoDigits(day))/\(twoDigits(month))/"
        guard parts.count == 3 else {
            return parts[1].count == 1 && month == 1 ? [begun, "\(twoDigits(day))/1"] : [begun]
        }
        let year = parts[2]
        switch year.count {
        case 2: return ["\(begun)\(year)", "\(begun)19\(year)", "\(begun)20\(year)"]
        case 4: return Int(year).map(years.contains) == true ? [begun + year] : []
        default: return year.count < 4 ? [begun + year] : []
        }
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
