import Archives
import DICOM
import DICOMweb
import Portal

/// Writes the files of a File-set into a ZIP, and then the DICOMDIR of what was written.
///
/// - SeeAlso: PS3.10 §8; PS3.12 Annex V.
package struct MediaWriter {
    private let archive: ArchiveWriter
    private var directory: MediaStorageDirectory

    package init(_ archive: ArchiveWriter, fileSetUID: UID) {
        self.archive = archive
        directory = MediaStorageDirectory(fileSetUID: fileSetUID)
    }

    /// Notes a file for the DICOMDIR.
    ///
    /// - Parameter document: the instance's gzip'd DICOM JSON, as the file says it.
    /// - Throws: `PortalError.notFound` for an instance that only a damaged index has.
    package mutating func list(_ instance: RetrievedInstance, at fileID: FileID, _ document: [UInt8]) throws {
        guard let syntax = UID(instance.transferSyntax) else { throw PortalError.notFound }
        let attributes = try DICOMJSON.decode(MetadataDocument.inflated(document))
        try directory.add(
            fileID, attributes, transferSyntax: syntax, sopClass: UID(instance.sopClass), sopInstance: UID(instance.uid)
        )
    }

    /// Begins the entry of an instance; what is compressed already is stored as it is.
    ///
    /// - Parameter length: in bytes, of what ``write(_:)`` will get.
    package func begin(_ instance: RetrievedInstance, at components: [String], length: Int) throws {
        let isCompressed = UID(instance.transferSyntax).map { TransferSyntax($0) }?.isEncapsulated ?? true
        try begin(components, length: length, modified: instance.storedAt, isCompressed ? .stored : .deflated)
    }

    /// Writes the next bytes of the instance that was begun.
    package func write(_ bytes: ArraySlice<UInt8>) throws { try archive.write(bytes) }

    /// Writes a whole document.
    ///
    /// - Parameter modified: in seconds since 1970.
    package func add(_ bytes: [UInt8], at components: [String], modified: Int) throws {
        try begin(components, length: bytes.count, modified: modified, .deflated)
        try archive.write(bytes[...])
    }

    /// Writes the DICOMDIR.
    ///
    /// - Returns: its bytes.
    @discardableResult
    package func addDirectory(modified: Int) throws -> [UInt8] {
        let bytes = try directory.bytes()
        try add(bytes, at: ["DICOMDIR"], modified: modified)
        return bytes
    }

    private func begin(
        _ components: [String], length: Int, modified: Int, _ compression: ArchiveWriter.Compression
    ) throws {
        guard let path = RelativePath(components.joined(separator: "/")) else {
            throw ArchiveError.unwritable("a name of an entry is not possible")
        }
        try archive.begin(path, length: length, modified: modified, compression)
    }
}

extension StudyRetrieval {
    /// The attributes of an instance that was found before: a gzip'd DICOM JSON object as its file has them.
    ///
    /// - Throws: `PortalError.notFound` when it is gone, or hidden meanwhile: an archive that is cut is seen to be
    ///   incomplete.
    package func document(of instance: RetrievedInstance, for caller: Caller) throws -> [UInt8] {
        let found = try metadata(
            ofInstance: instance.uid, of: instance.seriesUID, in: instance.studyUID, for: caller)
        guard let found else { throw PortalError.notFound }
        return found.document
    }
}
