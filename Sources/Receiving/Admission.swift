import DICOMNetwork

/// Decides who may associate.
protocol Admitting: Sendable {
    func admit(_ request: AssociateRequest, from peer: Peer) -> Admission
}

/// The decision: whom the storage provider works for, or why not.
enum Admission {
    case admitted(StorageProvider)
    case rejected(AssociateReject)
}

/// What a listener at its limit says to everyone.
struct Saturated: Admitting {
    func admit(_ request: AssociateRequest, from peer: Peer) -> Admission {
        .rejected(.localLimitExceeded)
    }
}
