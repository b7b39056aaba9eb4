import Portal

/// What someone should know about what became of one patient of an import.
package enum PatientWarning: Sendable, Equatable {
    /// The predecessor's `dicomStudyUid` is no UID.
    case studyIgnored
    /// A member without a meaning holds what cannot be kept.
    case extraLost
    case statusUnknown
    /// This many groups could not be given the patient.
    case groupsUnknown(Int)
    /// What is hidden and what is not allowed are one and the same.
    case notAllowed
    case invalid(FieldProblem)
    case otherPatient
    case studyElsewhere(String)
    case studyAbsent(String)
    /// It shall be shown under another identity than its files', and the caller may not correct studies.
    case notCorrected(String)
    case exists

    /// Stable, for programs.
    package var code: String {
        switch self {
        case .studyIgnored: "studyIgnored"
        case .extraLost: "extraLost"
        case .statusUnknown: "statusUnknown"
        case .groupsUnknown: "groupsUnknown"
        case .notAllowed: "notAllowed"
        case .invalid: "invalid"
        case .otherPatient: "otherPatient"
        case .studyElsewhere: "studyElsewhere"
        case .studyAbsent: "studyAbsent"
        case .notCorrected: "notCorrected"
        case .exists: "exists"
        }
    }

    /// English; the pages have words of their own for the code.
    package var message: String {
        switch self {
        case .studyIgnored: "'dicomStudyUid' is no UID and was passed over."
        case .extraLost: "Members that are not known hold a value that cannot be kept."
        case .statusUnknown: "The status is not known here; the patient keeps its own."
        case .groupsUnknown(let count): "\(count) of the groups are not known here, or not yours to give."
        case .notAllowed:
            "You may not create or change this patient; its files were taken and find their patient by rule."
        case .invalid(let problem): "The member '\(problem.field)' breaks a rule (\(problem.code))."
        case .otherPatient: "Some files name another patient than the sidecar."
        case .studyElsewhere(let uid): "The study \(uid) belongs to another patient and stays there."
        case .exists: "The patient is there already: with onExisting=fail nothing would be stored."
        case .studyAbsent(let uid): "The study \(uid) is expected by the sidecar but not among the files."
        case .notCorrected(let uid):
            "The study \(uid) shall be shown under another identity; you may not do that, so it is as its files are."
        }
    }

    /// The values in the message, by name.
    package var details: [String: String] {
        switch self {
        case .groupsUnknown(let count): ["count": "\(count)"]
        case .invalid(let problem): ["field": problem.field, "code": problem.code]
        case .studyElsewhere(let uid), .studyAbsent(let uid), .notCorrected(let uid): ["study": uid]
        default: [:]
        }
    }
}

extension PatientWarning: Encodable {
    private enum Key: String, CodingKey { case code, message, details }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(code, forKey: .code)
        try container.encode(message, forKey: .message)
        if !details.isEmpty { try container.encode(details, forKey: .details) }
    }
}
