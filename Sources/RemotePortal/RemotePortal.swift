import FoundationEssentials
import Glibc
import HTTPModel

/// What a portal refused.
package struct RemoteRefusal: Error, CustomStringConvertible {
    /// The status of the answer.
    package let status: Int
    /// Stable, for programs: the portal's own code; empty when something before it answered.
    package let code: String
    package let description: String
}

/// A portal elsewhere, asked over HTTP with an access token.
///
/// A class, because it keeps a connection. One thread at a time.
package final class RemotePortal {
    /// What passes by itself: the portal is starting again or busy.
    private static let passing: Set = [429, 502, 503, 504]
    /// How often something is tried again without any success in between: about five minutes.
    private static let mostTries = 40
    private static let longestPause = 8.0

    private let connection: HTTPConnection
    private let told: (String) -> Void
    /// Whether anything was answered yet: what never did is not waited for.
    private var isKnown = false

    /// - Parameters:
    ///   - url: the portal's origin, such as `https://portal.example`.
    ///   - token: an access token.
    ///   - told: hears why there is a pause, and an empty text when it is over.
    /// - Throws: `RemoteRefusal` for an address that is none.
    package init(url: String, token: String, told: @escaping (String) -> Void) throws {
        let origin = url.hasSuffix("/") ? String(url.dropLast()) : url
        let host = ["https://", "http://"].first { origin.hasPrefix($0) }.map { origin.dropFirst($0.count) }
        guard let host, !host.isEmpty, !host.contains(where: { "/?#@".contains($0) || $0.isWhitespace }) else {
            throw RemoteRefusal(
                status: 0, code: "url",
                description: "'\(url)' is no address of a portal, such as https://portal.example.")
        }
        guard token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !token.isEmpty else {
            throw RemoteRefusal(status: 0, code: "token", description: "The access token is no token.")
        }
        connection = try HTTPConnection(
            origin: origin,
            headers: ["Authorization: Bearer \(token)", "Accept: application/json", "Accept-Language: en"])
        self.told = told
    }

    /// Asks with a JSON document, or without one, until there is an answer.
    ///
    /// - Throws: `RemoteRefusal`; `ConnectionLost` when the portal stays away.
    func ask<Answer: Decodable>(
        _ method: HTTPModel.Method, _ target: String, json: (any Encodable)? = nil, as type: Answer.Type
    ) throws -> Answer {
        let answer = try ask(method, target, json: json)
        do {
            return try JSONDecoder().decode(type, from: Data(answer.body))
        } catch {
            throw RemoteRefusal(
                status: answer.status, code: "answer", description: "What answers at this address is no portal.")
        }
    }

    @discardableResult
    func ask(_ method: HTTPModel.Method, _ target: String, json: (any Encodable)? = nil) throws -> HTTPAnswer {
        guard let json else { return try patiently { try send(method, target) } }
        return try ask(method, target, document: [UInt8](try JSONEncoder().encode(json)))
    }

    /// - Parameter document: JSON.
    func ask(_ method: HTTPModel.Method, _ target: String, document: [UInt8]) throws -> HTTPAnswer {
        try patiently {
            try send(method, target, headers: ["Content-Type: application/json"], body: .bytes(document))
        }
    }

    private struct Page<Item: Decodable>: Decodable {
        let items: [Item]
        let next: String?
    }

    /// All items of a list, page by page.
    ///
    /// - Parameter target: path and query, with a limit.
    /// - Throws: as `ask`.
    func all<Item: Decodable>(_ target: String, of type: Item.Type) throws -> [Item] {
        var items: [Item] = []
        var after = ""
        while true {
            let page = try ask(.get, target + after, as: Page<Item>.self)
            items += page.items
            guard let next = page.next else { return items }
            after = "&after=\(PercentEncoding.encode(next))"
        }
    }

    /// The first items of a list, as many as `target` says.
    func some<Item: Decodable>(_ target: String, of type: Item.Type) throws -> [Item] {
        try ask(.get, target, as: Page<Item>.self).items
    }

    /// Sends a request once.
    ///
    /// - Throws: `RemoteRefusal` for an answer of 400 and above; `ConnectionLost`; what `body` and `output` throw.
    func send(
        _ method: HTTPModel.Method, _ target: String, headers: [String] = [], body: HTTPBody = .none,
        output: ((ArraySlice<UInt8>) throws -> Void)? = nil
    ) throws -> HTTPAnswer {
        let answer = try connection.send(method, target, headers: headers, body: body, output: output)
        isKnown = isKnown || answer.status != 502
        guard answer.status < 300 else { throw RemoteRefusal(answer) }
        return answer
    }

    /// Does something until it is done or refused for good: what passes by itself is waited for.
    func patiently<Result>(_ act: () throws -> Result) throws -> Result {
        var tries = 0
        while true {
            do {
                let result = try act()
                if tries > 0 { told("") }
                return result
            } catch let lost as ConnectionLost where isKnown && tries < Self.mostTries {
                told("The connection is lost (\(lost)); trying again.")
            } catch let refusal as RemoteRefusal where Self.passing.contains(refusal.status) && tries < Self.mostTries {
                told("The portal is away or busy; trying again.")
            }
            usleep(UInt32(min(0.25 * pow(2, Double(tries)), Self.longestPause) * 1e6))
            tries += 1
        }
    }
}

extension RemoteRefusal {
    private struct Document: Decodable {
        struct Fault: Decodable {
            let code: String
            let message: String
        }

        let error: Fault
    }

    fileprivate init(_ answer: HTTPAnswer) {
        let fault = (try? JSONDecoder().decode(Document.self, from: Data(answer.body)))?.error
        status = answer.status
        code = fault?.code ?? ""
        switch (answer.status, fault) {
        case (401, _): description = "The portal does not take the access token: it is wrong, revoked or has expired."
        case (_, let fault?): description = fault.message
        case (300..<400, _):
            description = "The portal is at another address: \(answer.headers["Location"] ?? "it does not say where")."
        default: description = "The portal answered with status \(answer.status)."
        }
    }
}
