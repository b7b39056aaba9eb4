/// Study Date and Time as a timestamp for PostgreSQL.
package enum StudyStart {
    static let unknown = "-infinity"

    /// - Parameters:
    ///   - date: DA, `YYYYMMDD`, or `YYYY.MM.DD` as before DICOM 3.0 (PS3.5 Table 6.2-1).
    ///   - time: TM, `HHMMSS.FFFFFF`, cut anywhere.
    /// - Returns: `YYYY-MM-DD HH:MM:SS[.FFFFFF]`; `unknown` unless the date exists. A time that does not is midnight.
    static func timestamp(date: String?, time: String?) -> String {
        guard let date, let day = self.day(date) else { return unknown }
        let clock = time.flatMap(self.clock) ?? "00:00:00"
        return "\(day) \(clock)"
    }

    /// A date in ISO 8601; `nil` unless it exists in the calendar.
    package static func day(_ text: String) -> String? {
        var digits = Array(text.utf8)
        if digits.count == 10, digits[4] == UInt8(ascii: "."), digits[7] == UInt8(ascii: ".") {
            digits.remove(at: 7)
            digits.remove(at: 4)
        }
        guard digits.count == 8, let year = number(digits[..<4]), let month = number(digits[4..<6]),
            let day = number(digits[6...]), year > 0, (1...12).contains(month), day > 0,
            day <= daysInMonth(month, year)
        else { return nil }
        let text = String(decoding: digits, as: UTF8.self)
        return "\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))"
    }

    private static func clock(_ text: String) -> String? {
        let (whole, fraction) = parts(text)
        let digits = Array(whole.utf8.filter { $0 != UInt8(ascii: ":") })
        guard digits.count >= 2, digits.count <= 6, digits.count.isMultiple(of: 2) else { return nil }
        let parts = stride(from: 0, to: digits.count, by: 2).map { number(digits[$0..<($0 + 2)]) }
        let hour = parts[0], minute = parts.count > 1 ? parts[1] : 0, second = parts.count > 2 ? parts[2] : 0
        guard let hour, let minute, let second, hour < 24, minute < 60, second <= 60 else { return nil }
        return [hour, minute, min(second, 59)].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":") + fraction
    }

    /// A time and its fraction of a second with the point; no fraction where there is none that can be read.
    private static func parts(_ text: String) -> (Substring, String) {
        let halves = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard halves.count == 2, (1...6).contains(halves[1].utf8.count), number(Array(halves[1].utf8)[...]) != nil
        else { return (halves.first ?? "", "") }
        return (halves[0], "." + halves[1])
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        digits.allSatisfy { (0x30...0x39).contains($0) } ? Int(String(decoding: digits, as: UTF8.self)) : nil
    }

    private static func daysInMonth(_ month: Int, _ year: Int) -> Int {
        let isLeap = year.isMultiple(of: 4) && !year.isMultiple(of: 100) || year.isMultiple(of: 400)
        return month == 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}
