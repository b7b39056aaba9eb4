/// A patient as the API shows it.
package struct PatientRecord: Sendable, Equatable, Encodable {
    package enum Sex: String, Sendable, CaseIterable, Codable {
        case female = "F"
        case male = "M"
        case other = "O"
        case unknown = "U"
    }

    package let id: String
    /// The trade's id (0010,0020), unique with its issuer.
    package let patientId: String
    package let issuer: String
    package let lastName: String
    package let birthName: String
    package let firstName: String
    /// `YYYY-MM-DD`.
    package let birthDate: String?
    package let sex: Sex
    package let condition: String
    /// One of the workflow's states.
    package let status: String
    package let notes: String
    package let lastVisit: String?
    /// How many studies are attached.
    package let studies: Int
    /// When the newest study began, local time of the modality, `YYYY-MM-DDTHH:MM:SS`; `nil` without a known time.
    package let lastStudy: String?
    package let modalities: [String]
    /// Root-relative URLs of the newest series' thumbnails, at most four.
    package let thumbnails: [String]
    package let extra: FreeJSON
    package let revision: Int

    private enum Key: String, CodingKey {
        case id, patientId, issuer, lastName, birthName, firstName, birthDate, sex, condition, status, notes, lastVisit
        case studies, lastStudy, modalities, thumbnails, extra
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(id, forKey: .id)
        try container.encode(patientId, forKey: .patientId)
        try container.encode(issuer, forKey: .issuer)
        try container.encode(lastName, forKey: .lastName)
        try container.encode(birthName, forKey: .birthName)
        try container.encode(firstName, forKey: .firstName)
        try container.encode(birthDate, forKey: .birthDate)
        try container.encode(sex, forKey: .sex)
        try container.encode(condition, forKey: .condition)
        try container.encode(status, forKey: .status)
        try container.encode(notes, forKey: .notes)
        try container.encode(lastVisit, forKey: .lastVisit)
        try container.encode(studies, forKey: .studies)
        try container.encode(lastStudy, forKey: .lastStudy)
        try container.encode(modalities, forKey: .modalities)
        try container.encode(thumbnails, forKey: .thumbnails)
        try container.encode(extra, forKey: .extra)
    }
}
