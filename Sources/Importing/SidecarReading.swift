import DICOM

extension Sidecar {
    /// Reads one object of a sidecar.
    ///
    /// - Parameters:
    ///   - today: `YYYY-MM-DD`; later dates are refused.
    /// - Throws: `SidecarFault` for the first rule that is broken.
    package init(_ document: JSONValue, today: String) throws(SidecarFault) {
        guard case .object(let members) = document else {
            throw SidecarFault(
                code: "sidecar.type", field: "", description: "A sidecar is an object, not \(document.kind).")
        }
        let fields = SidecarFields(members: members, today: today)
        guard let id = try fields.text(["id", "external_id", "externalId"], longest: 64), !id.isEmpty else {
            throw SidecarFault(code: "sidecar.id", field: "id", description: "The member 'id' is missing or empty.")
        }
        // An export writes its version, and says of a patient that came from a file without a name that it has none.
        let mayBeNameless = fields.value(["version"]) != nil
        guard let lastName = try fields.text(["lastName", "last_name"], longest: 64), !lastName.isEmpty || mayBeNameless
        else {
            throw SidecarFault(
                code: "sidecar.lastName", field: "lastName", description: "The member 'lastName' is missing or empty.")
        }
        self.id = id
        self.lastName = lastName
        issuer = try fields.text(["issuer"], longest: 64)
        firstName = try fields.text(["firstName", "first_name"], longest: 64)
        birthName = try fields.text(["birthName", "birth_name"], longest: 64)
        sex = try fields.choice(["sex"], ["", "F", "M", "O", "U"])
        birthDate = try fields.date(["dob", "date_of_birth", "birthDate", "birth_date"])
        condition = try fields.text(["condition"], longest: 10_000)
        status = try fields.text(["status"], longest: 64)
        notes = try fields.text(["notes"], longest: 10_000)
        lastVisit = try fields.date(["lastVisit", "last_visit"])
        groups = try fields.texts(["groups"])
        folder = try fields.text(["folder"], longest: 2048)
        if let policy = try fields.choice(
            ["identityPolicy", "identity_policy"], IdentityPolicy.allCases.map(\.rawValue))
        {
            identityPolicy = IdentityPolicy(rawValue: policy) ?? .keep
        }
        studies = try fields.studies()
        if let legacy = fields.value(["dicomStudyUid", "dicom_study_uid"])?.string, !legacy.isEmpty, studies.isEmpty {
            if let uid = UID(legacy) {
                studies = [ExpectedStudy(studyUID: uid.text)]
            } else {
                warnings.append(.studyIgnored)
            }
        }
        extra = members.filter { !Self.known.contains($0.name) } + (try fields.extra())
    }

    /// Every name that the format gives a meaning, aliases and the predecessor's among them.
    private static let known: Set<String> = [
        "version", "id", "external_id", "externalId", "issuer", "lastName", "last_name", "firstName", "first_name",
        "birthName", "birth_name", "sex", "dob", "date_of_birth", "birthDate", "birth_date", "condition", "status",
        "notes", "lastVisit", "last_visit", "groups", "studies", "identityPolicy", "identity_policy", "folder", "extra",
        "dicomStudyUid", "dicom_study_uid", "orthancPatientId", "orthanc_patient_id",
    ]
}

/// The members of one sidecar, read by their rules.
struct SidecarFields {
    let members: [(name: String, value: JSONValue)]
    let today: String

    /// The value under the first of these names that the document has; null is "not said".
    func value(_ names: [String]) -> JSONValue? {
        for name in names {
            if let value = members.last(where: { $0.name == name })?.value, value != .null { return value }
        }
        return nil
    }

    func text(_ names: [String], longest: Int) throws(SidecarFault) -> String? {
        guard let value = value(names) else { return nil }
        let text: String
        switch value {
        case .string(let string): text = string
        case .number(let digits) where names.contains("id"): text = digits  // the predecessor's ids may be numbers
        default: throw fault(names, "must be a string, not \(value.kind)")
        }
        let trimmed = text.replacing("\r\n", with: "\n").trimmingEdges
        guard trimmed.count <= longest else { throw fault(names, "is longer than \(longest) characters") }
        let isMultiline = longest > 64
        let isClean = trimmed.unicodeScalars.allSatisfy { scalar in
            scalar.properties.generalCategory != .control || isMultiline && (scalar == "\n" || scalar == "\t")
        }
        guard isClean else { throw fault(names, "holds control characters") }
        return trimmed
    }

    func texts(_ names: [String]) throws(SidecarFault) -> [String] {
        guard let value = value(names) else { return [] }
        guard case .array(let elements) = value, elements.count <= 100 else {
            throw fault(names, "must be an array of at most 100 strings")
        }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else { throw fault(names, "must hold strings only") }
            texts.append(text.trimmingEdges)
        }
        return texts
    }

    func choice(_ names: [String], _ choices: [String]) throws(SidecarFault) -> String? {
        guard let text = try text(names, longest: 64) else { return nil }
        guard choices.contains(text) else {
            throw fault(names, "must be one of \(choices.filter { !$0.isEmpty }.joined(separator: ", "))")
        }
        return text
    }

    /// - Returns: `YYYY-MM-DD`, empty when it shall be cleared.
    func date(_ names: [String]) throws(SidecarFault) -> String? {
        guard let text = try text(names, longest: 64), !text.isEmpty else { return value(names) == nil ? nil : "" }
        guard let date = CalendarDate.iso(text) else {
            throw fault(names, "must be a date that exists: YYYY-MM-DD, YYYYMMDD or dd/MM/yyyy")
        }
        guard date <= today else { throw fault(names, "lies in the future") }
        return date
    }

    /// What an export wrote down of members that are not known.
    func extra() throws(SidecarFault) -> [(name: String, value: JSONValue)] {
        guard let value = value(["extra"]) else { return [] }
        guard case .object(let members) = value else { throw fault(["extra"], "must be an object") }
        return members
    }

    func fault(_ names: [String], _ problem: String) -> SidecarFault {
        let used = names.first { name in members.contains { $0.name == name } } ?? names.first ?? ""
        return SidecarFault(
            code: "sidecar.\(names.first ?? "")", field: used, description: "The member '\(used)' \(problem).")
    }
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmingEdges: String {
        let start = firstIndex { !$0.isWhitespace } ?? endIndex
        guard let end = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[start...end])
    }
}
