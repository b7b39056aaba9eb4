/// Dates and instants as the API writes them, checked before the database sees them.
package enum Instant {
    /// `YYYY-MM-DD`, or RFC 3339 with `Z` or an offset.
    package static func isValid(_ text: String) -> Bool {
        let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
        guard let day = parts.first, CalendarDay(String(day)) != nil else { return false }
        return parts.count == 1 || isTime(parts[1])
    }

    private static func isTime(_ text: Substring) -> Bool {
        guard let zone = text.firstIndex(where: { "Z+-".contains($0) }) else { return false }
        let clock = text[..<zone].split(separator: ".", omittingEmptySubsequences: false)
        guard clock.count <= 2, let time = clock.first, isClock(time, parts: 3) else { return false }
        if clock.count == 2, !isDigits(clock[1], (1...9)) { return false }
        return text[zone...] == "Z" || isClock(text[text.index(after: zone)...], parts: 2)
    }

    private static func isClock(_ text: Substring, parts count: Int) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == count, parts.allSatisfy({ isDigits($0, 2...2) }) else { return false }
        return zip(parts, [23, 59, 59]).allSatisfy { (Int($0) ?? 99) <= $1 }
    }

    private static func isDigits(_ text: Substring, _ lengths: ClosedRange<Int>) -> Bool {
        lengths.contains(text.utf8.count) && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

/// A day of the Gregorian calendar that exists.
package struct CalendarDay: Sendable, Equatable, Comparable {
    package let year: Int
    package let month: Int
    package let day: Int

    /// The last day that can be written.
    package static let latest = CalendarDay(uncheckedYear: 9999, month: 12, day: 31)

    private init(uncheckedYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// - Parameter text: `YYYY-MM-DD`; years before 1800 are slips of the pen.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    package init?(year: Int, month: Int, day: Int) {
        guard (1800...9999).contains(year), (1...12).contains(month) else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard (1...lengths[month - 1]).contains(day) else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// `YYYY-MM-DD`.
    package var text: String {
        func digits(_ number: Int, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - "\(number)".count)) + "\(number)"
        }
        return [digits(year, 4), digits(month, 2), digits(day, 2)].joined(separator: "-")
    }

    package static func < (left: CalendarDay, right: CalendarDay) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}
