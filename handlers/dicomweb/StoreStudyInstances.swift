import DICOMweb
import FunctionRuntime
import HTTPModel
import Ingestion
import Portal

/// Stores the Instances of a request that belong to one Study; those of another one are refused.
///
/// - Throws: 400 for a malformed UID or body; 406; 413; 415 for a body that holds no instances.
/// - SeeAlso: PS3.18 §10.5.
struct StoreStudyInstances: Function {
    static let route: Route = "POST /dicomweb/studies/{study}"
    static let pool = StoreInstances.pool
    static let access = StoreInstances.access
    static let bodyLimit = StoreInstances.bodyLimit
    static let deadline = StoreInstances.deadline
    static let contract = Contract.store

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.storeInstances(request, of: request.resource.study)
    }
}
