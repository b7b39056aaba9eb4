import DICOM
import DICOMweb
import HTTPModel
import Portal

/// The results that one search may give; a caller that wants more asks for the next page.
enum SearchLimits {
    /// Without a limit of the caller, across Studies.
    static let usual = 100
    /// Whatever the caller asks for, across Studies.
    static let largest = 1000
    /// Below one Study, where clients expect all there is.
    static let belowStudy = 10_000
}

extension SearchCriteria {
    /// - Parameters:
    ///   - levels: the levels whose attributes every result carries.
    ///   - resource: what the address names; results are below it.
    /// - Throws: 400 for a value that its attribute cannot have.
    init(
        _ query: SearchQuery, levels: [SearchLevel], below resource: ResourceReference? = nil
    ) throws(HTTPError) {
        var keys: [MatchingKey] = []
        for match in query.matches {
            do {
                keys.append(
                    try MatchingKey(
                        path: match.path.tags, text: match.value, matchesEmptyValues: query.matchesEmptyValues))
            } catch {
                throw .badRequest("query.malformed", "\(error)", field: match.path.tags.last?.keyword)
            }
        }
        let largest = resource == nil ? SearchLimits.largest : SearchLimits.belowStudy
        let usual = resource == nil ? SearchLimits.usual : SearchLimits.belowStudy
        self.init(
            keys: keys, study: resource?.study.text, series: resource?.series?.text, isFuzzy: query.isFuzzy,
            limit: min(query.limit ?? usual, largest), offset: query.offset,
            includesParents: levels.count > 1 || query.namesAttributes)
    }
}

extension SearchQuery {
    /// Whether attributes are matched or asked for by name, which may be those of a level above.
    fileprivate var namesAttributes: Bool {
        if case .listed(let fields) = includedFields, !fields.isEmpty { return true }
        return !matches.isEmpty
    }
}

extension SearchAnswer {
    mutating func add(_ study: FoundStudy, origin: String) {
        add([study.attributes], computed: study.computed(origin))
    }

    mutating func add(_ series: FoundSeries, origin: String) {
        add(
            (series.study.map { [$0.attributes] } ?? []) + [series.shared, series.attributes],
            computed: (series.study?.computed(origin) ?? []) + series.computed(origin))
    }

    mutating func add(_ instance: FoundInstance, origin: String) {
        let series = instance.series
        let parents = [series?.study?.attributes, series?.shared, series?.attributes].compactMap { $0 }
        add(
            parents + [instance.attributes],
            computed: (series?.study?.computed(origin) ?? []) + (series?.computed(origin) ?? [])
                + instance.computed(origin))
    }
}

extension FoundStudy {
    fileprivate func computed(_ origin: String) -> [SearchAnswer.Computed] {
        [
            .text(Tag(0x0008, 0x0056), .CS, ["ONLINE"]), .text(Tag(0x0008, 0x0061), .CS, modalities),
            .text(Tag(0x0008, 0x1190), .UR, ["\(origin)/dicomweb/studies/\(uid)"]),
            .text(Tag(0x0020, 0x000D), .UI, [uid]), .number(Tag(0x0020, 0x1206), .IS, seriesCount),
            .number(Tag(0x0020, 0x1208), .IS, instanceCount),
        ]
    }
}

extension FoundSeries {
    fileprivate func computed(_ origin: String) -> [SearchAnswer.Computed] {
        [
            .text(Tag(0x0008, 0x1190), .UR, ["\(origin)/dicomweb/studies/\(studyUID)/series/\(uid)"]),
            .text(Tag(0x0020, 0x000D), .UI, [studyUID]), .text(Tag(0x0020, 0x000E), .UI, [uid]),
            .number(Tag(0x0020, 0x1209), .IS, instanceCount),
        ]
    }
}

extension FoundInstance {
    fileprivate func computed(_ origin: String) -> [SearchAnswer.Computed] {
        let path = "/dicomweb/studies/\(studyUID)/series/\(seriesUID)/instances/\(uid)"
        return [
            .text(Tag(0x0008, 0x0018), .UI, [uid]), .text(Tag(0x0008, 0x0056), .CS, ["ONLINE"]),
            .text(Tag(0x0008, 0x1190), .UR, [origin + path]), .text(Tag(0x0020, 0x000D), .UI, [studyUID]),
            .text(Tag(0x0020, 0x000E), .UI, [seriesUID]),
        ]
    }
}

extension Response {
    /// A search's results, with a warning when there are more (PS3.18 §8.3.4.4).
    static func searchResults<Item>(_ answer: SearchAnswer, of page: SearchPage<Item>, origin: String) -> Response {
        var response = Response(headers: ["Content-Type": "application/dicom+json"], body: .bytes(answer.finished()))
        let count: String? =
            switch page.remaining {
            case .exactly(0): nil
            case .exactly(let count): "\(count)"
            case .atLeast(let count): "at least \(count)"
            }
        if let count {
            response.headers["Warning"] =
                "299 \(origin)/dicomweb: There are \(count) additional results that can be requested"
        }
        return response
    }
}
