/// When and why a study was made.
struct SyntheticVisit: Sendable {
    /// Study ID, and what the study's UIDs are derived from beside the patient.
    var name: String
    /// YYYYMMDD and HHMMSS.
    let date: String
    let time: String
    let accession: String
    var description: String
    let referrer: String

    /// One hour before the study, when a tracer was given.
    var injectionTime: String {
        let hour = (Int(time.prefix(2)) ?? 9) - 1
        return "\(hour < 10 ? "0" : "")\(hour)\(time.dropFirst(2))"
    }

    /// Patient's Age (0010,1010) in years.
    func age(of person: SyntheticPerson) -> String {
        let years = (Int(date) ?? 0) / 10_000 - (Int(person.birthDate) ?? 0) / 10_000
        let isBefore = date.suffix(4) < person.birthDate.suffix(4)
        let age = String(max(0, isBefore ? years - 1 : years))
        return String(repeating: "0", count: max(0, 3 - age.count)) + age + "Y"
    }

    static func numbered(_ number: UInt64) -> SyntheticVisit {
        let mixed = SeededRandom.mixed(number ^ 0x5EED)
        let day = 1 + mixed >> 20 % 28
        return SyntheticVisit(
            name: "S\(number)", date: "202\(mixed % 6)0\(1 + mixed >> 8 % 9)\(day < 10 ? "0" : "")\(day)",
            time: "1\(mixed >> 16 % 9)3000", accession: "A\(number % 100_000_000)", description: "Scanner",
            referrer: "Durand^Paul")
    }
}
