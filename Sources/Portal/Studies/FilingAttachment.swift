import Postgres

extension StudyFiling {
    /// Attaches studies that are nobody's to a patient, whatever their files say.
    ///
    /// - Returns: the UIDs of those that another patient has; they stay there.
    package func attach(_ uids: [String], to patient: String, for filer: Filer) throws -> [String] {
        let known = try standings(of: uids, for: filer)
        let free = known.values.filter { $0.isOpen && $0.patient == nil }.map(\.id).sorted()
        if !free.isEmpty {
            try database.retryingTransaction {
                try database.query("SELECT pg_advisory_xact_lock_shared(4242001)")
                guard let patient = try livingFile(patient) else { return }
                try database.query(
                    "SELECT id FROM portal.studies WHERE id = ANY (\(free)::bigint[]) ORDER BY id FOR NO KEY UPDATE")
                try database.execute(
                    """
                    UPDATE portal.studies SET patient = \(uuid: patient), updated_at = now()
                    WHERE id = ANY (\(free)::bigint[]) AND patient IS NULL
                    """)
                try database.query("SELECT portal.show_studies(\(free)::bigint[])")
                try database.query("SELECT portal.show_patients(\(uuids: [patient]))")
            }
        }
        return known.filter { $0.value.isOpen && $0.value.patient != nil && $0.value.patient != patient }.keys.sorted()
    }
}
