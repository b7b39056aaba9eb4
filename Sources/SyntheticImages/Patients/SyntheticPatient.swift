/// A synthetic patient with all studies.
package struct SyntheticPatient: Sendable {
    package let person: SyntheticPerson
    /// Why they came; the sidecar's `condition`.
    package let condition: String
    package let studies: [SyntheticStudy]

    /// All files, made one by one while the sequence is walked.
    package var instances: some Sequence<SyntheticInstance> {
        studies.lazy.flatMap(\.series).flatMap(\.instances)
    }

    /// The folder of this patient in an export.
    package var folderName: String { "Patient-\(person.id)" }

    /// The JSON sidecar that an import reads beside the files.
    package var sidecar: String {
        let studies = studies.map { study in
            """
            {"studyInstanceUID": "\(study.studyInstanceUID)", "description": \(Self.quoted(study.description)), \
            "date": "\(Self.dashed(study.date))"}
            """
        }
        return """
            {"version": 1, "id": \(Self.quoted(person.id)), "lastName": \(Self.quoted(person.familyName)), \
            "firstName": \(Self.quoted(person.givenName)), "dob": "\(Self.dashed(person.birthDate))", \
            "sex": "\(person.sex)", "condition": \(Self.quoted(condition)), \
            "lastVisit": "\(Self.dashed(self.studies.map(\.date).max() ?? person.birthDate))", \
            "studies": [\(studies.joined(separator: ", "))]}

            """
    }

    private static func dashed(_ date: String) -> String {
        "\(date.prefix(4))-\(date.dropFirst(4).prefix(2))-\(date.suffix(2))"
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined() + "\""
    }
}

/// A study of a synthetic patient.
package struct SyntheticStudy: Sendable {
    package let studyInstanceUID: String
    package let description: String
    /// YYYYMMDD.
    package let date: String
    package let series: [SyntheticSeries]
}
