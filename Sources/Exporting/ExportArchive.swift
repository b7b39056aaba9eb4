import Archives
import DICOM
import Glibc
import ObjectStore
import Portal
import Postgres

/// Patients and studies as a ZIP in the layout that an import reads, made while it is sent.
///
/// What it holds of a file that went is its line in the list of files and its record in the DICOMDIR; of what is still
/// to come, the instances of one study.
package struct ExportArchive {
    private static let piece = 1 << 18

    private let folders: [ExportFolder]
    private let exports: Exports
    private let patients: Patients
    private let retrieval: StudyRetrieval
    private let store: DirectoryStore
    private let caller: Caller
    private let begins: (_ study: String) throws -> Void

    /// - Parameter begins: is told each study before its files go, and throws when they must not.
    package init(
        _ folders: [ExportFolder], database: Connection, store: DirectoryStore, caller: Caller,
        begins: @escaping (_ study: String) throws -> Void
    ) {
        self.folders = folders
        self.store = store
        self.caller = caller
        self.begins = begins
        exports = Exports(database: database, caller: caller)
        patients = Patients(database: database, caller: caller)
        retrieval = StudyRetrieval(database: database)
    }

    /// - Throws: what `output` throws; `PortalError` when something is gone, or hidden meanwhile, and what `begins`
    ///   throws: the archive is then cut, and seen to be.
    package func write(to output: (ArraySlice<UInt8>) throws -> Void) throws {
        let studies = folders.flatMap(\.studies).joined(separator: " ")
        try ArchiveWriter.write(to: output) { archive in
            var media = MediaWriter(archive, fileSetUID: UID.derived(from: studies))
            var manifest = ExportManifest()
            var names = ExportNames()
            let now = time(nil)
            for folder in folders {
                let name = try begin(folder, &names, &manifest, media, at: now)
                for study in folder.studies {
                    try begins(study)
                    for instance in try instances(of: study) {
                        let path = [name, names.file(instance)]
                        try write(instance, at: path, to: &media)
                        try manifest.add(path, size: instance.size, hash: instance.hash)
                    }
                }
            }
            try manifest.add(["DICOMDIR"], try media.addDirectory(modified: now))
            try media.add(manifest.bytes, at: [ExportManifest.name], modified: now)
        }
    }

    /// Writes the patient's sidecar, if the folder is a patient's.
    ///
    /// - Returns: the folder's name.
    private func begin(
        _ folder: ExportFolder, _ names: inout ExportNames, _ manifest: inout ExportManifest, _ media: MediaWriter,
        at now: Int
    ) throws -> String {
        guard let key = folder.patient else { return names.beginUnattached() }
        let patient = try patients.find(key)
        let name = names.begin(patientID: patient.patientId)
        let sidecar = ExportSidecar(
            patient, groups: try exports.groups(of: key), studies: try exports.studies(folder.studies))
        let (path, bytes) = ([name, "\(name).json"], try sidecar.bytes)
        try media.add(bytes, at: path, modified: now)
        try manifest.add(path, bytes)
        return name
    }

    /// By number, then by UID: in the same order wherever the same files are.
    private func instances(of study: String) throws -> [RetrievedInstance] {
        let found = try retrieval.instances(of: nil, in: study, for: caller)
        guard !found.isEmpty else { throw PortalError.notFound }
        return found.sorted { left, right in
            let numbers = [left, right].map { ($0.seriesNumber ?? 0, $0.seriesUID, $0.number ?? 0, $0.uid) }
            return numbers[0] < numbers[1]
        }
    }

    /// The bytes as they were received. A file without a head is none that a DICOMDIR may list (PS3.10 §7.1).
    private func write(_ instance: RetrievedInstance, at path: [String], to media: inout MediaWriter) throws {
        let document = try retrieval.document(of: instance, for: caller)
        if instance.dataSetOffset > 0, let fileID = FileID(path: path) {
            try media.list(instance, at: fileID, document)
        }
        guard let key = ObjectKey(instance.objectKey) else { throw PortalError.notFound }
        let object = try store.open(key)
        try media.begin(instance, at: path, length: instance.size)
        for offset in stride(from: 0, to: instance.size, by: Self.piece) {
            try media.write(object.read(at: offset, count: min(Self.piece, instance.size - offset))[...])
        }
    }
}
