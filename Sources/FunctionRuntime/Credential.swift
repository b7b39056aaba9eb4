import FoundationEssentials
import HTTPModel

/// What a request shows to say who calls. All three hold the same kind of token.
enum Credential: Equatable {
    /// Sent by browsers on their own, whoever made the request.
    case cookie(String)
    case bearer(String)
    /// The password of Basic; browsers send it again on their own, too.
    case basic(String)

    var token: String {
        switch self {
        case .cookie(let token), .bearer(let token), .basic(let token): token
        }
    }

    /// `Authorization` goes before the cookie; one that is not understood is a token that nobody has.
    ///
    /// - Parameter cookieName: of the session's cookie.
    init?(_ headers: Headers, cookieName: String) {
        if let authorization = headers["Authorization"] {
            self = Self.read(authorization) ?? .bearer("")
        } else if let token = Self.cookie(cookieName, in: headers.all("Cookie")) {
            self = .cookie(token)
        } else {
            return nil
        }
    }

    private static func read(_ authorization: String) -> Credential? {
        let parts = authorization.split(separator: " ", maxSplits: 1).map { $0.trimmingSpaces }
        guard parts.count == 2 else { return nil }
        if parts[0].equalsIgnoringASCIICase("Bearer") { return .bearer(String(parts[1])) }
        guard parts[0].equalsIgnoringASCIICase("Basic"), let bytes = Data(base64Encoded: String(parts[1])),
            let text = String(validating: bytes, as: UTF8.self), let colon = text.firstIndex(of: ":")
        else { return nil }
        return .basic(String(text[text.index(after: colon)...]))
    }

    private static func cookie(_ name: String, in headers: [String]) -> String? {
        for header in headers {
            for pair in header.split(separator: ";") {
                let halves = pair.trimmingSpaces.split(separator: "=", maxSplits: 1)
                if halves.count == 2, halves[0] == name { return String(halves[1]) }
            }
        }
        return nil
    }
}
