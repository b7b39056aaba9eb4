import Glibc
import Ingestion

/// Dates as people and exports write them.
enum CalendarDate {
    /// - Parameter text: `YYYY-MM-DD`, with or without a time behind it, `YYYYMMDD` or `dd/MM/yyyy`.
    /// - Returns: `YYYY-MM-DD`; `nil` unless the date exists.
    static func iso(_ text: String) -> String? {
        let parts = text.prefix { $0 != "T" }.split(separator: "-", omittingEmptySubsequences: false)
        if parts.count == 3, parts.map(\.count) == [4, 2, 2] { return StudyStart.day(parts.joined()) }
        let french = text.split(separator: "/", omittingEmptySubsequences: false)
        if french.count == 3, french[2].count == 4, french[0].count <= 2, french[1].count <= 2 {
            return StudyStart.day(french[2] + twoDigits(french[1]) + twoDigits(french[0]))
        }
        return text.count == 8 ? StudyStart.day(text) : nil
    }

    /// Today in UTC.
    static func today() -> String {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        return "\(Int(parts.tm_year) + 1900)-\(twoDigits("\(parts.tm_mon + 1)"))-\(twoDigits("\(parts.tm_mday)"))"
    }

    private static func twoDigits(_ number: some StringProtocol) -> String {
        number.count == 1 ? "0\(number)" : String(number)
    }
}
