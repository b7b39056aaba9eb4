import ArgumentParser
import Invocation
import Logging
import Portal
import Receiving

/// Receives DICOM objects by C-STORE and answers C-ECHO.
@main
struct StoreSCP: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "storescp", abstract: "Receives DICOM objects into the portal (PS3.4 Annex B).")

    @Option(help: "The numeric address to listen on.")
    var listen = "127.0.0.1"

    @Option(help: "The port to listen on.")
    var port = 4242

    @Option(help: "The port to listen on for TLS, when PORTAL_DICOM_TLS_CERTIFICATE names a certificate.")
    var tlsPort = 2762  // "dicom-tls", as registered (PS3.15 Annex B)

    @Option(name: .customLong("ae-title"), help: "The AE title that other hosts have to call.")
    var aeTitle = "PREVIEWDICOM"

    func run() throws {
        let signals = TerminationSignals()
        var log = Logger(label: "storescp", factory: { JSONLogHandler(label: $0) })
        log.logLevel = .notice
        let tls = try TLSContext.fromEnvironment()
        let admission = try PortalAdmission(aeTitle: aeTitle, settings: .fromEnvironment(), log: log)
        let listener = try StorageListener(
            address: listen, port: port, tlsPort: tlsPort, tls: tls, admission: admission, log: log)
        signals.whenReceived { listener.stop() }
        log.notice("listening", metadata: ["address": "\(listen)", "ports": "\(listener.ports)"])
        listener.serve()
    }
}
