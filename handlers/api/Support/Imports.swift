import FunctionRuntime
import HTTPModel
import Importing

extension Context {
    var imports: Imports { Imports(database: database, store: store, aeTitle: settings.aeTitle) }
}

extension Request {
    /// Where the sender believes that its piece begins; the beginning when it does not say.
    ///
    /// - Throws: 400 for what is no number.
    func uploadOffset() throws(HTTPError) -> Int {
        guard let text = headers["Upload-Offset"] else { return 0 }
        guard let offset = Int(text), offset >= 0 else {
            throw .badRequest("import.offsetHeader", "The header Upload-Offset is a number of bytes.")
        }
        return offset
    }
}
