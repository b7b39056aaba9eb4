/// A Value Representation: the type and format of an attribute's values.
///
/// - SeeAlso: PS3.5 §6.2, Table 6.2-1.
package enum VR: String, Sendable, CaseIterable {
    case AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, OB, OD, OF, OL, OV
    case OW, PN, SH, SL, SQ, SS, ST, SV, TM, UC, UI, UL, UN, UR, US, UT, UV

    /// Reads the two letters of an explicit syntax; nil for what PS3.5 does not know.
    @inline(__always)
    init?(_ first: UInt8, _ second: UInt8) {
        let (row, column) = (first &- UInt8(ascii: "A"), second &- UInt8(ascii: "A"))
        guard row < 26, column < 26, let known = Self.byLetters[Int(row) &* 26 &+ Int(column)] else { return nil }
        self = known
    }

    private static let byLetters: [VR?] = {
        var table = [VR?](repeating: nil, count: 26 * 26)
        for vr in allCases {
            let letters = vr.rawValue.utf8.map { Int($0) - 0x41 }
            table[letters[0] * 26 + letters[1]] = vr
        }
        return table
    }()
}

extension VR {
    /// In explicit syntaxes: two reserved bytes and a length of 32 bits (PS3.5 §7.1.2).
    var hasLongLength: Bool {
        switch self {
        case .OB, .OD, .OF, .OL, .OV, .OW, .SQ, .SV, .UC, .UN, .UR, .UT, .UV: true
        default: false
        }
    }

    /// Character strings.
    package var isText: Bool {
        switch self {
        case .AE, .AS, .CS, .DA, .DS, .DT, .IS, .LO, .LT, .PN, .SH, .ST, .TM, .UC, .UI, .UR, .UT: true
        default: false
        }
    }

    /// The strings whose characters Specific Character Set (0008,0005) names (PS3.5 §6.1.2.2).
    package var usesCharacterSet: Bool {
        switch self {
        case .LO, .LT, .PN, .SH, .ST, .UC, .UT: true
        default: false
        }
    }

    /// Streams of bytes without values of their own: what DICOM JSON carries as InlineBinary.
    package var isBinary: Bool {
        switch self {
        case .OB, .OD, .OF, .OL, .OV, .OW, .UN: true
        default: false
        }
    }

    /// A backslash separates values.
    var isMultiValued: Bool {
        switch self {
        case .LT, .ST, .UR, .UT: false
        default: isText
        }
    }

    /// Leading spaces mean something (PS3.5 Table 6.2-1).
    var keepsLeadingSpaces: Bool {
        switch self {
        case .LT, .ST, .UC, .UR, .UT: true
        default: false
        }
    }

    /// Bytes of the number or word that byte ordering concerns; 1 when none does (PS3.5 §7.3).
    package var wordLength: Int {
        switch self {
        case .AT, .OW, .SS, .US: 2
        case .FL, .OF, .OL, .SL, .UL: 4
        case .FD, .OD, .OV, .SV, .UV: 8
        default: 1
        }
    }

    /// What makes a value's length even (PS3.5 §6.2).
    var padding: UInt8 { isText && self != .UI ? UInt8(ascii: " ") : 0 }
}
