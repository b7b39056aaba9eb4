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
        try Acceptance(request).requireDICOMJSON()
        let received = try StoreRequestBody(request, store).received()
        guard !received.isEmpty else {
            throw HTTPError.badRequest("multipart.malformed", "The body holds no part.")
        }
        var report = StoreReport(origin: origin)
        let source = IngestSource(caller: caller, route: .stow, address: request.remoteAddress)
        let mostAtOnce = 50
        for start in stride(from: 0, to: received.count, by: mostAtOnce) {
            let batch = Array(received[start..<min(start + mostAtOnce, received.count)])
            do {
                try store(batch, of: study, from: source, into: &report)
            } catch {
                for rest in received[start...] { rest.discard() }
                throw error
            }
        }
        return Response(
            status: Status(report.status), headers: ["Content-Type": "application/dicom+json"],
            body: .bytes(report.encoded()))
    }

    private func store(
        _ batch: [SpooledObject], of study: UID?, from source: IngestSource, into report: inout StoreReport
    ) throws {
        // In order; a refused file that could be read is told by its names.
        var readable: [StoredInstance] = []
        let outcomes = try Ingestor(database: database, store: store).ingest(batch, from: source) { instance in
            readable.append(instance)
            return study == nil || study?.text == instance.studyUID
                ? nil : "The file belongs to another Study than the address names."
        }
        var names = readable[...]
        for outcome in outcomes { report.add(outcome, names: &names) }
    }
}

extension StoreReport {
    /// - Parameter names: of the files that could be read and have no outcome yet, in order.
    fileprivate mutating func add(_ outcome: IngestOutcome, names: inout ArraySlice<StoredInstance>) {
        if let instance = outcome.instance {
            names = names.drop { $0.sopInstanceUID != instance.sopInstanceUID }.dropFirst()
        }
        switch outcome {
        case .stored(let instance), .identical(let instance):
            guard let resource = ResourceReference(instance) else { return }
            stored(resource, sopClass: instance.sopClassUID)
        case .conflict(let instance):
            failed(
                reason: Self.duplicateSOPInstance, sopClass: instance.sopClassUID, sopInstance: instance.sopInstanceUID)
        case .refused(let reason, _):
            let name = reason.isBeforeReading ? nil : names.popFirst()
            failed(
                reason: Int(reason.status), sopClass: name?.sopClassUID ?? "", sopInstance: name?.sopInstanceUID ?? "")
        }
    }
}

extension RefusalReason {
    /// Whether the file's names are not known.
    fileprivate var isBeforeReading: Bool { self == .unreadable || self == .malformedUID }
}

extension ResourceReference {
    fileprivate init?(_ instance: StoredInstance) {
        guard let study = UID(instance.studyUID), let series = UID(instance.seriesUID),
            let uid = UID(instance.sopInstanceUID)
        else { return nil }
        self.init(study: study, series: series, instance: uid)
    }
}
