import Glibc

/// Why the store could not do what was asked.
package enum StoreError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The device or the quota is full; it works again when there is space: 507, or DIMSE status A700H.
    case full
    /// There is no such object.
    case absent(ObjectKey)
    /// The operating system refused `operation` with the error number `code`, such as `EIO` or `EROFS`.
    case failed(operation: String, code: Int32)

    package var description: String {
        switch self {
        case .full: "The store has no space left."
        case .absent(let key): "The store has no object \(key)."
        case .failed(let operation, let code): "The store could not \(operation) (error \(code))."
        }
    }

    /// The reason of the system call that has just failed.
    static func last(_ operation: String) -> StoreError {
        let code = errno
        return code == ENOSPC || code == EDQUOT ? .full : .failed(operation: operation, code: code)
    }
}
