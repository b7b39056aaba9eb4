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
    @Nullable package private(set) var birthDate: String?
    package let sex: Sex
    package let condition: String
    /// One of the workflow's states.
    package let status: String
    package let notes: String
    @Nullable package private(set) var lastVisit: String?
    /// How many studies are attached.
    package let studies: Int
    /// When the newest study began, local time of the modality, `YYYY-MM-DDTHH:MM:SS`; `nil` without a known time.
    @Nullable package private(set) var lastStudy: String?
    package let modalities: [String]
    /// Root-relative URLs of the newest series' thumbnails, at most four.
    package let thumbnails: [String]
    package let extra: FreeJSON
    package let revision: Int

    private enum CodingKeys: String, CodingKey {
        case id, patientId, issuer, lastName, birthName, firstName, birthDate, sex, condition, status, notes, lastVisit
        case studies, lastStudy, modalities, thumbnails, extra
    }
}
