import Postgres

/// What a list of patients is narrowed to.
package struct PatientFilter: Sendable, Equatable {
    /// Words in any order, each somewhere in names, ids, birth date, accession numbers or descriptions.
    package var text: String?
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

    var key: SQL { self == .name || self == .nameBackwards ? "v.name" : "v.last_study" }
    var keyType: SQL { self == .name || self == .nameBackwards ? "text" : "timestamp" }
    var isDescending: Bool { self == .newestStudyFirst || self == .nameBackwards }
}

extension Patients {
    /// Beyond this, nobody counts.
    private static let countLimit = 1000

    /// - Throws: `PortalError.malformed` for a cursor of another list.
    package func list(
        _ filter: PatientFilter, sortedBy order: PatientOrder, _ page: PageRequest
    ) throws -> Page<PatientRecord> {
        let condition = condition(filter)
        var place: SQL = ""
        if let cursor = try page.cursorOfRow() {
            let side: SQL = order.isDescending ? "<" : ">"
            place = """
                 AND (\(order.key), v.patient) \(side) (\(cursor.parts[0])::\(order.keyType), \(uuid: cursor.parts[1]))
                """
        }
        let direction: SQL = order.isDescending ? "DESC" : "ASC"
        let keys = try database.query(
            """
            SELECT v.patient, \(order.key) FROM portal.visible_patients v WHERE \(condition)\(place)
            ORDER BY \(order.key) \(direction), v.patient \(direction) LIMIT \(page.limit + 1)
            """, planning: .custom
        ).map { (id: try $0.text(0), key: try $0.text(1)) }
        let shown = keys.prefix(page.limit)
        let items = try records(
            "SELECT patient, place FROM unnest(\(uuids: shown.map(\.id))) WITH ORDINALITY AS t (patient, place)")
        let next = keys.count > page.limit ? shown.last.map { Cursor($0.key, $0.id).text } : nil
        return Page(items: items, next: next, total: try total(condition, page, found: keys.count))
    }

    private func total(_ condition: SQL, _ page: PageRequest, found: Int) throws -> Int? {
        if page.after == nil && found <= page.limit { return found }
        let counted =
            try database.query(
                """
                SELECT count(*) FROM (SELECT 1 FROM portal.visible_patients v WHERE \(condition)
                    LIMIT \(Self.countLimit + 1)) c
                """, planning: .custom
            ).first?.int(0) ?? 0
        return counted > Self.countLimit ? nil : counted
    }

    private func condition(_ filter: PatientFilter) -> SQL {
        var conditions: [SQL] = ["v.scope_id = \(caller.scopeID)"]
        for word in SearchWords(filter.text ?? "").words {
            conditions.append("v.words LIKE '%' || portal.like_literal(portal.fold(\(word))) || '%'")
        }
        if let status = filter.status { conditions.append("v.status = \(status)") }
        if let group = filter.group {
            conditions.append(
                "EXISTS (SELECT FROM portal.grants x WHERE x.patient_id = v.patient AND x.group_id = \(uuid: group))")
        }
        if filter.modality != nil || filter.from != nil || filter.to != nil { conditions.append(study(filter)) }
        return conditions.joined(separator: " AND ")
    }

    /// One study that fits the modality and the time together.
    private func study(_ filter: PatientFilter) -> SQL {
        var conditions: [SQL] = ["s.patient = v.patient", "s.deleted IS NULL"]
        if let from = filter.from { conditions.append("s.started >= \(from.text)::date") }
        if let to = filter.to { conditions.append("s.started < \(to.text)::date + 1") }
        if let modality = filter.modality {
            conditions.append(
                "s.modality_set IN (SELECT id FROM portal.modality_sets WHERE \(modality) = ANY (modalities))")
        }
        return "EXISTS (SELECT FROM portal.studies s WHERE \(conditions.joined(separator: " AND ")))"
    }
}

/// The words that someone typed; a date in French order becomes the spelling under which it is kept.
struct SearchWords: Equatable {
    private static let most = 8

    let words: [String]

    init(_ text: String) {
        words = text.split(whereSeparator: \.isWhitespace).prefix(Self.most).map { Self.date($0) ?? String($0) }
    }

    /// `3/4/1980` as `03/04/1980`.
    private static func date(_ word: Substring) -> String? {
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2]),
            let date = CalendarDay(year: year, month: month, day: day)
        else { return nil }
        return [twoDigits(date.day), twoDigits(date.month), "\(date.year)"].joined(separator: "/")
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
