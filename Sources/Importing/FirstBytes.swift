import Archives

/// What a file may be, by its beginning.
enum FirstBytes {
    enum Kind { case dicom, archive, other }

    /// How many bytes tell.
    static let length = 512

    static func kind(of head: [UInt8]) -> Kind {
        if head.dropFirst(128).starts(with: Array("DICM".utf8)) { return .dicom }
        if ArchiveFormat.detect(head) != nil { return .archive }
        return beginsDataSet(head) ? .dicom : .other
    }

    /// A data set without preamble begins with group 0002 or 0008, in either byte order, and a short element of it.
    private static func beginsDataSet(_ head: [UInt8]) -> Bool {
        guard head.count >= 8 else { return false }
        let isLittle = head[1] == 0 && (head[0] == 2 || head[0] == 8)
        let isBig = head[0] == 0 && (head[1] == 2 || head[1] == 8)
        return isLittle || isBig
    }
}
