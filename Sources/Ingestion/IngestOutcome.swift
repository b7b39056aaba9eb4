/// The names of one instance.
package struct StoredInstance: Sendable, Hashable {
    package let studyUID: String
    package let seriesUID: String
    package let sopInstanceUID: String
    package let sopClassUID: String
    /// The identity in the file, for those who compare it with another one; never for a log.
    package let identity: FileIdentity
    /// What is wrong with the file although it was kept; sentences without any of its values.
    package let warnings: [IngestWarning]
}

extension StoredInstance {
    /// One of which nothing but its names is looked at.
    package init(studyUID: String, seriesUID: String, sopInstanceUID: String, sopClassUID: String) {
        self.init(
            studyUID: studyUID, seriesUID: seriesUID, sopInstanceUID: sopInstanceUID, sopClassUID: sopClassUID,
            identity: FileIdentity(name: "", patientID: "", issuer: "", birthDate: ""), warnings: [])
    }
}

/// Whose file it says it is.
package struct FileIdentity: Sendable, Hashable {
    /// As DICOM writes it: groups by `=`, components by `^`.
    package let name: String
    package let patientID: String
    package let issuer: String
    /// DA as it came.
    package let birthDate: String

    package init(name: String, patientID: String, issuer: String, birthDate: String) {
        self.name = name
        self.patientID = patientID
        self.issuer = issuer
        self.birthDate = birthDate
    }
}

/// What is unusual about an instance that was kept.
package enum IngestWarning: String, Sendable, Hashable {
    case leadingZero = "A component of a UID begins with a zero."
    case otherPatient = "The patient's name or ID differs from the first instance of this study."
    case unknownTransferSyntax = "The transfer syntax is not known; the file is kept as it is."
    case tooLongToIndex = "Some attributes are too long for the index; the file holds them whole."
}

/// Why an instance was not kept.
package enum RefusalReason: String, Sendable, Hashable, CaseIterable {
    /// Not DICOM, or not readable to its end.
    case unreadable
    /// A Study, Series, SOP Instance or SOP Class UID is absent or malformed.
    case malformedUID
    /// A C-STORE request announces another instance than the data set holds.
    case otherInstance
    /// The request names another Study than the file.
    case otherStudy
    /// The Study, or the Study of a known instance, is hidden from who sends.
    case hiddenStudy
    /// The Series UID is known in another Study.
    case seriesElsewhere
    /// The caller of `ingest` did not accept it; the message says why.
    case declined

    /// Each Failure Reason of STOW with its name (PS3.18 Table I.2-2; PS3.7 Annex C).
    package static let failureReasons: [(code: UInt16, name: String)] = [
        (0x0110, "Processing failure"), (0x0111, "Duplicate SOP Instance"), (0x0124, "Refused: not authorized"),
        (0xA900, "Error: data set does not match SOP Class"), (0xC000, "Error: cannot understand"),
        (CompositionError.syntaxNotSupported, "Referenced transfer syntax not supported"),
    ]

    /// The status of a C-STORE response, and the Failure Reason (0008,1197) of STOW.
    ///
    /// - SeeAlso: PS3.4 Table B.2-1; PS3.7 Annex C; PS3.18 Table I.2-2.
    package var status: UInt16 {
        switch self {
        case .unreadable, .malformedUID: 0xC000  // cannot understand
        case .otherInstance, .seriesElsewhere: 0xA900  // data set does not match SOP class
        case .otherStudy, .declined: 0x0110  // processing failure
        case .hiddenStudy: 0x0124  // not authorised
        }
    }
}

/// A file of which nothing is kept.
package struct Refused: Error, Sendable, Equatable {
    package let reason: RefusalReason
    /// A sentence for strangers.
    package let message: String
    /// Empty where they could not be read.
    package let sopClassUID: String
    package let sopInstanceUID: String

    init(_ reason: RefusalReason, _ message: String, sopClassUID: String = "", sopInstanceUID: String = "") {
        (self.reason, self.message) = (reason, message)
        (self.sopClassUID, self.sopInstanceUID) = (sopClassUID, sopInstanceUID)
    }

    init(_ reason: RefusalReason, _ message: String, of instance: StoredInstance) {
        self.init(
            reason, message, sopClassUID: instance.sopClassUID, sopInstanceUID: instance.sopInstanceUID)
    }

    /// What nobody came to read.
    package static let unread = Refused(.unreadable, "The file was not read.")
}

/// What became of one file of a batch.
package enum IngestOutcome: Sendable, Equatable {
    /// It is durably kept and filed.
    case stored(StoredInstance)
    /// The same content was there already.
    case identical(StoredInstance)
    /// Other content was there under its SOP Instance UID: that stays, and this is kept beside it as a conflict.
    case conflict(StoredInstance)
    /// Nothing of it is kept.
    case refused(Refused)

    /// The instance, unless it was refused.
    package var instance: StoredInstance? {
        switch self {
        case .stored(let instance), .identical(let instance), .conflict(let instance): instance
        case .refused: nil
        }
    }

    package var refusal: Refused? {
        guard case .refused(let refused) = self else { return nil }
        return refused
    }

    package var warnings: [IngestWarning] { instance?.warnings ?? [] }
}
