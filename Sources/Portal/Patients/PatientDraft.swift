/// What a document says about a patient. What the portal counts itself (studies, modalities) is passed over.
package struct PatientDraft: Sendable, Decodable {
    package var patientId: Change<String> = .keep
    package var issuer: Change<String> = .keep
    package var lastName: Change<String> = .keep
    package var birthName: Change<String> = .keep
    package var firstName: Change<String> = .keep
    package var birthDate: Change<String> = .keep
    package var sex: Change<String> = .keep
    package var condition: Change<String> = .keep
    package var status: Change<String> = .keep
    /// Why the status changes; kept with the change, not with the patient.
    package var statusNote: Change<String> = .keep
    package var notes: Change<String> = .keep
    package var lastVisit: Change<String> = .keep
    package var extra: Change<FreeJSON> = .keep
    /// Whether a new patient may have no last name, as one that came from a file; no document can say so.
    package var mayBeNameless = false

    private enum Key: String, CodingKey {
        case patientId, issuer, lastName, birthName, firstName, birthDate, sex, condition, status, notes, lastVisit
        case statusNote, extra
    }

    package init() {}

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        patientId = try container.change(String.self, .patientId)
        issuer = try container.change(String.self, .issuer)
        lastName = try container.change(String.self, .lastName)
        birthName = try container.change(String.self, .birthName)
        firstName = try container.change(String.self, .firstName)
        birthDate = try container.change(String.self, .birthDate)
        sex = try container.change(String.self, .sex)
        condition = try container.change(String.self, .condition)
        status = try container.change(String.self, .status)
        statusNote = try container.change(String.self, .statusNote)
        notes = try container.change(String.self, .notes)
        lastVisit = try container.change(String.self, .lastVisit)
        extra = try container.change(FreeJSON.self, .extra)
    }
}
