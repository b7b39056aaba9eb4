import DICOM
import DICOMweb
import FunctionRuntime
import HTTPModel
import ObjectStore
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
        // As JSON alone, which is how it is kept.
        let isList = form != DataSetForm.xmlParts && levels == [.instance] && query.asksForAll
        let list = try isList ? instanceList(at: request.resource) : nil
        if let list, let answer = answer(list, as: form, for: request) { return answer }

        let (content, remaining) = try results(of: query, levels, below: isBelow ? request.resource : nil)
        let warning = remaining.warning.map { "299 \(origin)/dicomweb: \($0)" }
        // The same version before and after: what was found between them is of this version.
        if warning == nil, let list, try instanceList(at: request.resource) == list {
            try store.putDerived(MetadataDocument.compressed(content), at: list.key)
            if let answer = answer(list, as: form, for: request) { return answer }
        }
        let tag = EntityTag(content: content + Array((warning ?? "").utf8), form)
        return try request.conditional(on: tag) {
            var response = try DataSetForm.response(content, as: form)
            if let warning { response.headers["Warning"] = warning }
            return response
        }
    }

    /// - Parameter resource: what the results are below.
    /// - Returns: DICOM JSON.
    private func results(
        of query: SearchQuery, _ levels: [SearchLevel], below resource: ResourceReference?
    ) throws -> (content: [UInt8], remaining: SearchRemaining) {
        let criteria = try SearchCriteria(query, levels: levels, below: resource)
        var answer = SearchAnswer(levels: levels, query: query)
        switch levels.last {
        case .series:
            let page = try search.series(criteria, for: caller)
            for series in page.items { answer.add(series.layers(levels, origin)) }
            return (answer.finished(), page.remaining)
        case .instance:
            let page = try search.instances(criteria, for: caller)
            for instance in page.items { answer.add(instance.layers(levels, origin)) }
            return (answer.finished(), page.remaining)
        default:
            let page = try search.studies(criteria, for: caller)
            for study in page.items { answer.add(study.layers(levels, origin)) }
            return (answer.finished(), page.remaining)
        }
    }

    /// - Returns: `nil` when the series is absent or hidden from the caller.
    private func instanceList(at resource: ResourceReference) throws -> PreparedInstanceList? {
        let found = try retrieval.series(resource.series?.text, in: resource.study.text, for: caller)
        return found.first.flatMap { PreparedInstanceList(of: $0, origin) }
    }

    /// - Returns: `nil` when the list is not prepared.
    private func answer(_ list: PreparedInstanceList, as form: Offer, for request: Request) -> Response? {
        store.length(of: list.key).map { length in
            request.conditional(on: EntityTag(list.version, form)) {
                Response(headers: .compressed(form), body: .object(list.key, length: length))
            }
        }
    }
}

/// Where the list of all instances of one series is kept, as a search without parameters gives it.
private struct PreparedInstanceList: Equatable {
    let version: String
    let key: ObjectKey

    /// - Parameter origin: what stands before the addresses in the list.
    init?(of series: RetrievedSeries, _ origin: String) {
        version = Array("instances of \(series.id).\(series.revision) at \(origin)".utf8).digest
        guard let key = ObjectKey.metadata(ofVersions: version) else { return nil }
        self.key = key
    }
}

extension SearchQuery {
    /// Whether it is for everything there is, with the attributes that are always returned.
    fileprivate var asksForAll: Bool {
        matches.isEmpty && includedFields == .listed([]) && limit == nil && offset == 0
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
