import FunctionRuntime
import HTTPModel
import Portal

/// Lists the patients that the caller sees, those with the newest studies first.
///
/// - Throws: 400 for a parameter that is unknown or cannot be.
struct ListPatients: Function {
    static let route: Route = "GET /api/patients"
    static let access: Access = .permission("view")
    static let contract = Contract(
        [
            QueryParameter("q", "Words of a name, an id, a birth date, an accession number or a description."),
            QueryParameter("nearest", "`true`: where nobody has these words, those with nearly these names."),
            QueryParameter("status", "A status's code."),
            QueryParameter("group", "The id of a group that a patient is granted to."),
            QueryParameter("modality", "A modality that a patient has a study of."),
            QueryParameter("from", "A study on this day or later."),
            QueryParameter("to", "A study on this day or earlier."),
            QueryParameter("sort", "One of \(PatientOrder.allCases.map(\.rawValue).joined(separator: ", "))."),
        ] + QueryParameter.page)

    func respond(to request: Request, in context: Context) throws -> Response {
        var filter = PatientFilter()
        filter.text = try request.queryValue("q")
        filter.acceptsNearest = try request.queryValue("nearest") == "true"
        filter.status = try request.queryValue("status")
        filter.modality = try request.queryValue("modality")
        filter.from = try request.queryDay("from")
        filter.to = try request.queryDay("to")
        filter.group = try request.queryValue("group")
        if let group = filter.group, !isUUID(group) {
            throw PortalError.malformed(code: "query.group.invalid", field: "group")
        }
        guard let order = PatientOrder(rawValue: try request.queryValue("sort") ?? "-lastStudy") else {
            let known = PatientOrder.allCases.map(\.rawValue).joined(separator: ", ")
            throw PortalError.malformed(code: "query.sort.unknown", field: "sort", details: ["known": known])
        }
        let patients = Patients(database: context.database, caller: context.caller)
        return try request.answer(try patients.list(filter, sortedBy: order, try request.pageRequest()))
    }
}
