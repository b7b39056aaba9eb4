import DICOM

/// Text in one or two character sets that the first bytes choose.
enum FuzzedText {
    private static let terms = [
        "", "ISO_IR 6", "ISO_IR 100", "ISO_IR 101", "ISO_IR 109", "ISO_IR 110", "ISO_IR 144", "ISO_IR 127",
        "ISO_IR 126",
        "ISO_IR 138", "ISO_IR 148", "ISO_IR 203", "ISO_IR 166", "ISO_IR 13", "ISO_IR 192", "GB18030", "GBK",
        "ISO 2022 IR 6", "ISO 2022 IR 13", "ISO 2022 IR 87", "ISO 2022 IR 159", "ISO 2022 IR 149", "ISO 2022 IR 58",
        "ISO 2022 IR 100", "ISO-IR 100", "unknown",
    ]

    static func use(_ bytes: [UInt8]) {
        guard bytes.count > 2 else { return }
        let chosen = bytes.prefix(2).map { terms[Int($0) % terms.count] }
        let characterSet = SpecificCharacterSet(terms: bytes[0] < 128 ? chosen : Array(chosen.prefix(1)))
        let text = Array(bytes.dropFirst(2))
        for vr in [VR.PN, .LO, .LT, .UC] {
            for value in characterSet.values(of: text, vr) {
                precondition(!value.unicodeScalars.contains("\0"), "text that PostgreSQL refuses")
                _ = PersonName(value).components
                _ = characterSet.bytes(of: value)
            }
        }
    }
}
