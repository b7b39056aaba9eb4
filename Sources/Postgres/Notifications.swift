import CLibpq

/// A message of NOTIFY.
package struct Notification: Sendable, Equatable {
    package let channel: String
    package let payload: String
}

extension Connection {
    /// Begins to listen on a channel; kept when the connection has to be made again.
    package func listen(_ channel: String) throws(PostgresError) {
        if !channels.contains(channel) { channels.append(channel) }
        // A process that waits for work says this again and again, and writes nothing by it.
        try adding { () throws(PostgresError) in try script("LISTEN \"\(channel)\"") }
    }

    /// Waits for the next message, without occupying the server.
    ///
    /// - Parameter timeout: in milliseconds.
    /// - Returns: `nil` when none came in time.
    package func waitForNotification(timeout: Int) throws(PostgresError) -> Notification? {
        let handle = try connected()
        let end = Socket.now + timeout
        while true {
            if let notification = nextNotification(handle) { return notification }
            let left = end - Socket.now
            guard left > 0, Socket.isReadable(PQsocket(handle), milliseconds: Int32(clamping: left)) else {
                return nil
            }
            guard PQconsumeInput(handle) == 1 else { throw .connectionLost() }
        }
    }

    private func nextNotification(_ handle: OpaquePointer) -> Notification? {
        guard let message = PQnotifies(handle) else { return nil }
        defer { PQfreemem(message) }
        return Notification(
            channel: message.pointee.relname.map { String(cString: $0) } ?? "",
            payload: message.pointee.extra.map { String(cString: $0) } ?? "")
    }
}
