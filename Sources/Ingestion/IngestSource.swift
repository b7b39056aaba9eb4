import DICOM
import Portal

/// A DICOM sender as far as filing asks.
package struct SenderIdentity: Sendable, Equatable {
    package let id: String
    /// The group that sees what it sends; `nil` for a sender that is trusted with every study.
    package let groupID: String?
    /// Whether its group creates unknown patients.
    package let mayEditPatients: Bool
    /// The defined term of the encoding of text that its files declare wrongly or not at all; empty when unknown.
    package let characterSet: String

    package init(id: String, groupID: String?, mayEditPatients: Bool, characterSet: String = "") {
        self.id = id
        self.groupID = groupID
        self.mayEditPatients = mayEditPatients
        self.characterSet = characterSet
    }
}

/// Where a batch comes from. Without a caller and a sender it is the portal itself: its command line.
package struct IngestSource: Sendable {
    /// The door: `stow`, `import` or `c-store`.
    package enum Route: String, Sendable { case stow, `import`, cStore = "c-store" }

    package var caller: Caller?
    package var sender: SenderIdentity?
    package var route: Route
    /// The network address, for the record; empty for the command line.
    package var address: String
    /// The patient that new and unattached studies join, whatever their files say: a sidecar's. The caller has the
    /// right to attach to it.
    package var patient: String?
    /// The import that brings the files, so that they can be taken back.
    package var importID: String?

    package init(
        caller: Caller? = nil, sender: SenderIdentity? = nil, route: Route, address: String = "",
        patient: String? = nil, importID: String? = nil
    ) {
        self.importID = importID
        self.caller = caller
        self.sender = sender
        self.route = route
        self.address = address
        self.patient = patient
    }

    /// How text is read whose encoding the files do not tell.
    var characterSet: SpecificCharacterSet { SpecificCharacterSet(fallback: sender?.characterSet ?? "") }

    /// For the audit: by which door, and by which sender.
    var facts: [String: String] { ["route": route.rawValue].merging(sender.map { ["sender": $0.id] } ?? [:]) { $1 } }

    var filer: Filer {
        if let sender {
            return Filer(
                kind: .sender(id: sender.id, groupID: sender.groupID), mayCreatePatients: sender.mayEditPatients,
                patient: patient, address: address, importID: importID)
        }
        if let caller, caller.userID != nil || !caller.holdsOnAll(.import) {
            // A stranger, who should never come this far, is nobody's account: the database refuses it.
            return Filer(
                kind: .user(id: caller.userID ?? Self.nobody), mayCreatePatients: caller.holds(.editPatients),
                patient: patient, address: address, importID: importID)
        }
        return Filer(
            kind: .portal, mayCreatePatients: true, patient: patient, address: address, importID: importID)
    }

    private static let nobody = "00000000-0000-0000-0000-000000000000"
}
