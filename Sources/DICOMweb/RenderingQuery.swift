import HTTPModel

/// How a rendered image is wanted (PS3.18 §8.3.5): window, size, source region, quality.
package struct RenderingQuery: Sendable, Equatable {
    package struct Window: Sendable, Equatable {
        package enum Shape: String, Sendable {
            case linear = "linear"
            case linearExact = "linear-exact"
            case sigmoid = "sigmoid"
        }
        package let center: Double
        package let width: Double
        package let shape: Shape
    }

    /// The largest size of the answer, in pixels.
    package struct Viewport: Sendable, Equatable {
        package let columns: Int
        package let rows: Int
    }

    /// The part of the image that the answer shows.
    package enum Region: Sendable, Equatable {
        /// In pixels of the image; a negative extent flips it, and without one it is the whole image's.
        case pixels(x: Double, y: Double, width: Double?, height: Double?)
        /// In fractions of the image's sides: two corners, the upper left one first.
        case fractions(x0: Double, y0: Double, x1: Double, y1: Double)
    }

    /// PS3.18 §8.3.5.
    package static let parameters = [
        QueryParameter("window", "center,width,shape; shape is linear, linear-exact or sigmoid."),
        QueryParameter(
            "viewport", "columns,rows[,sx,sy,sw,sh]: the size of the picture, and what part of the image it shows."),
        QueryParameter("quality", .number, "Of a lossy picture, 1 to 100."),
        QueryParameter("annotation", "patient, technique or both: text in the corners of the picture."),
    ]

    package static let largestSide = 4096
    static let usualQuality = 90

    /// What may be written into the corners of a picture (PS3.18 §8.3.5.1.1).
    package enum Annotation: String, Sendable, CaseIterable { case patient, technique }

    package private(set) var window: Window?
    package private(set) var viewport: Viewport?
    package private(set) var region: Region?
    package private(set) var annotations: Set<Annotation> = []
    /// 1 to 100.
    package private(set) var quality = usualQuality

    /// - Throws: 400 that names the parameter which is malformed or out of bounds.
    package init(_ request: Request) throws(HTTPError) {
        for item in try request.queryItems {
            switch item.name {
            case "window": window = try Self.window(item.value, else: Self.malformedWindow)
            case "viewport": (viewport, region) = try Self.viewport(item.value)
            case "quality": quality = try Self.number(item.value, of: item.name, 1...100)
            case "annotation": annotations = try Self.annotations(item.value)
            default: break
            }
        }
    }

    /// The wishes of a WADO-URI (PS3.18 §9.4.1.2).
    ///
    /// - Parameter values: by name; what is no wish for a picture is passed over.
    /// - Throws: 400 that names the parameter which is malformed, out of bounds, or lacks its partner.
    package init(uri values: [String: String]) throws(HTTPError) {
        switch (values["windowCenter"], values["windowWidth"]) {
        case (nil, nil): break
        case (let center?, let width?): window = try Self.window("\(center),\(width),linear", else: Self.windowPair)
        default: throw Self.windowPair
        }
        if values["rows"] != nil || values["columns"] != nil {
            // The picture keeps its proportions, so that one side alone is enough.
            viewport = Viewport(
                columns: try Self.number(values["columns"] ?? "\(Self.largestSide)", of: "columns", Self.sides),
                rows: try Self.number(values["rows"] ?? "\(Self.largestSide)", of: "rows", Self.sides))
        }
        if let text = values["region"] { region = try Self.fractions(text) }
        if let text = values["imageQuality"] { quality = try Self.number(text, of: "imageQuality", 1...100) }
        if let text = values["annotation"] { annotations = try Self.annotations(text) }
    }

    private static let sides = 1...largestSide

    private static func number(_ text: String, of name: String, _ range: ClosedRange<Int>) throws(HTTPError) -> Int {
        let (least, largest) = (range.lowerBound, range.upperBound)
        guard let number = Int(text), range.contains(number) else {
            throw .badRequest(
                "query.range", "\(name) is a whole number from \(least) to \(largest).", field: name,
                details: ["least": "\(least)", "largest": "\(largest)"])
        }
        return number
    }

    private static func fractions(_ text: String) throws(HTTPError) -> Region {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let corners = parts.compactMap(finite)
        guard parts.count == 4, corners.count == 4, corners.allSatisfy({ (0...1).contains($0) }),
            corners[0] < corners[2], corners[1] < corners[3]
        else {
            throw .badRequest(
                "query.region",
                "region is x0,y0,x1,y1: fractions of the image's sides, the upper left corner first.",
                field: "region")
        }
        return .fractions(x0: corners[0], y0: corners[1], x1: corners[2], y1: corners[3])
    }

    private static func annotations(_ text: String) throws(HTTPError) -> Set<Annotation> {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        let annotations = words.compactMap { Annotation(rawValue: String($0)) }
        guard annotations.count == words.count else {
            throw .badRequest("query.annotation", "annotation is patient, technique or both.", field: "annotation")
        }
        return Set(annotations)
    }

    private static let malformedWindow = HTTPError.badRequest(
        "query.window", "window is center,width,shape; shape is linear, linear-exact or sigmoid; width is more than 0.",
        field: "window")

    private static let windowPair = HTTPError.badRequest(
        "query.windowPair", "windowCenter and windowWidth are two numbers, given together; windowWidth is 1 or more.",
        field: "windowWidth")

    private static func window(_ text: String, else refusal: HTTPError) throws(HTTPError) -> Window {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let center = finite(parts[0]), let width = finite(parts[1]),
            let shape = Window.Shape(rawValue: parts[2].lowercased()), width >= (shape == .linear ? 1 : 0),
            width > 0
        else { throw refusal }
        return Window(center: center, width: width, shape: shape)
    }

    private static func viewport(_ text: String) throws(HTTPError) -> (Viewport, Region?) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let malformed = HTTPError.badRequest(
            "query.viewport", "viewport is columns,rows[,sx,sy,sw,sh]; each side is 1 to \(largestSide) pixels.",
            field: "viewport", details: ["largest": "\(largestSide)"])
        guard parts.count == 2 || parts.count == 6, let columns = Int(parts[0]), let rows = Int(parts[1]),
            (1...largestSide).contains(columns), (1...largestSide).contains(rows)
        else { throw malformed }
        let viewport = Viewport(columns: columns, rows: rows)
        // An omitted number of the region stands for the whole image's.
        guard parts.count == 6, parts[2...].contains(where: { !$0.isEmpty }) else { return (viewport, nil) }
        let numbers = parts[2...].map { $0.isEmpty ? nil : finite($0) }
        guard zip(parts[2...], numbers).allSatisfy({ $0.isEmpty || $1 != nil }) else { throw malformed }
        let (x, y, width, height) = (numbers[0] ?? 0, numbers[1] ?? 0, numbers[2], numbers[3])
        guard x >= 0, y >= 0, width != 0, height != 0 else { throw malformed }
        return (viewport, .pixels(x: x, y: y, width: width, height: height))
    }

    private static func finite(_ text: Substring) -> Double? {
        guard text.utf8.count <= 32, let value = Double(text), value.isFinite, abs(value) <= 1e9 else { return nil }
        return value
    }
}

extension RenderingQuery {
    /// Whether nothing was asked for, so that everyone who asks so gets the same picture.
    package var isPlain: Bool {
        window == nil && viewport == nil && region == nil && annotations.isEmpty && quality == Self.usualQuality
    }
}
