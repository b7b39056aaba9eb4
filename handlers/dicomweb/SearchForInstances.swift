import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Searches for Instances in all Studies, those of the newest first.
///
/// - Throws: 400 for a parameter that is unknown or malformed; 406.
/// - SeeAlso: PS3.18 §10.6.
struct SearchForInstances: Function {
    static let route: Route = "GET /dicomweb/instances"
    private static let levels: [SearchLevel] = [.study, .series, .instance]

    func respond(to request: Request, in context: Context) throws -> Response {
        try Acceptance(request).requireDICOMJSON()
        let query = try SearchQuery(request)
        let criteria = try SearchCriteria(query, levels: Self.levels)
        let page = try context.search.instances(criteria, for: context.caller)
        var answer = SearchAnswer(levels: Self.levels, query: query)
        for instance in page.items { answer.add(instance, origin: context.origin) }
        return .searchResults(answer, of: page, origin: context.origin)
    }
}
