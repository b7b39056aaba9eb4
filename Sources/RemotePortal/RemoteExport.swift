import HTTPModel

/// Takes patients and studies out of a portal elsewhere.
package struct RemoteExport {
    /// What an archive will hold.
    package struct Size: Decodable, Sendable {
        package let patients: Int
        package let studies: Int
        package let instances: Int
        /// About how long it will be.
        package let bytes: Int
        let id: String
    }

    private let portal: RemotePortal

    package init(_ portal: RemotePortal) { self.portal = portal }

    private struct Patient: Decodable {
        let id: String
        let patientId: String
    }

    /// The keys of the patients that have an id, with any issuer.
    ///
    /// - Parameter patientID: `nil` for all that the token sees.
    package func patients(named patientID: String?) throws -> [String] {
        let query = patientID.map { "&q=\(PercentEncoding.encode($0))" } ?? ""
        return try portal.all("/api/patients?limit=200\(query)", of: Patient.self)
            .filter { patientID == nil || $0.patientId == patientID }.map(\.id)
    }

    private struct Selection: Encodable {
        let patients: [String]
        let studies: [String]
    }

    /// Gathers patients, by their keys, and studies.
    ///
    /// - Throws: `RemoteRefusal`; `ConnectionLost` when the portal stays away.
    package func make(patients: [String], studies: [String]) throws -> Size {
        try portal.ask(.post, "/api/exports", json: Selection(patients: patients, studies: studies), as: Size.self)
    }

    /// Writes the archive.
    ///
    /// - Throws: `RemoteRefusal`; `ConnectionLost` when it broke off; what `output` throws.
    package func write(_ made: Size, to output: @escaping (ArraySlice<UInt8>) throws -> Void) throws {
        _ = try portal.send(.get, "/api/exports/\(made.id)", headers: ["Accept: application/zip"], output: output)
    }
}
