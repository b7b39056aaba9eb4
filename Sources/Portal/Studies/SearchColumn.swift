import DICOM

/// Where an attribute that searches ask for stands in the tables.
struct SearchColumn {
    enum Level: Int, Comparable {
        case study, series, instance

        static func < (a: Level, b: Level) -> Bool { a.rawValue < b.rawValue }
    }

    enum Kind {
        /// Compared as it is.
        case text
        /// The column holds it folded, which finds the rows; `exact` then compares them as they are.
        case folded(exact: String)
        /// A folded name: groups by `=`, components by `^`.
        case name
        case uid
        case number
        /// `YYYYMMDD`
        case dateText
        /// Date of `v.started`.
        case date
        /// Time of `v.started`.
        case time
        /// The study's set of modalities.
        case modalities
    }

    let level: Level
    let kind: Kind
    /// Over `v` (visible study), `s` (study), `se` (series), `i` (instance).
    let expression: String

    var isModalities: Bool {
        if case .modalities = kind { return true }
        return false
    }

    /// Whether the wide row of the study has to be read for it.
    var isInStudyRow: Bool { expression.hasPrefix("s.") || expression.contains("(s.") }

    /// Whether a match is of one value that an index of the visible list has in the list's order, or of studies by UID.
    func isKey(_ match: MatchingKey.Match) -> Bool {
        guard case .values(let texts) = match else { return false }
        return expression == "s.uid" || texts.count == 1 && ["v.patient_id", "v.accession"].contains(expression)
    }

    /// - Returns: `nil` when the attribute has no column at `level` or beside it; it is then looked for in the stored
    ///   DICOM JSON.
    static func find(_ path: [Tag], at level: Level) -> SearchColumn? {
        guard path.count == 1, let tag = path.first else { return nil }
        // A study has many modalities; what is asked of it is whether one of them is this.
        if level == .study, tag == Tag(0x0008, 0x0060) { return columns[Tag(0x0008, 0x0061)] }
        return columns[tag]
    }

    private init(_ level: Level, _ kind: Kind, _ expression: String) {
        self.level = level
        self.kind = kind
        self.expression = expression
    }

    static let columns: [Tag: SearchColumn] = [
        Tag(0x0008, 0x0020): SearchColumn(.study, .date, "v.started"),
        Tag(0x0008, 0x0030): SearchColumn(.study, .time, "v.started"),
        Tag(0x0008, 0x0050): SearchColumn(.study, .text, "v.accession"),
        Tag(0x0008, 0x0061): SearchColumn(.study, .modalities, "v.modality_set"),
        Tag(0x0008, 0x0090): SearchColumn(.study, .name, "portal.fold(s.referring)"),
        Tag(0x0008, 0x1030): SearchColumn(.study, .folded(exact: "v.described"), "v.description"),
        Tag(0x0010, 0x0010): SearchColumn(.study, .name, "v.name"),
        Tag(0x0010, 0x0020): SearchColumn(.study, .text, "v.patient_id"),
        Tag(0x0010, 0x0021): SearchColumn(.study, .text, "s.issuer"),
        Tag(0x0010, 0x0030): SearchColumn(.study, .dateText, "s.birth_date"),
        Tag(0x0010, 0x0040): SearchColumn(.study, .text, "s.sex"),
        Tag(0x0020, 0x000D): SearchColumn(.study, .uid, "s.uid"),
        Tag(0x0020, 0x0010): SearchColumn(.study, .text, "s.study_id"),
        Tag(0x0020, 0x1206): SearchColumn(.study, .number, "s.series_count"),
        Tag(0x0020, 0x1208): SearchColumn(.study, .number, "s.instance_count"),

        Tag(0x0008, 0x0060): SearchColumn(.series, .text, "se.modality"),
        Tag(0x0008, 0x103E): SearchColumn(.series, .folded(exact: "se.description"), "portal.fold(se.description)"),
        Tag(0x0018, 0x0015): SearchColumn(.series, .text, "se.body_part"),
        Tag(0x0020, 0x000E): SearchColumn(.series, .uid, "se.uid"),
        Tag(0x0020, 0x0011): SearchColumn(.series, .number, "se.number"),
        Tag(0x0020, 0x1209): SearchColumn(.series, .number, "se.instance_count"),

        Tag(0x0008, 0x0016): SearchColumn(.instance, .uid, "i.sop_class"),
        Tag(0x0008, 0x0018): SearchColumn(.instance, .uid, "i.uid"),
        Tag(0x0020, 0x0013): SearchColumn(.instance, .number, "i.number"),
        Tag(0x0028, 0x0010): SearchColumn(.instance, .number, "i.rows"),
        Tag(0x0028, 0x0011): SearchColumn(.instance, .number, "i.columns"),
    ]
}
