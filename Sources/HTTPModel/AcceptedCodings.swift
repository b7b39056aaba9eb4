extension Request {
    /// Whether the caller takes a gzip'd answer (RFC 9110 §12.5.3); no `Accept-Encoding` means it does not.
    package var acceptsGzip: Bool {
        var star: Bool?
        for text in headers.all("Accept-Encoding") {
            for item in text.split(separator: ",") {
                let parts = item.split(separator: ";").map { $0.trimmingSpaces }
                guard let coding = parts.first else { continue }
                let isRefused = parts.dropFirst().contains(where: Self.isZeroWeight)
                if coding.equalsIgnoringASCIICase("gzip") { return !isRefused }
                if coding == "*" { star = !isRefused }
            }
        }
        return star ?? false
    }

    private static func isZeroWeight(_ parameter: Substring) -> Bool {
        let halves = parameter.split(separator: "=", maxSplits: 1).map { $0.trimmingSpaces }
        guard halves.count == 2, halves[0].equalsIgnoringASCIICase("q") else { return false }
        return halves[1].utf8.allSatisfy { $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".") }
    }
}

// Not generic: a generic function of another module runs unspecialised, some twenty times slower, and every request comes here.

extension String {
    /// The text without spaces and tabs at its ends (RFC 9110 §5.6.3, OWS).
    package var trimmingSpaces: Substring { self[...].trimmingSpaces }
}

extension Substring {
    /// The text without spaces and tabs at its ends (RFC 9110 §5.6.3, OWS).
    package var trimmingSpaces: Substring {
        let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        var rest = utf8
        while let first = rest.first, isSpace(first) { rest.removeFirst() }
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return Substring(rest)
    }
}
