import DICOM
import HTTPModel

/// A Study, Series or Instance that an address names (PS3.18 §10.1.1).
///
/// Every UID in it is well-formed; the address of a lower level names those above it.
package struct ResourceReference: Sendable, Hashable {
    package let study: UID
    package let series: UID?
    package let instance: UID?

    package init(study: UID, series: UID? = nil, instance: UID? = nil) {
        self.study = study
        self.series = series
        self.instance = instance
    }

    /// The root-relative address: `/dicomweb/studies/…`.
    package var path: String {
        "/dicomweb/studies/\(study.text)" + (series.map { "/series/\($0.text)" } ?? "")
            + (instance.map { "/instances/\($0.text)" } ?? "")
    }
}

extension Request {
    /// What the route's `{study}`, `{series}` and `{instance}` name.
    ///
    /// - Throws: 400 `uid.malformed` for what is no UID (PS3.5 §9.1).
    package var resource: ResourceReference {
        get throws(HTTPError) {
            guard let study = try uid("study") else { throw .notFound }
            return ResourceReference(study: study, series: try uid("series"), instance: try uid("instance"))
        }
    }

    private func uid(_ name: String) throws(HTTPError) -> UID? {
        guard let text = parameters[name] else { return nil }
        guard let uid = UID(text) else {
            throw .badRequest("uid.malformed", "The \(name)'s UID in the address is malformed.", field: name)
        }
        return uid
    }
}
