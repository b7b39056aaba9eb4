import FoundationEssentials
import HTTPModel
import Testing

@testable import FunctionRuntime

/// Who is let in, with what, and what the others are told.
@Suite struct EntranceTests {
    private func request(_ method: Method, _ path: String, _ headers: Headers) -> Request {
        var headers = headers
        headers["Host"] = "portal.example"
        headers["Content-Type"] = "application/json"
        return Request(
            method: method, path: path, headers: headers, body: .bytes(Array(#"{"name":"a","sizes":[1]}"#.utf8)))
    }

    private func basic(_ token: String) -> String { "Basic " + Data("someone:\(token)".utf8).base64EncodedString() }

    @Test func everyKindOfCredentialLetsInAndUnknownOnesDoNot() throws {
        let scratch = try ScratchDatabase()
        let user = try scratch.account()
        let secret = try scratch.secret(of: user)
        let invoker = Invoker(try scratch.context())
        for headers: Headers in [
            ["Authorization": "Bearer \(secret)"], ["authorization": "bearer  \(secret) "],
            ["Authorization": basic(secret)], ["Cookie": "a=b; session=\(secret); c"],
        ] {
            let answer = invoker.respond(to: request(.get, "/api/things/1", headers), function: "ReadThing", id: "1")
            #expect(answer.status == 200)
            let who = invoker.respond(to: request(.get, "/api/who", headers), function: "WhoAmI", id: "1")
            #expect(invoker.text(who) == user)
        }
        for headers: Headers in [
            [:], ["Authorization": "Bearer x"], ["Authorization": "Bearer"], ["Authorization": "Basic %%%"],
            ["Authorization": "Digest \(secret)"], ["Cookie": "session=\(secret)x"],
            ["Cookie": "__Host-session=\(secret)"],
            ["Authorization": "Bearer x", "Cookie": "session=\(secret)"],
            ["Authorization": "Bearer \(String(repeating: "a", count: 1 << 20))"],
        ] {
            let answer = invoker.respond(to: request(.get, "/api/things/1", headers), function: "ReadThing", id: "1")
            #expect(answer.status == 401)
            let who = invoker.respond(to: request(.get, "/api/who", headers), function: "WhoAmI", id: "1")
            #expect(invoker.text(who) == "stranger")
        }
    }

    @Test func anExpiredSessionAndOneForANewPasswordDoNotLetIn() throws {
        let scratch = try ScratchDatabase()
        let invoker = Invoker(try scratch.context())
        let expired = try scratch.secret(of: try scratch.account(), expired: true)
        let change = try scratch.secret(of: try scratch.account(), kind: "passwordChange")
        for (secret, status) in [(expired, 401), (change, 403)] {
            let headers: Headers = ["Authorization": "Bearer \(secret)"]
            let answer = invoker.respond(to: request(.get, "/api/things/1", headers), function: "ReadThing", id: "1")
            #expect(answer.status.code == status)
        }
    }

    @Test func onlyProgramsAreOfferedBasic() throws {
        let invoker = Invoker(try ScratchDatabase().context())
        let program = invoker.respond(
            to: request(.get, "/api/things/1", ["User-Agent": "curl/8"]), function: "ReadThing", id: "1")
        let browser = invoker.respond(
            to: request(.get, "/api/things/1", ["User-Agent": "Mozilla/5.0"]), function: "ReadThing", id: "1")
        #expect(program.headers.all("WWW-Authenticate").map { $0.prefix(5) } == ["Beare", "Basic"])
        #expect(browser.headers.all("WWW-Authenticate") == ["Bearer"])
    }

    @Test func aPermissionIsNeededWhereTheListSaysSo() throws {
        let scratch = try ScratchDatabase()
        let invoker = Invoker(try scratch.context())
        for (permissions, status) in [(["view"], 403), (["view", "administer"], 201)] {
            let user = try scratch.account(permissions)
            let secret = try scratch.secret(of: user, kind: "session")
            let answer = invoker.respond(
                to: request(.post, "/api/things", ["Authorization": "Bearer \(secret)"]), function: "ChangeThing",
                id: "1")
            #expect(answer.status.code == status)
        }
    }

    @Test func aStateChangingCallOfAnotherSiteIsRefused() throws {
        let scratch = try ScratchDatabase()
        let secret = try scratch.secret(of: try scratch.account(["administer"]), kind: "session")
        let invoker = Invoker(try scratch.context())
        for (headers, status): (Headers, Int) in [
            (["Cookie": "session=\(secret)", "Origin": "http://portal.example"], 201),
            (["Cookie": "session=\(secret)", "Origin": "https://evil.example"], 403),
            (["Cookie": "session=\(secret)"], 403), (["Authorization": basic(secret)], 201),
            (["Authorization": "Bearer \(secret)", "Origin": "https://evil.example"], 201),
        ] {
            let answer = invoker.respond(to: request(.post, "/api/things", headers), function: "ChangeThing", id: "1")
            #expect(answer.status.code == status)
        }
    }

    @Test(
        arguments: [
            (.cookie(""), nil, ["Origin": "http://portal.example"], true),
            (.cookie(""), nil, ["Origin": "https://PORTAL.example"], true),
            (.cookie(""), nil, ["Origin": "http://portal.example:8080"], false),
            (.cookie(""), nil, ["Origin": "null"], false),
            (.cookie(""), nil, ["Origin": "http://portal.example.evil"], false), (.cookie(""), nil, [:], false),
            (.cookie(""), nil, ["Sec-Fetch-Site": "same-origin"], true),
            (.cookie(""), nil, ["Sec-Fetch-Site": "none"], true),
            (.cookie(""), nil, ["Sec-Fetch-Site": "same-site"], false),
            (.cookie(""), nil, ["Sec-Fetch-Site": "same-origin", "Origin": "http://evil"], false),
            (.cookie(""), "https://p.example", ["Origin": "https://p.example"], true),
            (.cookie(""), "https://p.example", ["Origin": "http://portal.example"], false),
            (.basic(""), nil, [:], true), (.basic(""), nil, ["User-Agent": "Mozilla/5.0"], false),
            (.basic(""), nil, ["Origin": "http://evil"], false), (.bearer(""), nil, ["Origin": "http://evil"], true),
        ] as [(Credential, String?, Headers, Bool)])
    func whetherAPageOfOursMadeTheCall(credential: Credential, publicURL: String?, headers: Headers, expected: Bool) {
        let request = request(.post, "/", headers)
        #expect(SameOrigin.allows(request, credential, publicURL: publicURL) == expected)
        #expect(SameOrigin.allows(self.request(.get, "/", headers), credential, publicURL: publicURL))
    }
}
