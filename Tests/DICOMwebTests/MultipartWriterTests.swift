import HTTPModel
import ObjectStore
import Testing

@testable import DICOMweb

@Suite struct MultipartWriterTests {
    @Test func partHeadersAreSpelledAsViewersLookForThem() throws {
        let key = try #require(ObjectKey("originals/a.dcm"))
        var writer = MultipartWriter(type: "image/jls", boundary: "b")
        writer.add([.object(key, offset: 10, length: 20)], transferSyntax: "1.2.3", location: "/f/1")
        writer.add([.bytes([1, 2])], transferSyntax: nil)
        #expect(writer.contentType == #"multipart/related; type="image/jls"; boundary="b""#)
        #expect(
            writer.finished() == [
                .bytes(
                    Array(
                        "--b\r\nContent-Type: image/jls; transfer-syntax=1.2.3\r\nContent-Location: /f/1\r\n\r\n".utf8)),
                .object(key, offset: 10, length: 20),
                .bytes(
                    Array("\r\n--b\r\nContent-Type: image/jls\r\n\r\n".utf8) + [1, 2] + Array("\r\n--b--\r\n".utf8)),
            ])
    }

    @Test func whatIsWrittenIsReadBack() throws {
        var writer = MultipartWriter(type: "application/dicom", boundary: "b")
        for content in ["one", "", "\r\n"] { writer.add([.bytes(Array(content.utf8))], transferSyntax: nil) }
        guard case .bytes(let bytes)? = writer.finished().first else { return }
        let parts = try MultipartReaderTests.parts(String(decoding: bytes, as: UTF8.self))
        #expect(parts.map { String(decoding: $0.content, as: UTF8.self) } == ["one", "", "\r\n"])
    }
}
