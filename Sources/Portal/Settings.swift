import Glibc

/// What a process of the portal is told by its environment.
package struct Settings: Sendable, Equatable {
    /// A libpq URI or conninfo text (`DATABASE_URL`).
    package let databaseURL: String
    /// The absolute path under which everything of ours lies (`PORTAL_DATA`).
    package let dataFolder: String
    /// The origin under which browsers reach the portal, without a slash at its end (`PORTAL_PUBLIC_URL`).
    package let publicURL: String?
    /// The AE title of the receiver (`PORTAL_AE_TITLE`).
    package let aeTitle: String
    /// The port that modalities send to (`PORTAL_DICOM_PORT`).
    package let dicomPort: Int
    /// The same over TLS (`PORTAL_DICOM_TLS_PORT`); `nil` when there is no certificate.
    package let dicomTLSPort: Int?
    /// Where this machine finds nginx, `host:port` (`PORTAL_FRONT`).
    package let front: String
    /// Where this machine finds the receiver, `host:port` (`PORTAL_RECEIVER`).
    package let receiver: String

    /// How much all imports that are being received may hold, in bytes (`PORTAL_IMPORT_QUOTA`).
    package let importQuota: Int
    /// How much what was derived may hold, in bytes (`PORTAL_DERIVED_QUOTA`); what was unused longest goes first.
    package let derivedQuota: Int

    package static let defaultImportQuota = 200 << 30
    package static let defaultDerivedQuota = 50 << 30
    package static let defaultAETitle = "PREVIEWDICOM"
    package static let defaultDICOMPort = 4242
    package static let defaultDICOMTLSPort = 2762

    package var storeRoot: String { dataFolder + "/store" }
    /// Whether cookies must be sent over TLS only.
    package var isSecure: Bool { publicURL?.hasPrefix("https://") ?? false }
    /// The name of the session's cookie; the prefix binds it to this host and to TLS (RFC 6265bis §4.1.3.2).
    package var sessionCookie: String { isSecure ? "__Host-session" : "session" }

    package init(
        databaseURL: String, dataFolder: String, publicURL: String? = nil, aeTitle: String = defaultAETitle,
        dicomPort: Int = defaultDICOMPort, dicomTLSPort: Int? = nil, front: String = "127.0.0.1:8080",
        receiver: String? = nil, importQuota: Int = defaultImportQuota, derivedQuota: Int = defaultDerivedQuota
    ) {
        self.databaseURL = databaseURL
        self.dataFolder = dataFolder
        self.publicURL = publicURL
        self.aeTitle = aeTitle
        self.dicomPort = dicomPort
        self.dicomTLSPort = dicomTLSPort
        self.front = front
        self.receiver = receiver ?? "127.0.0.1:\(dicomPort)"
        self.importQuota = importQuota
        self.derivedQuota = derivedQuota
    }

    /// - Throws: `SettingsError` that names the variable and what is wrong with it.
    package static func fromEnvironment() throws(SettingsError) -> Settings {
        let publicURL = try variable("PORTAL_PUBLIC_URL").map { text throws(SettingsError) in try origin(text) }
        let folder = try required("PORTAL_DATA")
        guard folder.hasPrefix("/") else { throw SettingsError("PORTAL_DATA", "must be an absolute path") }
        let title = variable("PORTAL_AE_TITLE") ?? defaultAETitle
        // PS3.5 Table 6.2-1, AE: at most 16 characters of the default repertoire, without a backslash.
        guard title.utf8.count <= 16, title.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != 0x5C }) else {
            throw SettingsError("PORTAL_AE_TITLE", "must be 1 to 16 ASCII characters without a backslash")
        }
        let importQuota = try bytes("PORTAL_IMPORT_QUOTA", or: defaultImportQuota)
        let derivedQuota = try bytes("PORTAL_DERIVED_QUOTA", or: defaultDerivedQuota)
        return Settings(
            databaseURL: try required("DATABASE_URL"), dataFolder: withoutSlash(folder), publicURL: publicURL,
            aeTitle: title, dicomPort: try port("PORTAL_DICOM_PORT") ?? defaultDICOMPort,
            dicomTLSPort: variable("PORTAL_DICOM_TLS_CERTIFICATE") == nil
                ? nil : try port("PORTAL_DICOM_TLS_PORT") ?? defaultDICOMTLSPort,
            front: variable("PORTAL_FRONT") ?? "127.0.0.1:8080", receiver: variable("PORTAL_RECEIVER"),
            importQuota: importQuota, derivedQuota: derivedQuota)
    }

    private static func bytes(_ name: String, or usual: Int) throws(SettingsError) -> Int {
        guard let quota = variable(name).map(Int.init) ?? usual, quota >= 0 else {
            throw SettingsError(name, "must be a number of bytes")
        }
        return quota
    }

    private static func port(_ name: String) throws(SettingsError) -> Int? {
        guard let text = variable(name) else { return nil }
        guard let port = Int(text), (1...65535).contains(port) else { throw SettingsError(name, "must be a port") }
        return port
    }

    private static func origin(_ text: String) throws(SettingsError) -> String {
        guard text.hasPrefix("http://") || text.hasPrefix("https://") else {
            throw SettingsError("PORTAL_PUBLIC_URL", "must begin with http:// or https://")
        }
        return withoutSlash(text)
    }

    private static func withoutSlash(_ text: String) -> String {
        text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func required(_ name: String) throws(SettingsError) -> String {
        guard let value = variable(name) else { throw SettingsError(name, "is not set") }
        return value
    }
}

/// A variable of the environment that is missing or cannot be.
package struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
    package let variable: String
    package let problem: String

    init(_ variable: String, _ problem: String) {
        self.variable = variable
        self.problem = problem
    }

    package var description: String { "\(variable) \(problem)." }
}
