import FunctionRuntime
import HTTPModel
import ObjectStore
import Portal

extension Context {
    var search: StudySearch { StudySearch(database: database) }
    var retrieval: StudyRetrieval { StudyRetrieval(database: database) }

    /// Makes sure that the caller may take files of a study out, and notes that it does.
    ///
    /// - Throws: 404; 403 `permission.missing`.
    func noteExport(of study: String, at address: String) throws {
        try Rights(database: database, caller: caller).require(.export, study: study)
        try visits.note(.studyExported, study: study, by: caller, at: address)
    }

    /// What stands before root-relative addresses where a client is given a whole one.
    var origin: String { settings.publicURL ?? "" }
}

extension RetrievedInstance {
    /// The root-relative address.
    var path: String { "/dicomweb/studies/\(studyUID)/series/\(seriesUID)/instances/\(uid)" }

    /// - Throws: 404 for a key that is none of ours, which only a damaged index has.
    func key() throws(HTTPError) -> ObjectKey {
        guard let key = ObjectKey(objectKey) else { throw .notFound }
        return key
    }
}
