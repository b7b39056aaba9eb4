import HTTPModel

/// Whether a page of another site could have made a state-changing request in a browser that holds our credentials.
///
/// Cookies and Basic are sent by browsers on their own, so such requests must come from our own pages; a Bearer token
/// is not.
enum SameOrigin {
    /// - Parameter publicURL: the portal's origin; `nil` compares with the request's own `Host` in both schemes.
    static func allows(_ request: Request, _ credential: Credential, publicURL: String?) -> Bool {
        if case .bearer = credential { return true }
        guard ![.get, .head, .options].contains(request.method) else { return true }
        if let origin = request.headers["Origin"] { return isOurs(origin, request, publicURL: publicURL) }
        if let site = request.headers["Sec-Fetch-Site"] { return site == "same-origin" || site == "none" }
        // Browsers send Origin with every state-changing request of another site, so one without it is a program's. Only
        // with Basic is that enough: programs such as DICOMweb clients know no Origin, while a cookie is a browser's.
        if case .basic = credential { return !request.isFromBrowser }
        return false
    }

    private static func isOurs(_ origin: String, _ request: Request, publicURL: String?) -> Bool {
        if let publicURL { return origin.equalsIgnoringASCIICase(publicURL) }
        guard let host = request.headers["Host"] else { return false }
        return ["http://", "https://"].contains { origin.equalsIgnoringASCIICase($0 + host) }
    }
}

extension Request {
    /// Whether the client says that it is a browser; only used where a lie harms nobody but the liar.
    var isFromBrowser: Bool { headers["User-Agent"]?.hasPrefix("Mozilla/") ?? false }
}
