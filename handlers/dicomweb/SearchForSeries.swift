import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Searches for Series in all Studies, those of the newest first.
///
/// - Throws: 400 for a parameter that is unknown or malformed; 406.
/// - SeeAlso: PS3.18 §10.6.
struct SearchForSeries: Function {
    static let route: Route = "GET /dicomweb/series"
    static let contract = Contract.search

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.answerSearch(for: [.study, .series], request)
    }
}
