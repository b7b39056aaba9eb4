import DICOM
import DICOMImage
import DICOMweb
import FunctionRuntime
import HTTPModel
import ObjectStore
import Portal

/// One frame of an instance as a picture for people, kept in the store where everyone asks for the same one.
struct RenderedFrame {
    /// What a picture is for.
    enum Purpose: String {
        case reading = "rendered"
        /// Small, and without anything that tells who the patient is (PS3.18 §10.4.3.3.4).
        case thumbnail = "thumbnail"
    }

    static let jpeg = Offer("image/jpeg")
    static let png = Offer("image/png")
    static let gif = Offer("image/gif")
    static let offers = [jpeg, png, gif]

    let instance: RetrievedInstance
    /// 1-based.
    let frame: Int
    /// Whether the frame only stands for all of them, which an animation shows.
    var isWhole = false
    let purpose: Purpose
    let query: RenderingQuery

    /// - Throws: 406, `ImageError`, `DICOMError`.
    func response(to request: Request, _ acceptance: Acceptance, store: DirectoryStore) throws -> Response {
        let offer = try acceptance.choose(from: Self.offers)
        // The pixels are the file's; who the patient is may be corrected.
        let version = query.annotations.isEmpty ? instance.hash : instance.version
        let tag = EntityTag(purpose.rawValue, version, frame, request.query, offer)
        return try request.conditional(on: tag) {
            let headers: Headers = ["Content-Type": offer.essence]
            guard let key = sharedKey(offer) else {
                return Response(headers: headers, body: try body(offer, store))
            }
            if let length = store.length(of: key) {
                return Response(headers: headers, body: .object(key, length: length))
            }
            let bytes = try picture(offer, OpenedInstance(instance, in: store).image())
            try store.putDerived(bytes, at: key)
            return Response(headers: headers, body: .object(key, length: bytes.count))
        }
    }

    /// The key of a picture that is asked for without wishes of the caller's; others are made each time.
    private func sharedKey(_ offer: Offer) -> ObjectKey? {
        guard query.isPlain, offer != Self.gif else { return nil }
        let ending = offer == Self.png ? "png" : "jpg"
        return .derived(purpose.rawValue, of: instance.hash, "\(frame).\(ending)")
    }

    private struct HasBegun: Error {}

    private func body(_ offer: Offer, _ store: DirectoryStore) throws -> ResponseBody {
        let image = try OpenedInstance(instance, in: store).image()
        guard offer == Self.gif else { return .bytes(try picture(offer, image)) }
        let options = try options(for: image)
        let frames = isWhole ? Array(0..<image.description.frameCount) : [frame - 1]
        // As far as the first frame, so that what is refused is an answer of its own.
        do {
            try image.gif(frames: frames, options: options) { _ in throw HasBegun() }
        } catch is HasBegun {}
        return .stream { write in try image.gif(frames: frames, options: options, write) }
    }

    private func picture(_ offer: Offer, _ image: ImageFile) throws -> [UInt8] {
        let options = try options(for: image)
        return try offer == Self.png
            ? image.png(frame: frame - 1, options: options) : image.jpeg(frame: frame - 1, options: options)
    }

    private func options(for image: ImageFile) throws -> RenderingOptions {
        var options = RenderingOptions(query, image.description)
        guard purpose == .thumbnail else { return options }
        options.annotations = []
        let usual = 256
        let side = image.dataSet.mayShowText ? Self.illegibleSide : usual
        options.size = RenderingOptions.Size(
            columns: min(options.size?.columns ?? side, side), rows: min(options.size?.rows ?? side, side))
        return options
    }

    /// Pixels; letters of usual images are lost in a picture that small.
    private static let illegibleSide = 64
}

extension DataSet {
    /// Whether the pixels may hold the patient's name: said so, or usual for the modality and not denied.
    fileprivate var mayShowText: Bool {
        switch string(.burnedInAnnotation) {
        case "YES": return true
        case "NO": return false
        default:
            let writing: Set = ["US", "SC", "OT", "XC", "ES", "GM", "IVUS", "OP", "DOC", "ECG", "EPS", "HD"]
            return writing.contains(string(.modality) ?? "OT")
        }
    }
}

extension RenderingOptions {
    fileprivate init(_ query: RenderingQuery, _ image: PixelDescription) {
        self.init(quality: query.quality, annotations: Set(query.annotations.map(Annotation.init)))
        if let window = query.window {
            self.window = Window(center: window.center, width: window.width, shape: Window.Shape(window.shape))
        }
        if let viewport = query.viewport { size = Size(columns: viewport.columns, rows: viewport.rows) }
        region = Region(query.region, image)
    }
}

extension RenderingOptions.Region {
    fileprivate init?(_ region: RenderingQuery.Region?, _ image: PixelDescription) {
        switch region {
        case nil: return nil
        case .pixels(let x, let y, let width, let height)?:
            self.init(
                x: Int(x), y: Int(y), columns: width.map { Int($0.rounded(.awayFromZero)) } ?? image.columns,
                rows: height.map { Int($0.rounded(.awayFromZero)) } ?? image.rows)
        case .fractions(let x0, let y0, let x1, let y1)?:
            let (left, right) = (Self.pixel(x0, of: image.columns), Self.pixel(x1, of: image.columns))
            let (top, bottom) = (Self.pixel(y0, of: image.rows), Self.pixel(y1, of: image.rows))
            // The thinnest part is one pixel, which is in the image.
            let (x, y) = (min(left, image.columns - 1), min(top, image.rows - 1))
            self.init(x: x, y: y, columns: max(1, right - x), rows: max(1, bottom - y))
        }
    }

    private static func pixel(_ fraction: Double, of side: Int) -> Int { Int((fraction * Double(side)).rounded()) }
}

extension Annotation {
    fileprivate init(_ annotation: RenderingQuery.Annotation) {
        switch annotation {
        case .patient: self = .patient
        case .technique: self = .technique
        }
    }
}

extension Window.Shape {
    fileprivate init(_ shape: RenderingQuery.Window.Shape) {
        switch shape {
        case .linear: self = .linear
        case .linearExact: self = .linearExact
        case .sigmoid: self = .sigmoid
        }
    }
}
