import FoundationEssentials
import Ingestion
import Portal
import Postgres

/// Makes and changes the patients that sidecars describe, within the rights of the caller.
struct SidecarPatients {
    /// What became of one sidecar.
    struct Taken {
        /// The patient that the folder's files join; `nil` when the caller may not edit it, or in a dry run of a new one.
        let key: String?
        let action: ImportReport.PatientAction
        var warnings: [PatientWarning] = []
        var changes: [PatientFieldChange] = []
    }

    private let rows: FilingPatients
    private let patients: Patients
    private let groups: Groups
    private let rights: Rights
    private let caller: Caller

    init(database: Connection, caller: Caller, address: String) {
        rows = FilingPatients(database: database)
        patients = Patients(database: database, caller: caller, address: address)
        groups = Groups(database: database, caller: caller, address: address)
        rights = Rights(database: database, caller: caller)
        self.caller = caller
    }

    /// Whether the sidecar's patient is there for the caller to edit.
    func exists(_ sidecar: Sidecar) throws -> Bool { try editable(try key(of: sidecar)) != nil }

    func take(_ sidecar: Sidecar, _ options: ImportOptions) throws -> Taken {
        guard caller.holds(.editPatients) else { return Self.refused }
        let (draft, warnings) = try draft(of: sidecar)
        do {
            var taken = try take(sidecar, draft, options)
            taken.warnings = warnings + taken.warnings
            if let key = taken.key, !options.isDryRun { taken.warnings += try share(key, with: sidecar.groups) }
            return taken
        } catch PortalError.notFound, PortalError.forbidden {
            return Self.refused
        } catch PortalError.invalid(let problems) {
            return Taken(key: nil, action: .rejected, warnings: warnings + problems.map { .invalid($0) })
        }
    }

    /// What is hidden and what is not allowed give one answer.
    private static let refused = Taken(key: nil, action: .skipped, warnings: [.notAllowed])

    private func take(_ sidecar: Sidecar, _ draft: PatientDraft, _ options: ImportOptions) throws -> Taken {
        guard let known = try key(of: sidecar) else {
            if options.isDryRun { return Taken(key: nil, action: .created) }
            do {
                return Taken(key: try patients.make(draft).id, action: .created)
            } catch PortalError.conflict {
                return try take(sidecar, draft, options)  // another process was faster
            }
        }
        guard let current = try editable(known) else { return Self.refused }
        // The id of a file that is part of another one: what it says is not about the whole.
        guard current.patientId == sidecar.id else { return Taken(key: current.id, action: .unchanged) }
        if options.onExisting == .skip { return Taken(key: known, action: .skipped) }
        let changes = draft.changes(of: current)
        guard !changes.isEmpty else { return Taken(key: known, action: .unchanged) }
        if !options.isDryRun { _ = try patients.change(known, draft, replacing: false) { _ in } }
        return Taken(key: known, action: .updated, changes: changes)
    }

    private func key(of sidecar: Sidecar) throws -> String? {
        try rows.key(of: sidecar.id, issuer: sidecar.issuer ?? "")
    }

    private func editable(_ key: String?) throws -> PatientRecord? {
        guard let key, try rights.may(.editPatients, patient: key) else { return nil }
        do {
            return try patients.find(key)
        } catch PortalError.notFound {
            return nil
        }
    }

    /// The members that a sidecar names, as a patch.
    private func draft(of sidecar: Sidecar) throws -> (draft: PatientDraft, warnings: [PatientWarning]) {
        var draft = PatientDraft()
        var warnings: [PatientWarning] = []
        draft.patientId = .set(sidecar.id)
        draft.issuer = sidecar.issuer.map { .set($0) } ?? .keep
        draft.lastName = sidecar.lastName.isEmpty ? .keep : .set(sidecar.lastName)
        draft.mayBeNameless = sidecar.lastName.isEmpty
        draft.firstName = sidecar.firstName.map { .set($0) } ?? .keep
        draft.birthName = sidecar.birthName.map { .set($0) } ?? .keep
        draft.sex = sidecar.sex.map { $0.isEmpty ? .clear : .set($0) } ?? .keep
        draft.birthDate = sidecar.birthDate.map { $0.isEmpty ? .clear : .set($0) } ?? .keep
        draft.condition = sidecar.condition.map { .set($0) } ?? .keep
        draft.notes = sidecar.notes.map { .set($0) } ?? .keep
        draft.lastVisit = sidecar.lastVisit.map { $0.isEmpty ? .clear : .set($0) } ?? .keep
        if !sidecar.extra.isEmpty {
            let text = JSONValue.object(sidecar.extra).text
            if let extra = try? JSONDecoder().decode(FreeJSON.self, from: Data(text.utf8)) {
                draft.extra = .set(extra)
            } else {
                warnings.append(.extraLost)
            }
        }
        if let status = sidecar.status, !status.isEmpty {
            let code = try rows.statusCode(status)
            draft.status = code.map { .set($0) } ?? .keep
            if code == nil { warnings.append(.statusUnknown) }
        }
        return (draft, warnings)
    }

    /// Shows a patient to the groups that a sidecar names, as far as the caller could by hand.
    private func share(_ key: String, with names: [String]) throws -> [PatientWarning] {
        var unshared = 0
        for name in names {
            do {
                guard let group = try rows.group(named: name) else { throw PortalError.notFound }
                try groups.grant(key, to: group)
            } catch PortalError.notFound, PortalError.forbidden {
                unshared += 1
            }
        }
        return unshared == 0 ? [] : [.groupsUnknown(unshared)]
    }
}

/// What a sidecar would make of one field of a patient.
package struct PatientFieldChange: Encodable, Sendable, Equatable {
    package let field: String
    @Nullable package private(set) var from: String?
    @Nullable package private(set) var to: String?
}

extension PatientDraft {
    /// The fields in which the patch would make a difference.
    fileprivate func changes(of current: PatientRecord) -> [PatientFieldChange] {
        var fields: [(name: String, from: String?, to: String?)] = [
            ("lastName", current.lastName, lastName.applied(to: current.lastName, empty: "")),
            ("firstName", current.firstName, firstName.applied(to: current.firstName, empty: "")),
            ("birthName", current.birthName, birthName.applied(to: current.birthName, empty: "")),
            ("sex", current.sex.rawValue, sex.applied(to: current.sex.rawValue, empty: "U")),
            ("birthDate", current.birthDate, birthDate.applied(to: current.birthDate)),
            ("condition", current.condition, condition.applied(to: current.condition, empty: "")),
            ("status", current.status, status.applied(to: current.status, empty: current.status)),
            ("notes", current.notes, notes.applied(to: current.notes, empty: "")),
            ("lastVisit", current.lastVisit, lastVisit.applied(to: current.lastVisit)),
        ]
        if case .set(let patch) = extra {
            let merged = current.extra.merged(with: patch)
            if merged != current.extra { fields.append(("extra", try? current.extra.text(), try? merged.text())) }
        }
        return fields.filter { $0.from != $0.to }.map { PatientFieldChange(field: $0.name, from: $0.from, to: $0.to) }
    }
}
