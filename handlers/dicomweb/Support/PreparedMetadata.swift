import DICOMweb
import FunctionRuntime
import HTTPModel
import ObjectStore
import Portal

extension Context {
    /// Answers with the metadata of all Instances of some Series.
    ///
    /// - Throws: 404 when a Series is gone meanwhile.
    func metadata(of series: [RetrievedSeries], as form: Offer, for request: Request) throws -> Response {
        if let only = series.first, series.count == 1, form != DataSetForm.xmlParts {
            return try metadata(of: only, as: form, for: request)
        }
        let versions = series.map { "\($0.id).\($0.revision)" }.joined(separator: "_")
        return try request.conditional(on: EntityTag(versions, form)) {
            // What was prepared of just these revisions is there, or it is prepared now.
            let key = ObjectKey.metadata(ofVersions: Array(versions.utf8).digest)
            if form != DataSetForm.xmlParts, let key, let length = store.length(of: key) {
                return Response(headers: .compressed(form), body: .object(key, length: length))
            }
            let found = try series.map { try retrieval.metadata(ofSeries: $0.id) }
            let response = try Response.metadata(found.flatMap { try $0?.shown ?? [] }, as: form)
            // What came meanwhile is shown, but not kept under the versions before it.
            let isThese = found.map { $0?.revision } == series.map(\.revision)
            if isThese, let key, case .bytes(let bytes) = response.body { try store.putDerived(bytes, at: key) }
            return response
        }
    }

    /// The same of one Series as an object: what was prepared from its revision, or what is prepared now.
    ///
    /// Readers that come at the same time prepare the same bytes under the same key.
    private func metadata(of series: RetrievedSeries, as form: Offer, for request: Request) throws -> Response {
        let asked = EntityTag(series.id, series.revision, form)
        guard !request.isFresh(asked) else { return Response(status: 304, headers: ["ETag": asked.description]) }
        let (key, prepared) = try preparedMetadata(of: series)
        var response = Response(headers: .compressed(form), body: .object(key, length: prepared.length))
        response.headers["ETag"] = EntityTag(series.id, prepared.revision, form).description
        return response
    }

    private func preparedMetadata(
        of series: RetrievedSeries
    ) throws -> (key: ObjectKey, prepared: RetrievedSeries.Prepared) {
        if let prepared = series.metadata, prepared.revision == series.revision,
            let key = ObjectKey(prepared.objectKey), store.contains(key)
        {
            return (key, prepared)
        }
        guard let metadata = try retrieval.metadata(ofSeries: series.id),
            let key = ObjectKey.metadata(ofSeries: series.id, revision: metadata.revision)
        else { throw HTTPError.notFound }
        let document = try MetadataDocument.joined(metadata.shown)
        try store.putDerived(document, at: key)
        let prepared = RetrievedSeries.Prepared(
            objectKey: key.text, length: document.count, revision: metadata.revision)
        try retrieval.recordMetadata(prepared, ofSeries: series.id)
        return (key, prepared)
    }
}

extension Response {
    /// - Parameter documents: gzip'd DICOM JSON objects.
    static func metadata(_ documents: [[UInt8]], as form: Offer) throws -> Response {
        guard form == DataSetForm.xmlParts else {
            return Response(headers: .compressed(form), body: .bytes(try MetadataDocument.joined(documents)))
        }
        return DataSetForm.xmlStream(boundary: ObjectKey.randomName()) { output in
            for document in documents { try output(MetadataDocument.inflated(document)) }
        }
    }
}

extension Headers {
    /// DICOM JSON that is kept compressed; the runtime inflates it for a client that does not take gzip.
    static func compressed(_ form: Offer) -> Headers { ["Content-Type": form.essence, "Content-Encoding": "gzip"] }
}
