extension MediaStorageDirectory {
    /// The file, in Explicit VR Little Endian.
    ///
    /// - Throws: ``DICOMError/notEncodable(_:_:)`` when it is longer than its offsets can count.
    package func bytes() throws -> [UInt8] {
        let meta = FileMeta.bytes(
            sopClass: "1.2.840.10008.1.3.10", sopInstance: fileSetUID.text,
            transferSyntax: TransferSyntax.explicitVRLittleEndian.uid.text)
        let start = try meta.count + root([:], length: 0).count
        let (order, offsets, end) = try layout(from: start)
        var next: [Int: Int] = [:]
        for list in [roots] + records.map(\.children) {
            for (one, other) in zip(list, list.dropFirst()) { next[one] = offsets[other] }
        }
        guard end <= UInt32.max else { throw DICOMError.notEncodable(.directoryRecordSequence, "it is too long") }
        var file = try meta + root(offsets, length: end - start)
        for place in order {
            let links = try Self.links(next: next[place], lower: records[place].children.first.flatMap { offsets[$0] })
            file += Self.header(.item, length: links.count + records[place].keys.count) + links + records[place].keys
        }
        return file
    }

    /// The records in the order in which they stand, and where each begins in the file.
    private func layout(from start: Int) throws -> (order: [Int], offsets: [Int: Int], end: Int) {
        let headLength = try Self.header(.item, length: 0).count + Self.links(next: nil, lower: nil).count
        var (order, offsets, end): ([Int], [Int: Int], Int) = ([], [:], start)
        var waiting = Array(roots.reversed())
        while let place = waiting.popLast() {
            order.append(place)
            offsets[place] = end
            end += headLength + records[place].keys.count
            waiting += records[place].children.reversed()
        }
        return (order, offsets, end)
    }

    /// The File-set Identification and Directory Information Modules, up to the first record (PS3.3 §F.3.2).
    private func root(_ offsets: [Int: Int], length: Int) throws -> [UInt8] {
        var head = DataSet()
        head.set(.fileSetID, texts: fileSetID.map { [$0.text] } ?? [])
        head.set(
            .offsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity,
            number: roots.first.flatMap { offsets[$0] } ?? 0)
        head.set(
            .offsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity, number: roots.last.flatMap { offsets[$0] } ?? 0)
        head.set(.fileSetConsistencyFlag, number: 0)
        let sequence = Self.header(.directoryRecordSequence, vr: Array("SQ".utf8) + [0, 0], length: length)
        return try DataSetWriter.bytes(head, syntax: .explicitVRLittleEndian) + sequence
    }

    /// The elements that a record begins with; 0 means that there is no such record.
    private static func links(next: Int?, lower: Int?) throws -> [UInt8] {
        var links = DataSet()
        links.set(.offsetOfTheNextDirectoryRecord, number: next ?? 0)
        links.set(.recordInUseFlag, number: 0xFFFF)
        links.set(.offsetOfReferencedLowerLevelDirectoryEntity, number: lower ?? 0)
        return try DataSetWriter.bytes(links, syntax: .explicitVRLittleEndian)
    }

    private static func header(_ tag: Tag, vr: [UInt8] = [], length: Int) -> [UInt8] {
        let words = [Int(tag.group), Int(tag.element)].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        return words + vr + (0..<4).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    }
}
