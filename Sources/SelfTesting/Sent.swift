import SyntheticImages

/// The one file of a self-test's study, and what must come back of it.
struct Sent {
    let image: SyntheticInstance
    let file: [UInt8]
    private let place: String
    private let study: String
    /// Of the picture, in bytes: 64 × 64 samples of 16 bits, which end the file.
    private static let pixelCount = 64 * 64 * 2
    private static let boundary = "self-test-boundary"

    init(_ series: SyntheticSeries) throws {
        guard let image = series.instances.first else { throw SelfTestFailure("the study has no image") }
        self.image = image
        file = try image.file()
        study = series.studyInstanceUID
        place = "/dicomweb/studies/\(study)/series/\(series.seriesInstanceUID)/instances/\(image.sopInstanceUID)"
    }

    var relatedType: String { "multipart/related; type=\"application/dicom\"; boundary=\(Self.boundary)" }

    /// The body that stores it (PS3.18 §10.5).
    var related: [UInt8] {
        Array("--\(Self.boundary)\r\nContent-Type: application/dicom\r\n\r\n".utf8) + file
            + Array("\r\n--\(Self.boundary)--\r\n".utf8)
    }

    /// Whether a search finds the study.
    func isFound(by web: WebClient) throws -> Bool {
        let answer = try web.send(
            "GET", "/dicomweb/studies?StudyInstanceUID=\(study)", accept: "application/dicom+json")
        guard answer.status != 204 else { return false }
        try expect(answer, 200)
        return String(decoding: answer.body, as: UTF8.self).contains(study)
    }

    /// - Throws: `SelfTestFailure` when something else comes than was sent.
    func check(_ look: Look, by web: WebClient) throws {
        switch look {
        case .metadata:
            let answer = try web.send("GET", "\(place)/metadata", accept: "application/dicom+json")
            try expect(answer, 200)
            guard String(decoding: answer.body, as: UTF8.self).contains(image.sopInstanceUID) else {
                throw SelfTestFailure("the metadata are of something else")
            }
        case .frame:
            let type = "application/octet-stream; transfer-syntax=*"
            let answer = try web.send("GET", "\(place)/frames/1", accept: type)
            try expect(answer, 200)
            guard answer.body.elementsEqual(file.suffix(Self.pixelCount)) else {
                throw SelfTestFailure("the frame differs from what was sent")
            }
        case .rendered, .thumbnail:
            let answer = try web.send("GET", "\(place)/\(look.rawValue)", accept: "image/jpeg", seconds: 30)
            try expect(answer, 200)
            guard answer.body.starts(with: [0xFF, 0xD8]) else { throw SelfTestFailure("the picture is no JPEG") }
        }
    }
}
