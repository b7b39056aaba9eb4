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
    private var made = 0

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
        switch Int.random(in: 0..<14, using: &random) {
        case 0...2: try addStudy(broughtBy: user)
        case 3: try portal.groups.add(member: user, to: group)
        case 4: try portal.groups.remove(member: user, from: group)
        case 5: if !patients.isEmpty { try portal.groups.grant(pick(patients), to: group) }
        case 6: if !patients.isEmpty { try portal.groups.revoke(pick(patients), from: group) }
        case 7: try moveStudy()
        case 8:
            let permissions = pick([["view"], ["view", "import"], ["export"]])
            _ = try portal.groups.change(groups[1], GroupDraft(permissions: .set(permissions))) { _ in }
        case 9: if patients.count > 3 { try portal.deletions.delete(patient: patients.removeLast()) { _ in } }
        case 10: try deleteStudy()
        case 11: try restoreOrPurge()
        case 12: try merge()
        default: try unmerge()
        }
    }

    private mutating func addStudy(broughtBy user: String) throws {
        let isSent = Bool.random(using: &random)
        let day = Int.random(in: 1...28, using: &random)
        made += 1
        studies.append(
            try portal.study(
                "1.2.\(made)", broughtBy: isSent ? nil : user, sender: isSent ? pick(senders) : nil,
                patient: Bool.random(using: &random) && !patients.isEmpty ? pick(patients) : nil,
                started: "2024-0\(1 + day % 3)-\(day) 10:00:00"))
    }

    private mutating func moveStudy() throws {
        guard !studies.isEmpty else { return }
        let patient = Bool.random(using: &random) && !patients.isEmpty ? pick(patients) : nil
        try portal.database.query("SELECT portal.attach_study(\(pick(studies)), \(uuid: patient))")
    }

    private mutating func deleteStudy() throws {
        guard !studies.isEmpty else { return }
        let uid = try portal.text("SELECT uid FROM portal.studies WHERE id = \(studies.removeLast())")
        _ = try? portal.deletions.delete(study: uid)  // one that its patient took along is gone already
    }

    private mutating func restoreOrPurge() throws {
        let deletions = try portal.deletions.list(PageRequest()).items
        guard !deletions.isEmpty else { return }
        let deletion = pick(deletions)
        if Int.random(in: 0..<3, using: &random) == 0 { return try portal.deletions.purge(deletion.id) }
        do { try portal.deletions.restore(deletion.id) } catch PortalError.conflict { return }
        if let patient = deletion.patient, deletion.kind == .patient { patients.append(patient.id) }
    }

    private mutating func merge() throws {
        guard patients.count > 3 else { return }
        try portal.merging.merge(patients.removeLast(), into: pick(patients))
    }

    private mutating func unmerge() throws {
        let whole = pick(patients)
        guard let part = try portal.merging.list(of: whole).first else { return }
        try portal.merging.undo(part.id, outOf: whole)
        patients.append(part.id)
    }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }
}
