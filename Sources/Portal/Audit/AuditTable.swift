/// The record as comma-separated values (RFC 4180) that a spreadsheet opens without computing anything.
package enum AuditTable {
    package static let header = line([
        "at", "action", "actor", "actorName", "sender", "patient", "patientId", "study", "address", "details",
    ])

    package static func row(_ entry: AuditEntry) throws -> String {
        line([
            entry.at, entry.action, entry.actor?.email ?? "", entry.actor?.name ?? "", entry.sender?.aeTitle ?? "",
            entry.patient?.id ?? "", entry.patient?.patientId ?? "", entry.study ?? "", entry.address,
            try entry.details.text(),
        ])
    }

    private static func line(_ cells: [String]) -> String { cells.map(cell).joined(separator: ",") + "\r\n" }

    /// What a spreadsheet would take for a formula gets an apostrophe in front.
    private static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) } ?? false
        let safe = (isFormula ? "'" : "") + text
        guard safe.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return safe }
        let doubled = safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
        return "\"\(doubled)\""
    }
}
