import DICOMNetwork
import Ingestion
import Logging
import ObjectStore
import Portal
import Postgres

/// Admits senders as the portal knows them and hands what they send to ingestion.
///
/// From the machine itself any AE title may call any of ours; from elsewhere ours has to be called by its name, and the
/// caller has to be on the list of allowed senders. An unknown one is refused and put on the list for the administrator.
/// What a sender may without TLS it may not with it, nor under another name: to the list these are others.
package struct PortalAdmission: Admitting {
    private let aeTitle: String
    private let store: DirectoryStore
    private let pool: ConnectionPool
    private let log: Logger

    /// - Throws: `StoreError` when the store's folder cannot be used.
    package init(aeTitle: String, settings: Settings, log: Logger) throws {
        self.aeTitle = aeTitle
        self.log = log
        store = try DirectoryStore(root: settings.storeRoot)
        pool = ConnectionPool(url: settings.databaseURL)
    }

    func admit(_ request: AssociateRequest, from peer: Peer) -> Admission {
        guard request.protocolVersion & 1 == 1 else { return .rejected(.protocolVersionNotSupported) }
        guard request.applicationContext == dicomApplicationContext else {
            return .rejected(.applicationContextNotSupported)
        }
        let isLocal = peer.address.hasPrefix("127.") || peer.address == "::1"
        guard isLocal || request.calledAETitle == aeTitle else { return .rejected(.calledAETitleNotRecognized) }
        guard !request.callingAETitle.isEmpty else { return .rejected(.callingAETitleNotRecognized) }
        do {
            let sender = try pool.with { try meet(request.callingAETitle, at: peer, isLocal: isLocal, $0) }
            guard let sender else { return .rejected(.callingAETitleNotRecognized) }
            return .admitted(provider(for: sender, request.callingAETitle, at: peer.address))
        } catch {
            log.error("the list of senders cannot be read", metadata: ["reason": "\(error)"])
            return .rejected(.temporaryCongestion)
        }
    }

    /// The sender, if it may store. One from this machine may, until an administrator says otherwise.
    private func meet(
        _ callingAETitle: String, at peer: Peer, isLocal: Bool, _ database: Connection
    ) throws -> SenderIdentity? {
        let senders = Senders(database: database)
        let sender = try senders.meet(
            aeTitle: callingAETitle, address: isLocal ? "127.0.0.1" : peer.address, tlsName: peer.tlsName,
            allowsUnknown: isLocal)
        guard sender.allowed else {
            try database.transaction {
                try senders.note(sender.id, instances: 0, rejected: 1)
                // Whoever is on the network can knock: once in half an hour is enough to know of it.
                try Audit(database: database, actor: nil, sender: sender.id, address: peer.address)
                    .recordVisit(.associationRejected)
            }
            return nil
        }
        return SenderIdentity(
            id: sender.id, groupID: sender.group, mayEditPatients: sender.mayEditPatients,
            characterSet: sender.charset)
    }

    private func provider(for sender: SenderIdentity, _ title: String, at address: String) -> StorageProvider {
        let source = IngestSource(sender: sender, route: .cStore, address: address)
        return StorageProvider(
            callingAETitle: title, log: log, newSpool: { try store.newSpool() },
            ingest: { spooled in
                try pool.with { database in
                    let outcomes = try Ingestor(database: database, store: store).ingest([spooled], from: source)
                    return outcomes.first ?? .refused(.unread)
                }
            },
            ended: { kept, refused in
                try pool.with { try Self.note(kept, refused, from: sender, at: address, $0) }
            })
    }

    private static func note(
        _ kept: Int, _ refused: Int, from sender: SenderIdentity, at address: String, _ database: Connection
    ) throws {
        try database.transaction {
            if kept > 0 { try Senders(database: database).note(sender.id, instances: kept) }
            let audit = Audit(database: database, actor: nil, sender: sender.id, address: address)
            guard kept + refused > 0 else { return try audit.recordVisit(.associationEnded) }
            try audit.record(.associationEnded, details: ["instances": "\(kept)", "refused": "\(refused)"])
        }
    }
}
