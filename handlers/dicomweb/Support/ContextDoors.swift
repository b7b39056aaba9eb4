import FunctionRuntime
import HTTPModel
import ObjectStore
import Portal

extension Context {
    var search: StudySearch { StudySearch(database: database) }
    var retrieval: StudyRetrieval { StudyRetrieval(database: database) }

    /// What stands before root-relative addresses where a client is given a whole one.
    var origin: String { settings.publicURL ?? "" }
}

extension RetrievedInstance {
    /// - Throws: 404 for a key that is none of ours, which only a damaged index has.
    func key() throws(HTTPError) -> ObjectKey {
        guard let key = ObjectKey(objectKey) else { throw .notFound }
        return key
    }
}
