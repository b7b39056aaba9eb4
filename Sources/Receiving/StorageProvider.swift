import DICOM
import DICOMNetwork
import Ingestion
import Logging
import ObjectStore

/// The Verification and Storage services of one association.
///
/// A data set goes to disk as it comes, behind a File Meta of ours; the answer is sent when it is durable.
/// A class because it owns the file that is being received.
///
/// - SeeAlso: PS3.4 Annexes A and B; PS3.7 §9.3.1, §9.3.5.
final class StorageProvider {
    private let callingAETitle: String
    private let newSpool: () throws -> Spool
    private let ingest: (SpooledObject) throws -> IngestOutcome
    private let ended: (_ kept: Int, _ refused: Int) throws -> Void
    private let log: Logger
    private var receiving: Receiving?
    private var kept = 0
    private var refused = 0

    /// The data set that is on its way.
    private struct Receiving {
        let request: CommandSet
        /// Where it goes; `nil` once it is clear that it cannot be kept, as `refusal` says.
        var spool: Spool?
        var refusal: DIMSEStatus
    }

    /// - Parameters:
    ///   - newSpool: makes a file that is not yet part of the store.
    ///   - ingest: keeps a received file; throws when database or store are away.
    ///   - ended: is told at the end how many instances were kept, and how many were not.
    init(
        callingAETitle: String, log: Logger, newSpool: @escaping () throws -> Spool,
        ingest: @escaping (SpooledObject) throws -> IngestOutcome,
        ended: @escaping (_ kept: Int, _ refused: Int) throws -> Void = { _, _ in }
    ) {
        self.callingAETitle = callingAETitle
        self.log = log
        self.newSpool = newSpool
        self.ingest = ingest
        self.ended = ended
    }

    /// Whether a data set is on its way.
    var isReceiving: Bool { receiving != nil }

    /// Takes a command; answers at once unless a data set follows.
    func begin(_ command: CommandSet, on context: AcceptedContext) -> CommandSet? {
        guard let field = command[.commandField], field & CommandSet.Command.response == 0,
            field != CommandSet.Command.cancelRequest
        else { return nil }
        if command.hasDataSet {
            receiving = opened(command, on: context)
            return nil
        }
        let isEcho = field == CommandSet.Command.echoRequest && context.abstractSyntax == Negotiation.verification
        return (isEcho ? DIMSEStatus.success : .unrecognizedOperation).response(to: command)
    }

    /// Takes a piece of the data set.
    func receive(_ bytes: ArraySlice<UInt8>) {
        guard let spool = receiving?.spool else { return }
        do {
            try spool.write(bytes)
        } catch {
            log.error("a data set cannot be written", metadata: ["reason": "\(error)"])
            refuse(.outOfResources)
        }
    }

    /// Ends the data set; the answer says whether it is durably kept.
    func finish() -> CommandSet? {
        guard let done = receiving else { return nil }
        defer { receiving = nil }
        guard let spool = done.spool else {
            refused += 1
            return done.refusal.response(to: done.request)
        }
        do {
            let outcome = try ingest(try spool.finish())
            if outcome.instance != nil { kept += 1 } else { refused += 1 }
            return status(of: outcome).response(to: done.request)
        } catch {
            spool.discard()
            refused += 1
            log.error("a data set cannot be kept", metadata: ["reason": "\(error)"])
            return DIMSEStatus.outOfResources.saying("cannot be stored now, send again later")
                .response(to: done.request)
        }
    }

    /// Ends the association's work: a data set that will not end any more is forgotten.
    func end() {
        receiving?.spool?.discard()
        receiving = nil
        do { try ended(kept, refused) } catch {
            log.error("an association's end is not noted", metadata: ["reason": "\(error)"])
        }
    }

    private func opened(_ command: CommandSet, on context: AcceptedContext) -> Receiving {
        guard command[.commandField] == CommandSet.Command.storeRequest,
            context.abstractSyntax != Negotiation.verification
        else { return Receiving(request: command, spool: nil, refusal: .unrecognizedOperation) }
        do {
            let spool = try newSpool()
            let meta = FileMeta.bytes(
                sopClass: command[text: .affectedSOPClassUID] ?? context.abstractSyntax,
                sopInstance: command[text: .affectedSOPInstanceUID] ?? "",
                transferSyntax: context.transferSyntax, sourceAE: callingAETitle)
            try spool.write(meta[...])
            return Receiving(request: command, spool: spool, refusal: .outOfResources)
        } catch {
            log.error("no file can be opened", metadata: ["reason": "\(error)"])
            return Receiving(request: command, spool: nil, refusal: .outOfResources)
        }
    }

    private func refuse(_ status: DIMSEStatus) {
        receiving?.spool?.discard()
        receiving?.spool = nil
        receiving?.refusal = status
    }
}

/// The C-STORE status of what became of a file (PS3.4 Table B.2-1).
///
/// Other content under a known SOP Instance UID is a warning, as it is kept: a failure would make modalities send it again for ever.
private func status(of outcome: IngestOutcome) -> DIMSEStatus {
    switch outcome {
    case .stored, .identical: .success
    case .conflict: .coercion.saying("kept aside: the UID is known with other content")
    case .refused(let refused): DIMSEStatus(code: refused.reason.status).saying(refused.message)
    }
}
