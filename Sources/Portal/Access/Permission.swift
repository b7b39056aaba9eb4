/// What a group lets its members do, within the group's scope.
package enum Permission: String, Sendable, CaseIterable, Codable {
    /// See patients and studies.
    case view
    /// Make and change patients, attach studies.
    case editPatients
    /// Bring files in.
    case `import`
    /// Take files out.
    case export
    /// Make links for others.
    case share
    /// Remove patients and studies.
    case delete
    /// Make and change accounts and groups.
    case manageUsers
    /// Senders, conflicts, storage, statuses, audit, jobs, self-test.
    case administer
}
