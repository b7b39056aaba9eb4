/// A row of the record as an audit message of DICOM.
///
/// - SeeAlso: PS3.15 §A.5.1 (schema), §A.5.2 (fields), §A.5.3 (events); PS3.16 CID 400, 401.
package struct AuditMessage {
    /// A code of the DICOM Controlled Terminology (PS3.16 Annex D).
    private struct Code {
        let value: String
        let meaning: String

        init(_ value: String, _ meaning: String) { (self.value, self.meaning) = (value, meaning) }
    }

    private struct Event {
        let id: Code
        /// C, R, U, D or E.
        let action: String
        var type: Code?
        var hasFailed = false
    }

    private let entry: AuditEntry

    package init(_ entry: AuditEntry) { self.entry = entry }

    /// One `AuditMessage` element, without an XML declaration.
    package var xml: String {
        """
        <AuditMessage>\(identification)\(participant)<AuditSourceIdentification AuditSourceID="Preview DICOM">\
        <AuditSourceTypeCode csd-code="4" codeSystemName="DCM" originalText="Application Server"/>\
        </AuditSourceIdentification>\(objects)</AuditMessage>
        """
    }

    private var identification: String {
        let event = Self.event(of: entry.action)
        let type = event.type.map { Self.element("EventTypeCode", $0) } ?? ""
        let attributes = """
            EventActionCode="\(event.action)" EventDateTime="\(entry.at)" \
            EventOutcomeIndicator="\(event.hasFailed ? 4 : 0)"
            """
        return "<EventIdentification \(attributes)>\(Self.element("EventID", event.id))\(type)</EventIdentification>"
    }

    private var participant: String {
        let user = entry.actor.map { $0.email.isEmpty ? $0.id : $0.email } ?? entry.sender?.aeTitle ?? "portal"
        let name = entry.actor.map { " UserName=\"\(Self.escaped($0.name))\"" } ?? ""
        let network =
            entry.address.isEmpty
            ? "" : " NetworkAccessPointID=\"\(Self.escaped(entry.address))\" NetworkAccessPointTypeCode=\"2\""
        return "<ActiveParticipant UserID=\"\(Self.escaped(user))\"\(name) UserIsRequestor=\"true\"\(network)/>"
    }

    /// Type 1 is a person, 2 a system object; role 1 is the patient, 3 a report or study (PS3.15 §A.5.1).
    private var objects: String {
        let study = entry.study.map {
            Self.object($0, type: 2, role: 3, Code("110180", "Study Instance UID"), system: "DCM", name: "")
        }
        let patient = entry.patient.map {
            Self.object(
                $0.patientId.isEmpty ? $0.id : $0.patientId, type: 1, role: 1, Code("2", "Patient Number"),
                system: "RFC-3881", name: [$0.lastName, $0.firstName].filter { !$0.isEmpty }.joined(separator: "^"))
        }
        return (study ?? "") + (patient ?? "")
    }

    private static func object(
        _ id: String, type: Int, role: Int, _ code: Code, system: String, name: String
    ) -> String {
        """
        <ParticipantObjectIdentification ParticipantObjectID="\(escaped(id))" ParticipantObjectTypeCode="\(type)" \
        ParticipantObjectTypeCodeRole="\(role)">\(element("ParticipantObjectIDTypeCode", code, system: system))\
        <ParticipantObjectName>\(escaped(name))</ParticipantObjectName></ParticipantObjectIdentification>
        """
    }

    private static func element(_ name: String, _ code: Code, system: String = "DCM") -> String {
        "<\(name) csd-code=\"\(code.value)\" codeSystemName=\"\(system)\" originalText=\"\(code.meaning)\"/>"
    }

    private static func event(of action: String) -> Event {
        switch Audit.Action(rawValue: action) {
        case .signIn: Event(id: authentication, action: "E", type: Code("110122", "Login"))
        case .signInRefused: Event(id: authentication, action: "E", type: Code("110122", "Login"), hasFailed: true)
        case .signOut, .sessionRevoked: Event(id: authentication, action: "E", type: Code("110123", "Logout"))
        case .patientViewed: Event(id: patientRecord, action: "R")
        case .patientMade: Event(id: patientRecord, action: "C")
        case .patientRemoved, .patientPurged: Event(id: patientRecord, action: "D")
        case .patientChanged, .patientRestored, .patientMerged, .patientUnmerged: Event(id: patientRecord, action: "U")
        case .studyViewed, .studyPreviewed: Event(id: accessed, action: "R")
        case .studyAttached, .studyDetached, .studyCorrected, .studyRestored, .conflictResolved:
            Event(id: accessed, action: "U")
        case .studyReceived: Event(id: transferred, action: "C")
        case .instanceConflict, .storeRefused: Event(id: transferred, action: "C", hasFailed: true)
        case .studyExported, .exportMade: Event(id: Code("110106", "Export"), action: "R")
        case .studyRemoved, .studyPurged: Event(id: Code("110105", "DICOM Study Deleted"), action: "D")
        case .importEnded: Event(id: Code("110107", "Import"), action: "C")
        case .importUndone: Event(id: Code("110107", "Import"), action: "D")
        case .auditExported: Event(id: Code("110101", "Audit Log Used"), action: "R")
        case .associationEnded: Event(id: networkEntry, action: "E", type: Code("110124", "Attach"))
        case .associationRejected: Event(id: networkEntry, action: "E", type: Code("110124", "Attach"), hasFailed: true)
        case .grantAdded, .grantRemoved:
            Event(id: security, action: "U", type: Code("110132", "Use of Restricted Function"))
        case .groupMade, .groupChanged, .groupRemoved, .memberAdded, .memberRemoved:
            Event(id: security, action: "U", type: Code("110136", "Security Roles Changed"))
        case .userMade, .userChanged, .userRemoved, .passwordChanged, .passwordReset, .tokenMade, .tokenRevoked:
            Event(id: security, action: "U", type: Code("110137", "User security Attributes Changed"))
        case .senderChanged, .statusMade, .statusChanged, .statusRemoved:
            Event(id: security, action: "U", type: Code("110129", "Security Configuration"))
        case .selfTestRun: Event(id: transferred, action: "E")
        case nil: Event(id: Code("110100", "Application Activity"), action: "E")
        }
    }

    private static let authentication = Code("110114", "User Authentication")
    private static let patientRecord = Code("110110", "Patient Record")
    private static let accessed = Code("110103", "DICOM Instances Accessed")
    private static let transferred = Code("110104", "DICOM Instances Transferred")
    private static let networkEntry = Code("110108", "Network Entry")
    private static let security = Code("110113", "Security Alert")

    /// Text in an attribute or an element; what XML 1.0 cannot hold becomes U+FFFD.
    private static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += "&#\(scalar.value);"
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
    }
}
