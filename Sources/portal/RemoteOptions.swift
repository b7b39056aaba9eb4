import ArgumentParser
import Glibc
import RemotePortal

/// Where a command works: at this machine's portal unless an address is given.
struct RemoteOptions: ParsableArguments {
    @Option(help: "A portal elsewhere, such as https://portal.example, instead of this machine's.")
    var url: String?

    @Option(help: "An access token of the portal at --url; PORTAL_TOKEN in the environment keeps it out of sight.")
    var token: String?

    func validate() throws {
        guard token == nil || url != nil else { throw ValidationError("A token is for a portal at --url.") }
    }

    /// - Parameter told: hears why there is a pause, and an empty text when it is over.
    /// - Returns: `nil` without an address.
    /// - Throws: ``Refusal`` without a token.
    func portal(telling told: @escaping (String) -> Void) throws -> RemotePortal? {
        guard let url else { return nil }
        guard let token = token ?? getenv("PORTAL_TOKEN").map({ String(cString: $0) }) else {
            throw Refusal("A portal at --url needs an access token: --token, or PORTAL_TOKEN in the environment.")
        }
        return try RemotePortal(url: url, token: token, told: told)
    }
}
