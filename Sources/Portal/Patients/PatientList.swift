import Postgres

/// What a list of patients is narrowed to.
package struct PatientFilter: Sendable, Equatable {
    /// Words in any order, each somewhere in names, ids, birth date, accession numbers or descriptions.
    package var text: String?
    /// Whether patients with nearly the names of `text` are found where none has them.
    package var acceptsNearest = false
    package var status: String?
    /// The id of a group that the patients are granted to.
    package var group: String?
    /// A modality of one of the patient's studies; with `from` and `to`, of one in that time.
    package var modality: String?
    package var from: CalendarDay?
    package var to: CalendarDay?

    package init() {}
}

/// How a list of patients is sorted.
package enum PatientOrder: String, Sendable, CaseIterable {
    case newestStudyFirst = "-lastStudy"
    case oldestStudyFirst = "lastStudy"
    case name
    case nameBackwards = "-name"
    /// From the oldest patient to the youngest, then those whose birth date is not known.
    case birthDate
    case birthDateBackwards = "-birthDate"

    /// Where a patient stands, and what type that is; an index begins with each.
    var key: (place: SQL, type: SQL) {
        switch self {
        case .newestStudyFirst, .oldestStudyFirst: ("v.last_study", "timestamp")
        case .name, .nameBackwards: ("v.name", "text")
        case .birthDate, .birthDateBackwards: ("COALESCE(v.birth_date, 'infinity')", "date")
        }
    }

    var isDescending: Bool { rawValue.hasPrefix("-") }
}

/// A page of a list of patients; when no patient has what was searched for, those with nearly the same names.
package struct FoundPatients: Sendable, Equatable, Encodable {
    package let page: Page<PatientRecord>
    /// The names that are nearly what was typed, as the patients shown write them; empty for what was found as typed.
    package let nearest: [String]

    package var items: [PatientRecord] { page.items }
    package var next: String? { page.next }

    private enum Key: String, CodingKey { case nearest }

    package func encode(to encoder: any Encoder) throws {
        try page.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(nearest, forKey: .nearest)
    }
}

extension Patients {
    /// Beyond this, nobody counts.
    private static let countLimit = 1000
    private static let mostNearest = 3

    /// - Throws: `PortalError.malformed` for a cursor of another list.
    package func list(
        _ filter: PatientFilter, sortedBy order: PatientOrder, _ page: PageRequest
    ) throws -> FoundPatients {
        let words = SearchWords(filter.text ?? "").words
        guard let others = try others(filter) else { return FoundPatients(page: .empty, nearest: []) }
        let exact = (others + words.map(\.condition)).joined(separator: " AND ")
        let found = try self.page(of: exact, sortedBy: order, page)
        guard filter.acceptsNearest, found.items.isEmpty, words.contains(where: \.isTolerant),
            try page.after == nil || !exists(exact)
        else {
            return FoundPatients(page: found, nearest: [])
        }
        for near in [words.map(\.nearCondition), words.map { $0.nearBeginning(scope: caller.scopeID) }] {
            let similar = try self.page(of: (others + near).joined(separator: " AND "), sortedBy: order, page)
            if !similar.items.isEmpty {
                return FoundPatients(page: similar, nearest: try nearest(to: words, in: similar.items))
            }
        }
        return FoundPatients(page: found, nearest: [])
    }

    private func page(
        of condition: SQL, sortedBy order: PatientOrder, _ page: PageRequest
    ) throws -> Page<PatientRecord> {
        let key = order.key
        var place: SQL = ""
        if let cursor = try page.cursorOfRow() {
            let side: SQL = order.isDescending ? "<" : ">"
            place = """
                 AND (\(key.place), v.patient) \(side) (\(cursor.parts[0])::\(key.type), \(uuid: cursor.parts[1]))
                """
        }
        // The first page counts by the way, as one pass costs less than two.
        let reach = page.after == nil ? Self.countLimit : page.limit
        let direction: SQL = order.isDescending ? "DESC" : "ASC"
        let keys = try database.query(
            """
            SELECT v.patient, \(key.place) FROM portal.visible_patients v WHERE \(condition)\(place)
            ORDER BY \(key.place) \(direction), v.patient \(direction) LIMIT \(reach + 1)
            """, planning: .custom
        ).map { (id: try $0.text(0), key: try $0.text(1)) }
        let shown = keys.prefix(page.limit)
        let items = try records(
            "SELECT patient, place FROM unnest(\(uuids: shown.map(\.id))) WITH ORDINALITY AS t (patient, place)")
        let next = keys.count > page.limit ? shown.last.map { Cursor($0.key, $0.id).text } : nil
        let total = page.after == nil ? Self.total(keys.count) : try total(condition)
        return Page(items: items, next: next, total: total)
    }

