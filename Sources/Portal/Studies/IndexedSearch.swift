import DICOM

/// The attributes that searches find by an index or a column; all others are looked for in the stored DICOM JSON.
package enum IndexedSearch {
    /// Results behind a page are counted up to this many.
    package static let mostCounted = SearchStatement.mostCounted

    /// Which levels have it, and how it is matched in the words of PS3.4 §C.2.2.2.
    package static var attributes: [(tag: Tag, level: String, matching: String)] {
        SearchColumn.columns.sorted { ($0.value.level, $0.key) < ($1.value.level, $1.key) }.map {
            ($0.key, "\($0.value.level)", $0.value.matching)
        }
    }
}

extension SearchColumn {
    fileprivate var matching: String {
        switch kind {
        case .text: "single value, multiple values, wildcard, empty value"
        case .folded: "single value, multiple values, wildcard, empty value; fuzzy"
        case .name: "single value, multiple values, wildcard, empty value; without case and accents; fuzzy"
        case .uid: "list of UID"
        case .number: "single value, multiple values, empty value"
        case .dateText, .date, .time: "single value, range, empty value"
        case .modalities: "multiple values, wildcard, empty value"
        }
    }
}
