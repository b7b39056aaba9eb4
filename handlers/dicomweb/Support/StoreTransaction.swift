import DICOM
import DICOMweb
import FunctionRuntime
import HTTPModel
import Ingestion
import ObjectStore
import Portal

extension Context {
    /// - Parameter study: the only Study that the address allows.
    func storeInstances(_ request: Request, of study: UID?) throws -> Response {
        let form = try Acceptance(request).choose(from: DataSetForm.single)
        let received = try StoreRequestBody(request, store).received()
        guard !received.isEmpty else {
            throw HTTPError.badRequest("multipart.empty", "The body holds no part.")
        }
        var report = StoreReport(origin: origin)
        let source = IngestSource(caller: caller, route: .stow, address: request.remoteAddress)
        let mostAtOnce = 50
        for start in stride(from: 0, to: received.count, by: mostAtOnce) {
            let batch = received[start..<min(start + mostAtOnce, received.count)]
            do {
                try store(batch, of: study, from: source, into: &report)
            } catch {
                for rest in received[start...] { rest.discard() }
                throw error
            }
        }
        var response = try DataSetForm.response(report.encoded(), as: form)
        response.status = Status(report.status)
        return response
    }

    private func store(
        _ batch: ArraySlice<StoreRequestBody.Received>, of study: UID?, from source: IngestSource,
        into report: inout StoreReport
    ) throws {
        var files: [SpooledObject] = []
        for received in batch {
            switch received {
            case .file(let file): files.append(file)
            case .failed(let error):
                report.failed(reason: Int(error.status), sopClass: error.sopClass, sopInstance: error.sopInstance)
            }
        }
        let ingestor = Ingestor(database: database, store: store)
        for outcome in try ingestor.ingest(files, from: source, studyUID: study) { report.add(outcome) }
    }
}

extension StoreReport {
    fileprivate mutating func add(_ outcome: IngestOutcome) {
        switch outcome {
        case .stored(let instance), .identical(let instance):
            guard let resource = ResourceReference(instance) else { return }
            stored(resource, sopClass: instance.sopClassUID)
        case .conflict(let instance):
            failed(
                reason: Self.duplicateSOPInstance, sopClass: instance.sopClassUID, sopInstance: instance.sopInstanceUID)
        case .refused(let refused):
            failed(
                reason: Int(refused.reason.status), sopClass: refused.sopClassUID, sopInstance: refused.sopInstanceUID)
        }
    }
}

extension ResourceReference {
    fileprivate init?(_ instance: StoredInstance) {
        guard let study = UID(instance.studyUID), let series = UID(instance.seriesUID),
            let uid = UID(instance.sopInstanceUID)
        else { return nil }
        self.init(study: study, series: series, instance: uid)
    }
}
