/// An account as those see it who manage users.
package struct AccountRecord: Sendable, Equatable, Encodable {
    package enum Status: String, Sendable, CaseIterable, Codable { case active, inactive, disabled }

    package let id: String
    package let email: String
    package let name: String
    package let status: Status
    /// RFC 3339.
    @Nullable package private(set) var expiresAt: String?
    package let language: String
    /// The groups' ids, sorted by the groups' names.
    package let groups: [String]
    /// The one patient file that this account sees.
    @Nullable package private(set) var patient: String?
    @Nullable package private(set) var lastSeenAt: String?
    package let mustChangePassword: Bool
    package let revision: Int

    private enum CodingKeys: String, CodingKey {
        case id, email, name, status, expiresAt, language, groups, patient, lastSeenAt, mustChangePassword
    }
}

/// What a document says about an account.
package struct AccountDraft: Sendable, Decodable {
    package var email: Change<String> = .keep
    package var name: Change<String> = .keep
    package var status: Change<String> = .keep
    package var expiresAt: Change<String> = .keep
    package var language: Change<String> = .keep
    package var patient: Change<String> = .keep
    package var groups: Change<[String]> = .keep
    package var password: Change<String> = .keep
    package var mustChangePassword: Change<Bool> = .keep

    private enum Key: String, CodingKey {
        case email, name, status, expiresAt, language, patient, groups, password, mustChangePassword
    }

    package init() {}

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        email = try container.change(String.self, .email)
        name = try container.change(String.self, .name)
        status = try container.change(String.self, .status)
        expiresAt = try container.change(String.self, .expiresAt)
        language = try container.change(String.self, .language)
        patient = try container.change(String.self, .patient)
        groups = try container.change([String].self, .groups)
        password = try container.change(String.self, .password)
        mustChangePassword = try container.change(Bool.self, .mustChangePassword)
    }

    /// The draft as a whole document; the password, which no document shows, stays unless it is given.
    package var replacing: AccountDraft {
        var draft = self
        draft.email = email.replacing
        draft.name = name.replacing
        draft.status = status.replacing
        draft.expiresAt = expiresAt.replacing
        draft.language = language.replacing
        draft.patient = patient.replacing
        draft.groups = groups.replacing
        return draft
    }
}
