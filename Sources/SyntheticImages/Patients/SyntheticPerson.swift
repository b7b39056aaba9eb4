/// Who a synthetic patient is.
package struct SyntheticPerson: Sendable, Equatable {
    /// Patient ID (0010,0020), and the sidecar's `id`.
    package let id: String
    /// Patient's Name (0010,0010) with all its component groups.
    package let name: String
    /// YYYYMMDD.
    package let birthDate: String
    package let sex: String
    package let weight: Double

    /// The family name of the alphabetic group.
    package var familyName: String { part(0) }
    /// The given name of the alphabetic group, middle names included.
    package var givenName: String { [part(1), part(2)].filter { !$0.isEmpty }.joined(separator: " ") }

    private func part(_ index: Int) -> String {
        let alphabetic = name.prefix { $0 != "=" }.split(separator: "^", omittingEmptySubsequences: false)
        return index < alphabetic.count ? String(alphabetic[index]) : ""
    }
}

extension SyntheticPerson {
    /// Somebody for measurements, who differs by number.
    static func numbered(_ number: UInt64) -> SyntheticPerson {
        let families = ["Martin", "Bernard", "Lefèvre", "Nguyễn", "García", "Müller", "Kowalczyk", "O'Brien"]
        let given = ["Anne", "Élodie", "Jean", "Noé", "Zoë", "İbrahim", "Søren", "Marie"]
        let mixed = SeededRandom.mixed(number)
        let family = families[Int(mixed % 8)]
        let year = 1_930 + Int(mixed >> 8 % 85)
        return SyntheticPerson(
            id: "SYN-\(number)", name: "\(family)^\(given[Int(mixed >> 16 % 8)])",
            birthDate: "\(year)0\(1 + mixed >> 24 % 9)15",
            sex: mixed & 1 == 0 ? "F" : "M", weight: 70)
    }
}
