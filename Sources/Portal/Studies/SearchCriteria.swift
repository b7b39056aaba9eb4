/// What to search for, and which part of the results is wanted.
package struct SearchCriteria: Sendable {
    package var keys: [MatchingKey]
    /// The Study that the address names; results are below it.
    package var study: String?
    /// The Series that the address names, in that Study.
    package var series: String?
    /// Whether a patient's name is matched word by word, in any order, with one wrong letter where nothing else fits.
    package var isFuzzy: Bool
    package var limit: Int
    package var offset: Int
    /// Whether the results carry the texts of the levels above them.
    package var includesParents: Bool

    package init(
        keys: [MatchingKey] = [], study: String? = nil, series: String? = nil, isFuzzy: Bool = false,
        limit: Int = 100, offset: Int = 0, includesParents: Bool = false
    ) {
        self.keys = keys
        self.study = study
        self.series = series
        self.isFuzzy = isFuzzy
        self.limit = limit
        self.offset = offset
        self.includesParents = includesParents
    }
}

/// One page of results, and what is behind it.
package struct SearchPage<Item: Sendable>: Sendable {
    package let items: [Item]
    /// Results behind the page.
    package let remaining: SearchRemaining
}

package enum SearchRemaining: Sendable, Equatable {
    case exactly(Int)
    case atLeast(Int)
}

package struct FoundStudy: Sendable, Equatable {
    package let uid: String
    /// DICOM JSON of the patient's and the study's attributes.
    package let attributes: String
    package let modalities: [String]
    package let seriesCount: Int
    package let instanceCount: Int
}

package struct FoundSeries: Sendable, Equatable {
    package let uid: String
    package let studyUID: String
    /// DICOM JSON of the series' attributes.
    package let attributes: String
    /// DICOM JSON of what its first instance says beside the listed attributes.
    package let shared: String
    package let instanceCount: Int
    /// `nil` unless the levels above were asked for.
    package let study: FoundStudy?
}

package struct FoundInstance: Sendable, Equatable {
    package let uid: String
    package let seriesUID: String
    package let studyUID: String
    /// DICOM JSON of the instance's attributes.
    package let attributes: String
    /// `nil` unless the levels above were asked for.
    package let series: FoundSeries?
}
