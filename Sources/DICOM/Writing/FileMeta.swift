/// The head of a Part 10 file.
///
/// - SeeAlso: PS3.10 §7.1, Table 7.1-1.
package enum FileMeta {
    /// Names this implementation in files and associations (PS3.7 §D.3.3.2).
    package static let implementationClassUID = "2.25.65562120017164538203776043582961058282"
    package static let implementationVersionName = "PREVIEWDICOM_1"

    /// 128 bytes of nothing, and the prefix.
    package static let preamble = [UInt8](repeating: 0, count: 128) + Array("DICM".utf8)

    /// Preamble, prefix and group 0002.
    ///
    /// - Parameter sourceAE: the AE title that the data set came from; cut to 16 characters.
    package static func bytes(
        sopClass: String, sopInstance: String, transferSyntax: String, sourceAE: String? = nil
    ) -> [UInt8] {
        var group = header(0x0001, "OB", 2) + [0, 1]
        append(text: sopClass, 0x0002, "UI", to: &group)
        append(text: sopInstance, 0x0003, "UI", to: &group)
        append(text: transferSyntax, 0x0010, "UI", to: &group)
        append(text: implementationClassUID, 0x0012, "UI", to: &group)
        append(text: implementationVersionName, 0x0013, "SH", to: &group)
        if let sourceAE, !sourceAE.isEmpty { append(text: String(sourceAE.prefix(16)), 0x0016, "AE", to: &group) }
        let length = (0..<4).map { UInt8(truncatingIfNeeded: group.count >> (8 * $0)) }
        return preamble + header(0x0000, "UL", 4) + length + group
    }

    private static func append(text: String, _ element: UInt16, _ vr: String, to group: inout [UInt8]) {
        let longest = Int(UInt16.max) - 1
        var value = Array(text.utf8.prefix(longest))
        if value.count % 2 == 1 { value.append(vr == "UI" ? 0 : UInt8(ascii: " ")) }
        group += header(element, vr, value.count) + value
    }

    private static func header(_ element: UInt16, _ vr: String, _ length: Int) -> [UInt8] {
        let tag = [2, 0, UInt8(truncatingIfNeeded: element), UInt8(truncatingIfNeeded: element >> 8)]
        let low = [UInt8(truncatingIfNeeded: length), UInt8(truncatingIfNeeded: length >> 8)]
        return tag + Array(vr.utf8) + (vr == "OB" ? [0, 0] + low + [0, 0] : low)
    }
}
