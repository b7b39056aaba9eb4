/// Finding the frames of an image that was read.
extension FrameTable {
    /// - Throws: what `source` throws.
    init(of dataSet: DataSet, _ syntax: TransferSyntax, in source: any ByteSource, isInFile: Bool) throws {
        let tags: [Tag] = [.pixelData, .floatPixelData, .doubleFloatPixelData]
        let layout: Layout
        switch tags.lazy.compactMap({ dataSet[$0] }).first?.value {
        case .deferred(let offset, let length)?:
            layout = Self.native(dataSet, offset: offset, length: length)
        case .fragments(let ranges)?:
            layout = try Self.encapsulated(dataSet, ranges, syntax, source)
        default: layout = .none
        }
        self.init(layout, isInFile: isInFile)
    }

    /// As many frames as are declared and fit.
    private static func native(_ dataSet: DataSet, offset: Int, length: Int) -> Layout {
        guard let bits = bitsPerFrame(dataSet), bits > 0 else { return .none }
        let fitting = length.multipliedReportingOverflow(by: 8).partialValue / bits
        let count = min(declaredCount(dataSet), fitting)
        return count > 0 ? .native(start: offset, bitsPerFrame: bits, count: count) : .none
    }

    /// Bits of a native frame without padding between frames (PS3.5 §8.1.1); nil when that is not told.
    private static func bitsPerFrame(_ dataSet: DataSet) -> Int? {
        guard let rows = dataSet.int(.rows), let columns = dataSet.int(.columns),
            let allocated = dataSet.int(.bitsAllocated) ?? floatingBits(dataSet),
            (1...65_535).contains(rows), (1...65_535).contains(columns), (1...64).contains(allocated)
        else { return nil }
        let samples = dataSet.int(.samplesPerPixel) ?? 1
        guard (1...255).contains(samples) else { return nil }
        let pixels = rows * columns
        // Two pixels share their chroma (PS3.3 §C.7.6.3.1.2).
        let isSubsampled = dataSet.string(.photometricInterpretation)?.hasSuffix("_422") == true && samples == 3
        return isSubsampled ? (pixels + 1) / 2 * 4 * allocated : pixels * samples * allocated
    }

    private static func floatingBits(_ dataSet: DataSet) -> Int? {
        if dataSet[.floatPixelData] != nil { return 32 }
        return dataSet[.doubleFloatPixelData] != nil ? 64 : nil
    }

    private static func declaredCount(_ dataSet: DataSet) -> Int {
        max(1, dataSet.int(.numberOfFrames) ?? 1)
    }
}

extension FrameTable {
    /// Frames from, in this order: the Extended Offset Table, the Basic Offset Table, a fragment for each frame, all
    /// fragments for the one frame, the marks of the codec.
    private static func encapsulated(
        _ dataSet: DataSet, _ items: [Range<Int>], _ syntax: TransferSyntax, _ source: any ByteSource
    ) throws -> Layout {
        let fragments = Array(items.dropFirst())
        guard let table = items.first, !fragments.isEmpty else { return .none }
        let count = syntax.isVideo ? 1 : declaredCount(dataSet)
        if count == 1 { return .encapsulated(fragments: fragments, firsts: [0, fragments.count]) }
        for offsets in [extendedOffsets(dataSet), try basicOffsets(table, source)] where offsets.count == count {
            if let firsts = firsts(offsets, fragments) { return .encapsulated(fragments: fragments, firsts: firsts) }
        }
        if fragments.count <= count || !syntax.marksFrames {
            return fragments.count <= count
                ? .encapsulated(fragments: fragments, firsts: Array(0...fragments.count)) : .none
        }
        let firsts = try marked(fragments, source)
        return firsts.count == count + 1 ? .encapsulated(fragments: fragments, firsts: firsts) : .none
    }

    /// PS3.3 §C.7.6.3.1.8.
    private static func extendedOffsets(_ dataSet: DataSet) -> [Int] {
        guard let bytes = dataSet.bytes(.extendedOffsetTable) else { return [] }
        return Numbers.words(bytes, UInt64.self) { Int(clamping: $0) }
    }

    /// PS3.5 §A.4, Table A.4-1.
    private static func basicOffsets(_ table: Range<Int>, _ source: any ByteSource) throws -> [Int] {
        guard !table.isEmpty, table.count <= ReadingLimits.standard.offsetTableLength else { return [] }
        let bytes = try source.read(at: table.lowerBound, count: table.count)
        return Numbers.words(bytes, UInt32.self) { Int($0) }
    }

    /// The index of the fragment at each offset; nil when an offset points elsewhere or they do not ascend.
    private static func firsts(_ offsets: [Int], _ fragments: [Range<Int>]) -> [Int]? {
        guard let start = fragments.first?.lowerBound, offsets.first == 0 else { return nil }
        var firsts: [Int] = []
        var index = 0
        for offset in offsets {
            while index < fragments.count, fragments[index].lowerBound - start < offset { index += 1 }
            guard index < fragments.count, fragments[index].lowerBound - start == offset, firsts.last != index else {
                return nil
            }
            firsts.append(index)
        }
        return firsts + [fragments.count]
    }

    /// The indices of the fragments that begin a frame of the JPEG family (SOI, or SOC of JPEG 2000).
    private static func marked(_ fragments: [Range<Int>], _ source: any ByteSource) throws -> [Int] {
        var firsts: [Int] = []
        for (index, fragment) in fragments.enumerated() where fragment.count >= 2 {
            let head = try source.read(at: fragment.lowerBound, count: 2)
            if head == [0xFF, 0xD8] || head == [0xFF, 0x4F] { firsts.append(index) }
        }
        return firsts.first == 0 ? firsts + [fragments.count] : []
    }
}
