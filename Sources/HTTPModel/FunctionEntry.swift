/// The pools of workers: a slow kind of work never keeps a quick one waiting.
package enum Pool: String, Sendable, CaseIterable, Codable {
    /// Short reads: lists, metadata, frames.
    case read
    /// Decoding and rendering of pixels.
    case render
    /// Uploads; their deadline counts from the last byte that moved.
    case write
    /// Streamed exports; their deadline counts from the last byte that moved.
    case export
}

/// What a caller needs before a function runs.
package enum Access: Sendable, Equatable {
    /// Anyone, also without a session: sign-in and health.
    case open
    /// Any active account; rows are limited to what it may see.
    case session
    /// An account that holds this permission in at least one scope; the function checks the scope.
    case permission(String)
}

/// One line of the function list: what `handler list --json` prints, the dispatcher routes by, and the README shows.
package struct FunctionEntry: Sendable {
    package let name: String
    package let route: Route
    package let pool: Pool
    package let access: Access
    /// The largest request body, in bytes.
    package let bodyLimit: Int
    /// How long an invocation may take, or be idle in the pools `write` and `export`, in seconds.
    package let deadline: Int
    /// What the record says of who reads with it; `nil` where it shows nothing of a study.
    package let visit: String?

    package init(
        name: String, route: Route, pool: Pool, access: Access, bodyLimit: Int, deadline: Int,
        visit: String? = nil
    ) {
        self.name = name
        self.route = route
        self.pool = pool
        self.access = access
        self.bodyLimit = bodyLimit
        self.deadline = deadline
        self.visit = visit
    }
}
