/// What somebody asks to take out: whole patients, and single studies beside them.
package struct ExportSelection: Sendable, Equatable {
    /// The patients' keys, sorted.
    package let patients: [String]
    /// Study Instance UIDs, sorted.
    package let studies: [String]

    package init(patients: [String], studies: [String]) {
        self.patients = Set(patients.map { $0.lowercased() }).sorted()
        self.studies = Set(studies).sorted()
    }

    var isEmpty: Bool { patients.isEmpty && studies.isEmpty }
    var count: Int { patients.count + studies.count }
}

/// One folder of an export: a patient with studies, or the studies that have no patient.
package struct ExportFolder: Sendable, Equatable {
    /// The patient's key.
    package let patient: String?
    /// Study Instance UIDs, sorted.
    package let studies: [String]
}

/// How much an export is.
package struct ExportSize: Sendable, Equatable {
    package let patients: Int
    package let studies: Int
    package let instances: Int
    /// Of the stored files, in bytes.
    package let bytes: Int
}

/// An export that its maker may fetch.
package struct ExportRecord: Sendable, Equatable, Encodable {
    package let id: String
    package let patients: Int
    package let studies: Int
    package let instances: Int
    /// Of the stored files, in bytes.
    package let bytes: Int
    package let expiresAt: String
}

/// What an export says of a study beside its files.
package struct ExportedStudy: Sendable, Equatable, Encodable {
    /// What the study is shown under instead of what its files say.
    package struct Correction: Sendable, Equatable, Encodable {
        package let name: String
        package let patientId: String
        package let issuer: String
        package let birthDate: String
        package let sex: String
        /// Which portal corrected it.
        package let system: String
    }

    package let studyInstanceUID: String
    package let description: String
    /// `YYYY-MM-DD`; empty when unknown.
    package let date: String
    package let correction: Correction?
}
