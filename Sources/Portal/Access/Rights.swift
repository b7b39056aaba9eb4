import Postgres

/// What a caller may do to one thing. What it sees is decided by the visible lists alone.
package struct Rights {
    private let database: Connection
    private let caller: Caller

    package init(database: Connection, caller: Caller) {
        self.database = database
        self.caller = caller
    }

    /// Whether a group gives the permission for this patient: a group for all, or one that the patient is granted to.
    package func may(_ permission: Permission, patient: String) throws(PostgresError) -> Bool {
        guard caller.holds(permission), let user = caller.userID else { return caller.holdsOnAll(permission) }
        if caller.holdsOnAll(permission) { return true }
        return try !database.query(
            """
            SELECT 1 FROM portal.members m JOIN portal.groups g ON g.id = m.group_id
                JOIN portal.grants x ON x.group_id = g.id AND x.patient_id = \(uuid: patient)
            WHERE m.user_id = \(uuid: user) AND \(permission.rawValue) = ANY (g.permissions) LIMIT 1
            """
        ).isEmpty
    }

    /// - Throws: `PortalError.notFound` when the caller does not see the patient; `forbidden` when it sees it only.
    package func require(_ permission: Permission, patient: String) throws {
        guard try sees(patient: patient) else { throw PortalError.notFound }
        guard try may(permission, patient: patient) else { throw Self.missing(permission) }
    }

    /// The key of a study for which a group gives the permission: through its patient; through its sender, or as the
    /// caller's own, while it has none.
    ///
    /// - Throws: `PortalError.notFound` when the caller does not see the study; `forbidden` when it sees it only.
    @discardableResult
    package func require(_ permission: Permission, study uid: String) throws -> Int {
        guard let key = try visibleStudy(uid: uid) else { throw PortalError.notFound }
        if caller.holdsOnAll(permission) { return key }
        let row = try database.query(
            """
            SELECT s.patient, coalesce(s.brought_by = \(uuid: caller.userID), false) OR EXISTS (
                SELECT FROM portal.senders x JOIN portal.groups g ON g.id = x.group_id
                    JOIN portal.members m ON m.group_id = g.id
                WHERE x.id = s.sender AND m.user_id = \(uuid: caller.userID)
                    AND \(permission.rawValue) = ANY (g.permissions))
            FROM portal.studies s WHERE s.id = \(key)
            """
        ).first
        guard let row, caller.holds(permission),
            try row.textOrNil(0).map({ try may(permission, patient: $0) }) ?? row.bool(1)
        else { throw Self.missing(permission) }
        return key
    }

    /// - Throws: `forbidden` unless the permission holds for all patients.
    package func requireOnAll(_ permission: Permission) throws(PortalError) {
        guard caller.holdsOnAll(permission) else { throw Self.missing(permission) }
    }

    package func sees(patient: String) throws(PostgresError) -> Bool {
        guard isUUID(patient) else { return false }
        return try !database.query(
            """
            SELECT 1 FROM portal.visible_patients WHERE patient = \(uuid: patient) AND scope_id = \(caller.scopeID)
            """
        ).isEmpty
    }

    /// Whether the caller would see a patient that is deleted or part of another file.
    package func saw(patient: String) throws(PostgresError) -> Bool {
        guard isUUID(patient) else { return false }
        return try !database.query(
            """
            SELECT 1 FROM portal.patients p WHERE p.id = \(uuid: patient) AND (\(caller.scopeID) = \(Caller.seesAll)
                OR EXISTS (SELECT FROM portal.scope_patients v WHERE v.patient = p.id AND v.scope_id = \(caller.scopeID)))
            """
        ).isEmpty
    }

    /// The key of a study that the caller sees; `nil` for one that is absent or hidden.
    package func visibleStudy(uid: String) throws(PostgresError) -> Int? {
        try database.query(
            """
            SELECT s.id FROM portal.studies s JOIN portal.visible_studies v ON v.study_id = s.id
            WHERE s.uid = \(uid) AND v.scope_id = \(caller.scopeID)
            """
        ).first.map { row throws(PostgresError) in try row.int(0) }
    }

    static func missing(_ permission: Permission) -> PortalError {
        .forbidden(code: "permission.missing", details: ["permission": permission.rawValue])
    }
}

/// Whether a text has the form of a UUID (RFC 9562 §4); anything else names nothing of ours.
package func isUUID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return false }
    return bytes.enumerated().allSatisfy { index, byte in
        if [8, 13, 18, 23].contains(index) { return byte == UInt8(ascii: "-") }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            return true
        default: return false
        }
    }
}
