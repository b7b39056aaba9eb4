import DICOM
import DICOMweb
import FunctionRuntime
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
                        path: match.path.tags, creators: match.path.creators, text: match.value,
                        matchesEmptyValues: query.matchesEmptyValues))
            } catch {
                let attribute = match.path.tags.last
                throw .badRequest("query.value", "\(error)", field: attribute?.keyword ?? attribute?.hex)
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
    /// Whether attributes of levels above may be asked for, or those that a Series keeps for its Instances.
    fileprivate var namesAttributes: Bool {
        if case .listed(let fields) = includedFields { return !fields.isEmpty || !matches.isEmpty }
        return true
    }
}

extension FoundStudy {
    fileprivate func layers(_ levels: [SearchLevel], _ origin: String) -> [SearchAnswer.Layer] {
        [SearchAnswer.Layer(attributes, computed: computed(origin), isWhole: levels.contains(.study))]
    }
}

extension FoundSeries {
    fileprivate func layers(_ levels: [SearchLevel], _ origin: String) -> [SearchAnswer.Layer] {
        // What the first instance says belongs to the instances.
        (study?.layers(levels, origin) ?? [])
            + [
                SearchAnswer.Layer(shared, isWhole: levels.contains(.instance)),
                SearchAnswer.Layer(attributes, computed: computed(origin), isWhole: levels.contains(.series)),
            ]
    }
}

extension FoundInstance {
    fileprivate func layers(_ levels: [SearchLevel], _ origin: String) -> [SearchAnswer.Layer] {
        (series?.layers(levels, origin) ?? []) + [SearchAnswer.Layer(attributes, computed: computed(origin))]
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

extension Context {
    /// Answers a search whose results are of the last of `levels`.
    ///
    /// - Parameters:
    ///   - levels: the levels whose attributes every result carries.
    ///   - isBelow: whether the address names what the results are below.
    /// - Throws: 400 for a parameter that is unknown or malformed; 406.
    func answerSearch(for levels: [SearchLevel], isBelow: Bool = false, _ request: Request) throws -> Response {
        let form = try Acceptance(request).choose(from: DataSetForm.offers)
        let query = try SearchQuery(request)
        let criteria = try SearchCriteria(query, levels: levels, below: isBelow ? request.resource : nil)
        var answer = SearchAnswer(levels: levels, query: query)
        let remaining: SearchRemaining
        switch levels.last {
        case .series:
            let page = try search.series(criteria, for: caller)
            for series in page.items { answer.add(series.layers(levels, origin)) }
            remaining = page.remaining
        case .instance:
            let page = try search.instances(criteria, for: caller)
            for instance in page.items { answer.add(instance.layers(levels, origin)) }
            remaining = page.remaining
        default:
            let page = try search.studies(criteria, for: caller)
            for study in page.items { answer.add(study.layers(levels, origin)) }
            remaining = page.remaining
        }
        let warning = remaining.warning.map { "299 \(origin)/dicomweb: \($0)" }
        let content = answer.finished()
        let tag = EntityTag(content: content + Array((warning ?? "").utf8), form)
        return try request.conditional(on: tag) {
            var response = try DataSetForm.response(content, as: form)
            if let warning { response.headers["Warning"] = warning }
            return response
        }
    }
}

extension SearchRemaining {
    /// What PS3.18 §8.3.4.4 says when there are more results than were asked for.
    fileprivate var warning: String? {
        switch self {
        case .exactly(0): nil
        case .exactly(let count): "There are \(count) additional results that can be requested"
        case .atLeast(let count): "There are at least \(count) additional results that can be requested"
        }
    }
}
