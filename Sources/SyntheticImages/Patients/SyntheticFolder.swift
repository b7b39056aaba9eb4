import Glibc

/// Writes synthetic patients as a folder that an import takes.
package enum SyntheticFolder {
    /// What could not be written, with the system's reason.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// Makes `Patient-ID/Patient-ID.json` and the DICOM files of each patient below `folder`, which is made if absent.
    ///
    /// - Parameter progress: called after each file with its number, counted from 1.
    /// - Throws: ``Failure`` when a folder or file cannot be written.
    package static func write(
        _ patients: [SyntheticPatient], to folder: String, progress: (_ files: Int) -> Void = { _ in }
    ) throws {
        var count = 0
        try makeFolder(folder)
        for patient in patients {
            let home = "\(folder)/\(patient.folderName)"
            try makeFolder(home)
            try write(Array(patient.sidecar.utf8), to: "\(home)/\(patient.folderName).json")
            for study in patient.studies {
                // Two studies may number their series alike.
                let place = patient.studies.count > 1 ? "\(home)/\(study.date)" : home
                try makeFolder(place)
                for instance in study.series.flatMap(\.instances) {
                    try write(instance.file(), to: "\(place)/\(instance.fileName)")
                    count += 1
                    progress(count)
                }
            }
        }
    }

    private static func makeFolder(_ path: String) throws {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "wb") else { throw failure(path) }
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        guard fclose(file) == 0, isWritten else { throw failure(path) }
    }

    private static func failure(_ path: String) -> Failure {
        Failure(description: "\(path) cannot be written: \(String(cString: strerror(errno)))")
    }
}
