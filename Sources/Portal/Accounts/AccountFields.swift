import Postgres

/// An account's values after a draft, checked.
struct AccountFields: Equatable {
    private static let longestName = 100
    private static let longestEmail = 254  // RFC 5321 §4.5.3.1.3, less the angle brackets

    let email: String
    let name: String
    let status: String
    let expiresAt: String?
    let language: String
    let patient: String?
    let groups: [String]
    let password: String?

    /// - Throws: 422 `user.email.missing`, `user.email.invalid`, `user.name.tooLong`, `user.status.unknown`,
    ///   `user.language.unknown`, `user.expiresAt.invalid`, `user.patient.unknown`, `user.groups.unknown`,
    ///   `password.tooShort`, `password.tooLong`.
    init(_ draft: AccountDraft, over current: AccountRecord?, in database: Connection) throws {
        email = plain(draft.email.applied(to: current?.email ?? "", empty: ""))
        name = plain(draft.name.applied(to: current?.name ?? "", empty: ""))
        status = draft.status.applied(to: (current?.status ?? .active).rawValue, empty: "active")
        expiresAt = draft.expiresAt.applied(to: current?.expiresAt)
        language = draft.language.applied(to: current?.language ?? "fr", empty: "fr")
        patient = draft.patient.applied(to: current?.patient)
        groups = Array(Set(draft.groups.applied(to: current?.groups ?? [], empty: []))).sorted()
        password = draft.password.value
        let problems = try problems(in: database)
        guard problems.isEmpty else { throw PortalError.invalid(problems) }
    }

    private func problems(in database: Connection) throws(PostgresError) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        func refuse(_ field: String, _ code: String, limit: Int? = nil, if broken: Bool) {
            if broken { problems.append(FieldProblem(field: field, code: code, limit: limit)) }
        }
        refuse("email", "user.email.missing", if: email.isEmpty)
        refuse("email", "user.email.invalid", if: !email.isEmpty && !Self.isEmail(email))
        refuse("name", "user.name.tooLong", limit: Self.longestName, if: name.count > Self.longestName)
        refuse("status", "user.status.unknown", if: AccountRecord.Status(rawValue: status) == nil)
        refuse("language", "user.language.unknown", if: !["fr", "en"].contains(language))
        refuse("expiresAt", "user.expiresAt.invalid", if: expiresAt.map { !Instant.isValid($0) } ?? false)
        if let patient, try !Self.exist([patient], "portal.patients", database) {
            refuse("patient", "user.patient.unknown", if: true)
        }
        if try !Self.exist(groups, "portal.groups", database) { refuse("groups", "user.groups.unknown", if: true) }
        if let password, let problem = PasswordRules.problem(of: password, field: "password") {
            problems.append(problem)
        }
        return problems
    }

    /// - Parameter table: one of ours.
    private static func exist(_ ids: [String], _ table: String, _ database: Connection) throws(PostgresError) -> Bool {
        guard ids.allSatisfy(isUUID) else { return false }
        guard !ids.isEmpty else { return true }
        let rows = try database.query("SELECT count(*) FROM \(raw: table) WHERE id = ANY (\(uuids: ids))")
        return try rows.first?.int(0) == ids.count
    }

    /// One `@` with something on both sides, and no space. Only a message that arrives proves more.
    private static func isEmail(_ text: String) -> Bool {
        let halves = text.split(separator: "@", omittingEmptySubsequences: false)
        return text.utf8.count <= longestEmail && halves.count == 2 && halves.allSatisfy { !$0.isEmpty }
            && !text.contains(where: \.isWhitespace)
    }
}
