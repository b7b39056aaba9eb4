import DICOMweb
import FunctionRuntime
import HTTPModel
import Portal

/// Searches for the Series of one Study, by number.
///
/// - Throws: 400 for a parameter that is unknown or malformed; 406.
/// - SeeAlso: PS3.18 §10.6.
struct SearchForStudySeries: Function {
    static let route: Route = "GET /dicomweb/studies/{study}/series"
    static let contract = Contract.search

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.answerSearch(for: [.series], isBelow: true, request)
    }
}
