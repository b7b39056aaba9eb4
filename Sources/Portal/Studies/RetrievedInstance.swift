import DICOM

/// One stored instance that a caller may see: where its bytes are, and what they are.
package struct RetrievedInstance: Sendable, Equatable {
    package let uid: String
    package let number: Int?
    package let seriesUID: String
    package let seriesNumber: Int?
    package let studyUID: String
    package let sopClass: String
    package let transferSyntax: String
    package let objectKey: String
    /// Of the file, in bytes.
    package let size: Int
    /// SHA-256 of the file, 64 hexadecimal digits in lower case.
    package let hash: String
    /// Where the data set begins in the file; 0 when the file has no File Meta Information, negative when that comes
    /// without a preamble.
    package let dataSetOffset: Int
    /// In seconds since 1970.
    package let storedAt: Int
    /// 0 without pixel data.
    package let frameCount: Int
    /// The encoded frame table; empty where it was not asked for.
    package let frames: [UInt8]
    /// What its study is shown under instead of what the file says; the bytes in the store know nothing of it.
    package let correction: PatientCorrection?

    /// The version of what depends on the whole of it; frames depend on `hash` alone.
    package var version: String { correction.version(of: hash) }
}

/// The metadata of one instance as its file has them.
package struct RetrievedMetadata: Sendable, Equatable {
    /// A gzip'd DICOM JSON object without bulk data.
    package let document: [UInt8]
    package let version: String
    package let correction: PatientCorrection?
}

/// One series that a caller may see, and its prepared metadata.
package struct RetrievedSeries: Sendable, Equatable {
    /// A derived object that was made from one revision of the series.
    package struct Prepared: Sendable, Equatable {
        package let objectKey: String
        /// In bytes.
        package let length: Int
        package let revision: Int

        package init(objectKey: String, length: Int, revision: Int) {
            self.objectKey = objectKey
            self.length = length
            self.revision = revision
        }
    }

    package let id: Int
    package let uid: String
    package let studyUID: String
    package let revision: Int
    /// What was prepared last, perhaps from an earlier revision.
    package let metadata: Prepared?
}

/// The metadata of all instances of a series as their files have them, as of one revision.
package struct SeriesMetadata: Sendable, Equatable {
    package let revision: Int
    /// gzip'd DICOM JSON objects without bulk data, in the order of the instances.
    package let instances: [[UInt8]]
    package let correction: PatientCorrection?
}

/// Which instance stands for a series.
package enum RepresentativePlace: Sendable { case first, middle }
