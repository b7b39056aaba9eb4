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

    let instance: RetrievedInstance
    /// 1-based.
    let frame: Int
    let purpose: Purpose
    let query: RenderingQuery

    /// - Throws: 406, `ImageError`, `DICOMError`.
    func response(to request: Request, _ acceptance: Acceptance, store: DirectoryStore) throws -> Response {
        let offer = try acceptance.choose(from: [Self.jpeg, Self.png])
        let tag = EntityTag(purpose.rawValue, instance.hash, frame, request.query, offer)
        return try request.conditional(on: tag) {
            let headers: Headers = ["Content-Type": offer.essence]
            guard let key = sharedKey(offer) else {
                return Response(headers: headers, body: .bytes(try picture(offer, store)))
            }
            if store.contains(key) {
                return Response(headers: headers, body: .object(key, length: try store.open(key).length))
            }
            let bytes = try picture(offer, store)
            try store.putDerived(bytes, at: key)
            return Response(headers: headers, body: .object(key, length: bytes.count))
        }
    }

    /// The key of a picture that is asked for without wishes of the caller's; others are made each time.
    private func sharedKey(_ offer: Offer) -> ObjectKey? {
        guard query.isPlain else { return nil }
        let ending = offer == Self.png ? "png" : "jpg"
        return ObjectKey("derived/\(purpose.rawValue)/\(instance.hash.prefix(2))/\(instance.hash)-\(frame).\(ending)")
    }

    private func picture(_ offer: Offer, _ store: DirectoryStore) throws -> [UInt8] {
        let image = try OpenedInstance(instance, in: store).image()
        let options = options(for: image.dataSet)
        return try offer == Self.png
            ? image.png(frame: frame - 1, options: options) : image.jpeg(frame: frame - 1, options: options)
    }

    private func options(for dataSet: DataSet) -> RenderingOptions {
        var options = RenderingOptions(query)
        guard purpose == .thumbnail else { return options }
        let usual = 256
        let side = dataSet.mayShowText ? Self.illegibleSide : usual
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
    fileprivate init(_ query: RenderingQuery) {
        self.init(quality: query.quality)
        if let window = query.window {
            self.window = Window(center: window.center, width: window.width, shape: Window.Shape(window.shape))
        }
        guard let viewport = query.viewport else { return }
        size = Size(columns: viewport.columns, rows: viewport.rows)
        if let part = viewport.region {
            region = Region(
                x: Int(part.x), y: Int(part.y), columns: Int(part.width.rounded(.awayFromZero)),
                rows: Int(part.height.rounded(.awayFromZero)))
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
