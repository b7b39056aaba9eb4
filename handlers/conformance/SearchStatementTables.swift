import DICOM
import DICOMweb
import HTTPModel
import Portal

/// The part of the conformance statement about QIDO-RS.
enum SearchStatementTables {
    typealias Section = ConformanceStatement.Section

    static let sections = [parameters, attributes, returned, limits]

    private static let parameters = Section(
        id: "search-parameters", columns: ["parameter", "meaning"],
        rows: SearchQuery.parameters.map { [$0.name, $0.meaning] })

    private static let attributes = Section(
        id: "search-attributes", columns: ["level", "tag", "keyword", "matching"],
        rows: IndexedSearch.attributes.map { [$0.level, "\($0.tag)", $0.tag.keyword ?? "", $0.matching] })

    private static let returned = Section(
        id: "search-returned", columns: ["level", "tag", "keyword"],
        rows: [SearchLevel.study, .series, .instance].flatMap { level in
            level.returnedTags.map { ["\(level)", "\($0)", $0.keyword ?? ""] }
        })

    private static let limits = Section(
        id: "search-limits", columns: ["name", "value"],
        rows: [
            ("Results without limit", SearchLimits.usual), ("Results at most", SearchLimits.largest),
            ("Results below one Study at most", SearchLimits.belowStudy),
            ("Results counted behind the page", IndexedSearch.mostCounted),
            ("Attributes to match", SearchQuery.mostMatches), ("Attributes to include", SearchQuery.mostFields),
            ("Sequences within each other", AttributePath.deepest),
        ].map { name, value in [name, "\(value)"] })
}
