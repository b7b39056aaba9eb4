/// A study as the first of its instances describes it.
package struct FilingStudy: Sendable, Equatable {
    package var uid: String
    /// Study Date and Time as a timestamp's text, or `-infinity`.
    package var started: String
    package var accession: String
    package var description: String
    package var referring: String
    package var studyID: String
    /// As DICOM writes it: groups by `=`, components by `^`.
    package var patientName: String
    package var patientID: String
    package var issuer: String
    package var birthDate: String
    package var sex: String
    /// DICOM JSON of the patient's and the study's attributes.
    package var attributes: String

    package init(
        uid: String, started: String, accession: String, description: String, referring: String, studyID: String,
        patientName: String, patientID: String, issuer: String, birthDate: String, sex: String, attributes: String
    ) {
        self.uid = uid
        self.started = started
        self.accession = accession
        self.description = description
        self.referring = referring
        self.studyID = studyID
        self.patientName = patientName
        self.patientID = patientID
        self.issuer = issuer
        self.birthDate = birthDate
        self.sex = sex
        self.attributes = attributes
    }
}

/// A series as the first of its instances describes it.
package struct FilingSeries: Sendable, Equatable {
    package var uid: String
    package var modality: String
    package var number: Int?
    package var description: String
    package var bodyPart: String
    /// DICOM JSON of the series' attributes.
    package var attributes: String
    /// Exact values to find its study by: the path is tags joined by `.`.
    package var searchable: [SearchableValue]

    package init(
        uid: String, modality: String, number: Int?, description: String, bodyPart: String, attributes: String,
        searchable: [SearchableValue]
    ) {
        self.uid = uid
        self.modality = modality
        self.number = number
        self.description = description
        self.bodyPart = bodyPart
        self.attributes = attributes
        self.searchable = searchable
    }
}

/// One row of `portal.attribute_values`, before its study has a key.
package struct SearchableValue: Sendable, Hashable {
    package let path: String
    package let value: String

    package init(path: String, value: String) {
        self.path = path
        self.value = value
    }
}

/// All that the database holds of one instance.
package struct FilingInstance: Sendable, Equatable {
    package var uid: String
    package var sopClass: String
    package var number: Int?
    package var rows: Int?
    package var columns: Int?
    /// 0 without pixel data.
    package var frameCount: Int
    package var transferSyntax: String
    /// DICOM JSON of the attributes that searches ask for.
    package var attributes: String
    /// DICOM JSON of every other attribute that can be matched.
    package var others: String
    /// gzip'd DICOM JSON without bulk data.
    package var metadata: [UInt8]
    package var objectKey: String
    /// Of the file, in bytes.
    package var size: Int
    package var sha256: [UInt8]
    package var dataSetOffset: Int
    /// The encoded frame table.
    package var frames: [UInt8]
    package var series: FilingSeries
    package var study: FilingStudy

    package init(
        uid: String, sopClass: String, number: Int?, rows: Int?, columns: Int?, frameCount: Int,
        transferSyntax: String, attributes: String, others: String = "{}", metadata: [UInt8], objectKey: String,
        size: Int, sha256: [UInt8], dataSetOffset: Int, frames: [UInt8], series: FilingSeries, study: FilingStudy
    ) {
        self.uid = uid
        self.sopClass = sopClass
        self.number = number
        self.rows = rows
        self.columns = columns
        self.frameCount = frameCount
        self.transferSyntax = transferSyntax
        self.attributes = attributes
        self.others = others
        self.metadata = metadata
        self.objectKey = objectKey
        self.size = size
        self.sha256 = sha256
        self.dataSetOffset = dataSetOffset
        self.frames = frames
        self.series = series
        self.study = study
    }
}

/// Who files, as far as rights and the join rule ask.
package struct Filer: Sendable {
    package enum Kind: Sendable, Equatable {
        /// The portal's own command line and demonstration: nothing is hidden from it.
        case portal
        /// An account; also when it comes with a token that may only store, it adds to what the account sees.
        case user(id: String)
        /// A DICOM sender. One without a group is trusted with every study, as modalities share them.
        case sender(id: String, groupID: String?)
    }

    package var kind: Kind
    /// Whether an unknown patient is created from a file.
    package var mayCreatePatients: Bool
    /// The patient that new and unattached studies join, whatever their files say: a sidecar's.
    package var patient: String?
    /// The network address, for the record.
    package var address: String
    /// The import that brings it, so that it can be taken back.
    package var importID: String?

    package init(
        kind: Kind, mayCreatePatients: Bool, patient: String? = nil, address: String = "", importID: String? = nil
    ) {
        self.importID = importID
        self.kind = kind
        self.mayCreatePatients = mayCreatePatients
        self.patient = patient
        self.address = address
    }
}

/// A study that the index has, as one filer sees it.
package struct StudyStanding: Sendable, Equatable {
    package let id: Int
    /// The patient that it is attached to.
    package let patient: String?
    /// Whether this filer may add to it. What is hidden from a filer must not be told apart.
    package let isOpen: Bool
    /// The identity in its files, whatever corrects it; the first instance's wins.
    package let patientName: String
    package let patientID: String
}

/// An instance that the index has.
package struct KnownInstance: Sendable, Equatable {
    package let id: Int
    package let objectKey: String
    package let sha256: [UInt8]
    package let seriesUID: String
    package let studyUID: String
}

/// What became of one instance in the filing transaction.
package enum FilingOutcome: Sendable, Equatable {
    case filed
    /// Another process filed this SOP Instance UID meanwhile.
    case alreadyKnown
    /// The Study became known meanwhile and is hidden from the filer.
    case hiddenStudy
    /// The Series UID is known in another Study.
    case seriesElsewhere
}
