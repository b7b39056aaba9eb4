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

    /// The size of the answer in pixels, and which part of the image it shows.
    package struct Viewport: Sendable, Equatable {
        package let columns: Int
        package let rows: Int
        /// In pixels of the image; `nil` is the whole image. A negative extent flips it.
        package let region: Region?
    }

    package struct Region: Sendable, Equatable {
        package let x: Double
        package let y: Double
        package let width: Double
        package let height: Double
    }

    package static let largestSide = 4096
    static let usualQuality = 90

    package private(set) var window: Window?
    package private(set) var viewport: Viewport?
    /// 1 to 100.
    package private(set) var quality = usualQuality

    /// - Throws: 400 that names the parameter which is malformed or out of bounds.
    package init(_ request: Request) throws(HTTPError) {
        for item in try request.queryItems {
            switch item.name {
            case "window": window = try Self.window(item.value)
            case "viewport": viewport = try Self.viewport(item.value)
            case "quality": quality = try Self.quality(item.value)
            default: break
            }
        }
    }

    private static func window(_ text: String) throws(HTTPError) -> Window {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 3, let center = finite(parts[0]), let width = finite(parts[1]),
            let shape = Window.Shape(rawValue: parts[2].lowercased()), width >= (shape == .linear ? 1 : 0),
            width > 0
        else {
            throw .badRequest(
                "query.malformed", "window is center,width,shape; shape is linear, linear-exact or sigmoid.",
                field: "window")
        }
        return Window(center: center, width: width, shape: shape)
    }

    private static func viewport(_ text: String) throws(HTTPError) -> Viewport {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let malformed = HTTPError.badRequest(
            "query.malformed", "viewport is columns,rows[,sx,sy,sw,sh]; each side is 1 to \(largestSide) pixels.",
            field: "viewport")
        guard parts.count == 2 || parts.count == 6, let columns = Int(parts[0]), let rows = Int(parts[1]),
            (1...largestSide).contains(columns), (1...largestSide).contains(rows)
        else { throw malformed }
        guard parts.count == 6 else { return Viewport(columns: columns, rows: rows, region: nil) }
        // An omitted number of the region stands for the whole image's.
        guard parts[2...].contains(where: { !$0.isEmpty }) else {
            return Viewport(columns: columns, rows: rows, region: nil)
        }
        guard let x = finite(parts[2]), let y = finite(parts[3]), let width = finite(parts[4]),
            let height = finite(parts[5]), x >= 0, y >= 0, width != 0, height != 0
        else { throw malformed }
        return Viewport(
            columns: columns, rows: rows, region: Region(x: x, y: y, width: width, height: height))
    }

    private static func quality(_ text: String) throws(HTTPError) -> Int {
        guard let value = Int(text), (1...100).contains(value) else {
            throw .badRequest("query.malformed", "quality is a whole number from 1 to 100.", field: "quality")
        }
        return value
    }

    private static func finite(_ text: Substring) -> Double? {
        guard text.utf8.count <= 32, let value = Double(text), value.isFinite, abs(value) <= 1e9 else { return nil }
        return value
    }
}

extension RenderingQuery {
    /// Whether nothing was asked for, so that everyone who asks so gets the same picture.
    package var isPlain: Bool { window == nil && viewport == nil && quality == Self.usualQuality }
}
