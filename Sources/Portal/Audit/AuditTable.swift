/// The record as comma-separated values.
package enum AuditTable {
    package static let header = SpreadsheetLine.text([
        "at", "action", "actor", "actorName", "sender", "patient", "patientId", "study", "address", "details",
    ])

    package static func row(_ entry: AuditEntry) throws -> String {
        SpreadsheetLine.text([
            entry.at, entry.action, entry.actor?.email ?? "", entry.actor?.name ?? "", entry.sender?.aeTitle ?? "",
            entry.patient?.id ?? "", entry.patient?.patientId ?? "", entry.study ?? "", entry.address,
            try entry.details.text(),
        ])
    }
}