    private static func total(_ found: Int) -> Int? { found > countLimit ? nil : found }

    private func total(_ condition: SQL) throws -> Int? {
        let counted =
            try database.query(
                """
                SELECT count(*) FROM (SELECT 1 FROM portal.visible_patients v WHERE \(condition)
                    LIMIT \(Self.countLimit + 1)) c
                """, planning: .custom
            ).first?.int(0) ?? 0
        return Self.total(counted)
    }

    private func exists(_ condition: SQL) throws -> Bool {
        try !database.query("SELECT 1 FROM portal.visible_patients v WHERE \(condition) LIMIT 1", planning: .custom)
            .isEmpty
    }

    /// The words of these patients' names that are nearest to those typed, the most frequent first.
    private func nearest(to words: [SearchWords.Word], in patients: [PatientRecord]) throws -> [String] {
        let names = patients.map { "\($0.lastName) \($0.birthName) \($0.firstName)" }
        let typed = words.filter(\.isTolerant).map(\.text)
        return try database.query(
            """
            WITH typed AS (
                SELECT portal.fold(word) AS folded, portal.near_keys(word) AS keys FROM unnest(\(typed)::text[]) AS t(word)
            ), written AS (
                SELECT n.word, portal.fold(n.word) AS folded, portal.near_keys(n.word) AS keys, count(*) AS times
                FROM unnest(\(names)::text[]) name, regexp_split_to_table(name, '[^[:alnum:]]+') AS n(word) GROUP BY 1
            ), near AS (
                SELECT DISTINCT ON (w.folded) w.word, w.times, w.keys && t.keys AS whole FROM typed t, written w
                WHERE w.folded <> t.folded AND (w.keys && t.keys OR portal.begins_nearly(w.folded, t.folded))
                ORDER BY w.folded, w.times DESC, w.word
            )
            SELECT word FROM near ORDER BY whole DESC, times DESC, word LIMIT \(Self.mostNearest)
            """
        ).map { try $0.text(0) }
    }

    /// What holds beside the words; `nil` when it holds for nobody.
    private func others(_ filter: PatientFilter) throws -> [SQL]? {
        var conditions: [SQL] = ["v.scope_id = \(caller.scopeID)"]
        if let status = filter.status { conditions.append("v.status = \(status)") }
        if let group = filter.group {
            conditions.append(
                "EXISTS (SELECT FROM portal.grants x WHERE x.patient_id = v.patient AND x.group_id = \(uuid: group))")
        }
        // The newest study tells whether there is one since.
        if let from = filter.from { conditions.append("v.last_study >= \(from.text)::date") }
        guard filter.modality != nil || filter.to != nil else { return conditions }
        guard let study = try study(filter) else { return nil }
        return conditions + [study]
    }

    /// One study that fits the modality and the time together.
    private func study(_ filter: PatientFilter) throws -> SQL? {
        var conditions: [SQL] = ["s.patient = v.patient", "s.patient IS NOT NULL", "s.deleted IS NULL"]
        if let from = filter.from { conditions.append("s.started >= \(from.text)::date") }
        if let to = filter.to { conditions.append("s.started < \(to.text)::date + 1") }
        if let modality = filter.modality {
            // Found first, so that the planner knows how many studies have them.
            let sets = try database.query("SELECT id FROM portal.modality_sets WHERE \(modality) = ANY (modalities)")
                .map { try $0.int(0) }
            if sets.isEmpty { return nil }
            conditions.append("s.modality_set = ANY (\(sets)::smallint[])")
        }
        return "EXISTS (SELECT FROM portal.studies s WHERE \(conditions.joined(separator: " AND ")))"
    }
}
