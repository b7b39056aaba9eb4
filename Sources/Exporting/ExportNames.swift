import Portal

/// The names of folders and files in an export: plain ASCII that every system keeps, different in any case of letters.
struct ExportNames {
    static let unattached = "Unattached"
    private static let longestID = 48

    private var folders: Set<String> = []
    private var folderNumbers: [String: Int] = [:]
    /// How often each name was asked for in the folder that was begun last.
    private var files: [String: Int] = [:]

    /// Begins the folder of a patient.
    ///
    /// - Parameter patientID: the trade's id, in any characters.
    mutating func begin(patientID: String) -> String {
        files = [:]
        let base = "Patient-" + Self.safe(patientID)
        var name = base
        while !folders.insert(name.lowercased()).inserted {
            folderNumbers[base.lowercased(), default: 1] += 1
            name = "\(base)-\(folderNumbers[base.lowercased()] ?? 1)"
        }
        return name
    }

    /// Begins the folder of studies that have no patient.
    mutating func beginUnattached() -> String {
        files = [:]
        return Self.unattached
    }

    /// `{SeriesNumber}-{InstanceNumber:02d}.dcm`, and from the second such file on `-2`, `-3` … before the dot.
    mutating func file(_ instance: RetrievedInstance) -> String {
        let number = "\(instance.number ?? 0)"
        let base = "\(instance.seriesNumber ?? 0)-\(number.count < 2 ? "0" : "")\(number)"
        files[base, default: 0] += 1
        let count = files[base] ?? 1
        return count == 1 ? "\(base).dcm" : "\(base)-\(count).dcm"
    }

    private static func safe(_ id: String) -> String {
        var name = ""
        for scalar in id.unicodeScalars.prefix(longestID) {
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            name.unicodeScalars.append(isPlain || "-_.".unicodeScalars.contains(scalar) ? scalar : "_")
        }
        // Windows leaves a dot at the end out.
        return name.hasSuffix(".") ? name.dropLast() + "_" : name
    }
}
