import DICOM

/// A value as a table of attributes says it, before its VR decides how it is written.
enum AttributeValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByStringInterpolation
{
    case text(String)
    case numbers([Double])
    case items([Attributes])
    /// Values of VR AT.
    case tags([Tag])

    init(stringLiteral value: String) {
        self = .text(value)
    }

    init(integerLiteral value: Int) {
        self = .numbers([Double(value)])
    }

    init(floatLiteral value: Double) {
        self = .numbers([value])
    }

    /// The bytes of a value, padded; nil for items.
    func bytes(_ vr: VR) -> [UInt8]? {
        switch self {
        case .items: return nil
        case .tags(let tags): return tags.flatMap { [$0.group, $0.element] }.flatMap { Self.little($0, count: 2) }
        case .text(let text): return Self.padded(Array(text.utf8), vr)
        case .numbers(let numbers): return Self.numeric(numbers, vr)
        }
    }

    private static func numeric(_ numbers: [Double], _ vr: VR) -> [UInt8] {
        switch vr {
        case .US, .SS: numbers.flatMap { little(Int64($0), count: 2) }
        case .UL, .SL: numbers.flatMap { little(Int64($0), count: 4) }
        case .FL: numbers.flatMap { little(Float($0).bitPattern, count: 4) }
        case .FD: numbers.flatMap { little($0.bitPattern, count: 8) }
        default: padded(Array(numbers.map(decimal).joined(separator: "\\").utf8), vr)
        }
    }

    private static func little(_ number: some FixedWidthInteger, count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }

    private static func padded(_ bytes: [UInt8], _ vr: VR) -> [UInt8] {
        bytes.count % 2 == 0 ? bytes : bytes + [vr == .UI || vr == .OB ? 0 : UInt8(ascii: " ")]
    }

    /// A number as a decimal string of at most 16 characters, up to four digits behind the point.
    private static func decimal(_ number: Double) -> String {
        let scaled = Int((abs(number) * 10_000).rounded())
        let (whole, part) = scaled.quotientAndRemainder(dividingBy: 10_000)
        let sign = number < 0 && scaled != 0 ? "-" : ""
        guard part != 0 else { return "\(sign)\(whole)" }
        var digits = String(String(part + 10_000).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(sign)\(whole).\(digits)"
    }
}
