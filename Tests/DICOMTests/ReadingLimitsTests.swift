import Testing

@testable import DICOM

struct ReadingLimitsTests {
    @Test func largeValuesAndPixelDataStayInTheSource() throws {
        let text = [UInt8](repeating: 0x41, count: 70_000)
        let bytes = Bytes.file(
            Bytes.explicit(Tag(0x0009, 0x1001), .UT, text) + Bytes.explicit(.pixelData, .OW, [1, 2, 3, 4]))
        let dataSet = try Bytes.read(bytes).dataSet
        #expect(dataSet.bytes(Tag(0x0009, 0x1001)) == nil)
        #expect(dataSet[.pixelData]?.value == .deferred(offset: bytes.count - 4, length: 4))
        let (element, holder) = try #require(dataSet.element(at: "00091001"))
        #expect(try holder.value(of: element, from: BytesSource(bytes)) == text)
    }

    @Test func sequencesMayBeSoDeepAndNoDeeper() throws {
        func nested(_ depth: Int) -> [UInt8] {
            let open =
                Bytes.explicit(.procedureCodeSequence, .SQ, [], length: Bytes.undefined)
                + Bytes.implicit(.item, [], length: Bytes.undefined)
            let close = Bytes.itemEnd + Bytes.sequenceEnd
            return Bytes.file((0..<depth).flatMap { _ in open } + (0..<depth).flatMap { _ in close })
        }
        #expect(throws: Never.self) { try Bytes.read(nested(64)) }
        #expect(throws: DICOMError.self) { try Bytes.read(nested(65)) }
        #expect(throws: DICOMError.self) { try Bytes.read(nested(100_000)) }
    }

    @Test func elementsAreCounted() {
        var limits = ReadingLimits()
        limits.elementCount = 10
        let bytes = Bytes.file((0..<20).flatMap { Bytes.explicit(Tag(0x0009, 0x1000 + UInt16($0)), .LO, "A ") })
        #expect(throws: DICOMError.self) { try Bytes.read(bytes, limits: limits) }
    }

    @Test(arguments: [VR.UT, .OB, .SQ, .UN]) func aLengthBehindTheEndIsRefused(vr: VR) {
        let bytes = Bytes.file(Bytes.explicit(Tag(0x0009, 0x1001), vr, [1, 2, 3, 4], length: 0xFFFF_FFFE))
        #expect(throws: DICOMError.self) { try Bytes.read(bytes) }
    }
}
