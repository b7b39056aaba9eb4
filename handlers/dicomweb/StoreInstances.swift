import DICOMweb
import FunctionRuntime
import HTTPModel
import Ingestion
import Portal

/// Stores the Instances of a request.
///
/// Everything is received before anything is stored, so that a request that breaks off leaves nothing.
///
/// - Throws: 400 for a malformed body; 406; 413; 415 for a body that holds no instances.
/// - SeeAlso: PS3.18 §10.5.
struct StoreInstances: Function {
    static let route: Route = "POST /dicomweb/studies"
    static let pool = Pool.write
    static let access = Access.permission(Permission.import.rawValue)
    static let bodyLimit = 4 << 30
    static let deadline = 60
    static let contract = Contract.store

    func respond(to request: Request, in context: Context) throws -> Response {
        try context.storeInstances(request, of: nil)
    }
}
