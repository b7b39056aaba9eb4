import CZlib
import Testing

@testable import DICOMweb

@Suite struct MetadataDocumentTests {
    @Test(arguments: [0, 1, 2, 50])
    func objectsBecomeOneArray(count: Int) throws {
        let objects = (0..<count).map { "{\"n\":\($0),\"x\":\"\(String(repeating: "é", count: $0 * 3000))\"}" }
        let document = try MetadataDocument.joined(objects.map { Self.gzip(Array($0.utf8)) })
        #expect(try Self.gunzip(document) == "[" + objects.joined(separator: ",") + "]")
        #expect(try MetadataDocument.joined(objects.map { Self.gzip(Array($0.utf8)) }) == document)
    }

    @Test func everyTruncationOfAnObjectIsRefused() {
        let object = Self.gzip(Array("{\"a\":\"bcdefghijkl\"}".utf8))
        for length in object.indices {
            #expect(throws: MetadataDocument.Damaged.self) {
                try MetadataDocument.joined([Array(object.prefix(length))])
            }
        }
    }

    static func gzip(_ bytes: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        deflateInit2_(
            &stream, 1, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))) + 64)
        input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
                _ = deflate(&stream, Z_FINISH)
            }
        }
        return Array(output.prefix(Int(stream.total_out)))
    }

    static func gunzip(_ bytes: [UInt8]) throws -> String {
        var stream = z_stream()
        try #require(inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { inflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: 1 << 24)
        let result = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, UInt32(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, UInt32(output.count))
                return inflate(&stream, Z_FINISH)
            }
        }
        try #require(result == Z_STREAM_END)
        return String(decoding: output.prefix(Int(stream.total_out)), as: UTF8.self)
    }
}
