import FoundationEssentials

/// What became of one import, for people and for the exit status.
struct ImportResult {
    static let refused = ImportResult(json: "", text: "", hasTaken: false, hasRefused: true)

    /// The report or the plan as the portal writes it.
    let json: String
    let text: String
    let hasTaken: Bool
    let hasRefused: Bool

    private init(json: String, text: String, hasTaken: Bool, hasRefused: Bool) {
        (self.json, self.text, self.hasTaken, self.hasRefused) = (json, text, hasTaken, hasRefused)
    }

    /// - Parameter document: a report or a plan, JSON.
    init(_ document: [UInt8]) throws {
        let report = try JSONDecoder().decode(Document.self, from: Data(document))
        func count(_ names: String...) -> Int { names.reduce(0) { $0 + (report.counts?[$1] ?? 0) } }
        let refused = count("conflict", "notDicom", "rejected")
        let patients = report.patients ?? []
        let turnedAway = patients.count { $0.action == "rejected" }
        let taken = count("stored", "new", "identical", "known")
        json = String(decoding: document, as: UTF8.self)
        hasTaken = report.counts != nil && (taken > 0 || patients.count > turnedAway || refused + turnedAway == 0)
        hasRefused = refused + turnedAway > 0 || report.problem != nil
        var lines = patients.flatMap { patient in
            ["patient \(patient.patientId): \(patient.action)"] + patient.warnings.map { "  \($0.message)" }
        }
        lines += (report.files ?? []).filter { $0.outcome != "skipped" }.compactMap { file in
            file.message.map { "\(file.path): \($0)" }
        }
        if let problem = report.problem { lines.append(problem) }
        let isPlan = report.dryRun ?? (report.counts?["new"] != nil)
        if report.counts != nil {
            lines.append(
                """
                \(isPlan ? "would be " : "")stored \(count("stored", "new")), identical \(count("identical", "known")), \
                conflicts \(count("conflict")), not DICOM \(count("notDicom")), refused \(count("rejected")), \
                passed over \(count("skipped"))
                """)
        }
        text = lines.map(\.plain).joined(separator: "\n")
    }

    /// What a report and a plan have in common.
    private struct Document: Decodable {
        struct Patient: Decodable {
            let patientId: String
            let action: String
            let warnings: [Warning]
        }

        struct Warning: Decodable { let message: String }

        struct File: Decodable {
            let path: String
            let outcome: String
            let message: String?
        }

        let dryRun: Bool?
        let patients: [Patient]?
        let files: [File]?
        /// Absent when nothing was done.
        let counts: [String: Int]?
        let problem: String?
    }
}
