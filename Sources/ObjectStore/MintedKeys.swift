import Glibc

extension ObjectKey {
    /// A new key for an original: `originals/<yyyymmdd>/<hh>/<uuid>.dcm`, so that a group commit shares one folder.
    package static func newOriginal() -> ObjectKey {
        var now = time(nil)
        var parts = tm()
        gmtime_r(&now, &parts)
        let day =
            padded(Int(parts.tm_year) + 1900, 4) + padded(Int(parts.tm_mon) + 1, 2) + padded(Int(parts.tm_mday), 2)
        return ObjectKey(minted: "originals/\(day)/\(padded(Int(parts.tm_hour), 2))/\(randomName()).dcm")
    }

    /// The key of the marker that says that an original is not plainly live.
    package var marker: ObjectKey { ObjectKey(minted: text + ".marker") }

    /// A random UUID (RFC 9562 §5.4) in lower-case text.
    package static func randomName() -> String {
        let digits = Array("0123456789abcdef")
        var bytes = [UInt64.random(in: .min ... .max), .random(in: .min ... .max)].flatMap { half in
            (0..<8).map { UInt8(truncatingIfNeeded: half >> (8 * UInt64($0))) }
        }
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        var text = ""
        for (index, byte) in bytes.enumerated() {
            if [4, 6, 8, 10].contains(index) { text.append("-") }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return text
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
