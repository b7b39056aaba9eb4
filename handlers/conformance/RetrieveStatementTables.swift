import DICOMweb
import FunctionRuntime
import HTTPModel
import Ingestion

/// The part of the conformance statement about WADO-RS, WADO-URI and STOW-RS.
enum RetrieveStatementTables {
    typealias Section = ConformanceStatement.Section

    static let sections = [resources, mediaTypes, rendering, uri, storing, reasons]

    private static let retrieving = functions.map(FunctionDescription.init).filter {
        $0.subject == "WADO-RS" || $0.subject == "WADO-URI"
    }

    private static let resources = Section(
        id: "retrieve-resources", columns: ["resource", "route"],
        rows: retrieving.map { [$0.summary, $0.pattern] })

    private static let mediaTypes = Section(
        id: "media-types", columns: ["resource", "media-type"],
        rows: retrieving.flatMap { function in function.contract.gives.map { [function.summary, $0] } })

    private static let rendering = Section(
        id: "rendering-parameters", columns: ["parameter", "meaning"],
        rows: RenderingQuery.parameters.map { [$0.name, $0.meaning] })

    private static let uri = Section(
        id: "uri-parameters", columns: ["parameter", "meaning"],
        rows: ObjectURIQuery.parameters.map { [$0.name, $0.meaning] })

    private static let storing = Section(
        id: "store-media-types", columns: ["media-type"], rows: Contract.store.takes.map { [$0] })

    private static let reasons = Section(
        id: "store-reasons", columns: ["code", "reason"],
        rows: RefusalReason.failureReasons.map { [ConformanceStatement.hexadecimal($0.code), $0.name] })
}
