import Glibc

/// libarchive converts names through the C locale, so its calls run under one whose text is UTF-8.
struct UTF8Locale: @unchecked Sendable {  // a locale object never changes after it was made
    private static let shared = UTF8Locale(locale: newlocale(LC_CTYPE_MASK, "C.UTF-8", nil))

    private let locale: locale_t?

    /// Runs `body` with this thread's locale set, and sets it back.
    static func run<Result>(_ body: () throws -> Result) rethrows -> Result {
        let previous = uselocale(shared.locale)
        defer { uselocale(previous) }
        return try body()
    }
}
