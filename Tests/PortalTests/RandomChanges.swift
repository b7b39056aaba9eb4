import Postgres
import Testing

@testable import Portal

/// Changes of rights, studies and patients in a random order that a seed repeats.
struct RandomChanges {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        // SplitMix64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    private let portal: ScratchPortal
    private var random: Generator
    private var patients: [String]
    private let groups: [String]
    private let users: [String]
    private let senders: [String]
    private var studies: [Int] = []

    init(_ portal: ScratchPortal, seed: UInt64) throws {
        self.portal = portal
        random = Generator(state: seed)
        patients = try (0..<6).map { try portal.patient("P\($0)") }
        groups = [
            try portal.group("all", [.view], .all), try portal.group("a", [.view]),
            try portal.group("b", [.view, .import]), try portal.group("c", [.editPatients]),
        ]
        users = try (0..<5).map { try portal.user("u\($0)") }
        senders = [try portal.sender("X"), try portal.sender("Y", group: groups[1])]
    }

    mutating func next() throws {
        let group = pick(groups)
        let user = pick(users)
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2: try addStudy(broughtBy: user)
        case 3: try portal.groups.add(member: user, to: group)
        case 4: try portal.groups.remove(member: user, from: group)
        case 5: if !patients.isEmpty { try portal.groups.grant(pick(patients), to: group) }
        case 6: if !patients.isEmpty { try portal.groups.revoke(pick(patients), from: group) }
        case 7: try moveStudy()
        case 8:
            let permissions = pick([["view"], ["view", "import"], ["export"]])
            _ = try portal.groups.change(groups[1], GroupDraft(permissions: .set(permissions))) { _ in }
        default: if patients.count > 3 { try portal.patients.remove(patients.removeLast()) { _ in } }
        }
    }

    private mutating func addStudy(broughtBy user: String) throws {
        let isSent = Bool.random(using: &random)
        let day = Int.random(in: 1...28, using: &random)
        studies.append(
            try portal.study(
                "1.2.\(studies.count)", broughtBy: isSent ? nil : user, sender: isSent ? pick(senders) : nil,
                patient: Bool.random(using: &random) && !patients.isEmpty ? pick(patients) : nil,
                started: "2024-0\(1 + day % 3)-\(day) 10:00:00"))
    }

    private mutating func moveStudy() throws {
        guard !studies.isEmpty else { return }
        let patient = Bool.random(using: &random) && !patients.isEmpty ? pick(patients) : nil
        try portal.database.query("SELECT portal.attach_study(\(pick(studies)), \(uuid: patient))")
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }
}
