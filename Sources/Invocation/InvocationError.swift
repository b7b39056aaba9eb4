/// Why frames cannot go on between dispatcher and worker.
package enum InvocationError: Error, Equatable, CustomStringConvertible {
    /// The bytes are no frame of ours, or one of its lengths is not possible; the connection is of no more use.
    case malformed(String)
    /// The other side closed the connection.
    case peerGone
    /// The client went away before its body was complete.
    case cancelled
    /// A system call failed.
    case system(call: String, code: Int32)

    package var description: String {
        switch self {
        case .malformed(let what): "malformed frame: \(what)"
        case .peerGone: "the other side of the worker's socket is gone"
        case .cancelled: "the client went away"
        case .system(let call, let code): "\(call) failed with errno \(code)"
        }
    }
}
