import HTTPModel
import ObjectStore
import Testing

@testable import FunctionRuntime

/// What is kept compressed is inflated for those who do not take gzip.
@Suite struct ReadableAnswerTests {
    /// `gzip -9` of forty times "preview ".
    private static let compressed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0x28, 0x4A, 0x2D, 0xCB, 0x4C, 0x2D, 0x57,
        0x28, 0x18, 0xA5, 0xC9, 0xA2, 0x01, 0x13, 0x90, 0x0E, 0x7D, 0x40, 0x01, 0x00, 0x00,
    ]
    private static let plain = Array(String(repeating: "preview ", count: 40).utf8)

    private func bytes(_ response: Response) throws -> [UInt8] {
        switch response.body {
        case .bytes(let bytes): return bytes
        case .stream(let produce):
            var bytes: [UInt8] = []
            try produce { bytes += $0 }
            return bytes
        default: return []
        }
    }

    private func bodies(_ stored: [UInt8], _ context: Context) throws -> [ResponseBody] {
        let key = try #require(ObjectKey("derived/a.gz"))
        try context.store.put(stored, at: key)
        return [.bytes(stored), .object(key, length: stored.count)]
    }

    @Test func itIsInflatedOnlyForThoseWhoNeedIt() throws {
        let context = try Context.forTest()
        for body in try bodies(Self.compressed, context) {
            let response = Response(headers: ["Content-Encoding": "gzip", "ETag": "\"1\""], body: body)
            let plain = try response.readable(by: Request(method: .get, path: "/"), from: context.store)
            #expect(try bytes(plain) == Self.plain)
            #expect(plain.headers["Content-Encoding"] == nil)
            #expect(plain.headers["ETag"] == "W/\"1\"")
            let kept = try response.readable(
                by: Request(method: .get, path: "/", headers: ["Accept-Encoding": "gzip"]), from: context.store)
            #expect(kept.headers == response.headers)
        }
    }

    @Test func everyCutOfItThrows() throws {
        let context = try Context.forTest()
        for count in 0..<Self.compressed.count {
            for body in try bodies(Array(Self.compressed.prefix(count)), context) {
                #expect(throws: (any Error).self) {
                    let response = Response(headers: ["Content-Encoding": "gzip"], body: body)
                    _ = try bytes(try response.readable(by: Request(method: .get, path: "/"), from: context.store))
                }
            }
        }
    }
}
