/// A patient's values after a draft, checked.
struct PatientFields {
    /// What a draft does to what is there.
    enum Mode { case make, replace, patch }

    // PS3.5 Table 6.2-1: LO and each component of PN hold at most 64 characters.
    private static let longestName = 64
    private static let longestText = 10_000
    private static let longestStatusNote = 1000

    private(set) var patientId: String
    private(set) var issuer: String
    private(set) var lastName: String
    private(set) var birthName: String
    private(set) var firstName: String
    private(set) var birthDate: String?
    private(set) var sex: String
    private(set) var condition: String
    private(set) var status: String
    /// Of this change alone.
    private(set) var statusNote: String
    private(set) var notes: String
    private(set) var lastVisit: String?
    private(set) var extra: FreeJSON

    /// - Parameters:
    ///   - statuses: the known states.
    ///   - today: dates behind it are refused.
    /// - Throws: 422 with one problem per field: `patient.<field>.missing`, `.tooLong`, `.invalid`, `.future`,
    ///   `.unknown`.
    init(
        _ draft: PatientDraft, _ mode: Mode, over current: PatientRecord?, statuses: Set<String>, today: CalendarDay
    ) throws(PortalError) {
        let base = mode == .patch ? current : nil
        patientId = plain(draft.patientId.applied(to: base?.patientId ?? "", empty: ""))
        issuer = plain(draft.issuer.applied(to: base?.issuer ?? "", empty: ""))
        lastName = plain(draft.lastName.applied(to: base?.lastName ?? "", empty: ""))
        birthName = plain(draft.birthName.applied(to: base?.birthName ?? "", empty: ""))
        firstName = plain(draft.firstName.applied(to: base?.firstName ?? "", empty: ""))
        birthDate = Self.present(draft.birthDate.applied(to: base?.birthDate))
        sex = draft.sex.applied(to: (base?.sex ?? .unknown).rawValue, empty: "U")
        condition = Self.paragraphs(draft.condition.applied(to: base?.condition ?? "", empty: ""))
        status = draft.status.applied(to: base?.status ?? Statuses.initial, empty: Statuses.initial)
        statusNote = Self.paragraphs(draft.statusNote.applied(to: "", empty: ""))
        notes = Self.paragraphs(draft.notes.applied(to: base?.notes ?? "", empty: ""))
        lastVisit = Self.present(draft.lastVisit.applied(to: base?.lastVisit))
        extra = Self.extra(draft.extra, over: base?.extra ?? .object([:]))
        let requiresName = (mode != .patch || draft.lastName != .keep) && !draft.mayBeNameless
        let problems = problems(statuses, today, requiresName: requiresName)
        guard problems.isEmpty else { throw .invalid(problems) }
    }

    private func problems(_ statuses: Set<String>, _ today: CalendarDay, requiresName: Bool) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        func refuse(_ field: String, _ what: String, limit: Int? = nil, if broken: Bool) {
            if broken { problems.append(FieldProblem(field: field, code: "patient.\(field).\(what)", limit: limit)) }
        }
        refuse("patientId", "missing", if: patientId.isEmpty)
        refuse("lastName", "missing", if: requiresName && lastName.isEmpty)
        let lines = [
            ("patientId", patientId), ("issuer", issuer), ("lastName", lastName), ("birthName", birthName),
            ("firstName", firstName),
        ]
        for (field, text) in lines {
            refuse(field, "tooLong", limit: Self.longestName, if: text.unicodeScalars.count > Self.longestName)
        }
        let texts = [
            ("condition", condition, Self.longestText), ("notes", notes, Self.longestText),
            ("statusNote", statusNote, Self.longestStatusNote),
        ]
        for (field, text, limit) in texts {
            refuse(field, "tooLong", limit: limit, if: text.unicodeScalars.count > limit)
        }
        for (field, date) in [("birthDate", birthDate), ("lastVisit", lastVisit)] {
            guard let date else { continue }
            let day = CalendarDay(date)
            refuse(field, "invalid", if: day == nil)
            refuse(field, "future", if: day.map { $0 > today } ?? false)
        }
        refuse("sex", "invalid", if: PatientRecord.Sex(rawValue: sex) == nil)
        refuse("status", "unknown", if: !statuses.contains(status))
        if case .object = extra {} else { refuse("extra", "invalid", if: true) }
        return problems
    }

    private static func extra(_ change: Change<FreeJSON>, over current: FreeJSON) -> FreeJSON {
        switch change {
        case .keep: current
        case .clear: .object([:])
        case .set(let patch): if case .object = patch { current.merged(with: patch) } else { patch }
        }
    }

    /// An empty field of a form means that there is nothing.
    private static func present(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }

    /// Text of several lines, without other control characters.
    private static func paragraphs(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.filter {
                    $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value)
                }
            ))
    }
}
