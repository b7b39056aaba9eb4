import Glibc

/// Lines in a frame as SVG, each with its name at its end; the stylesheet gives the colours. Upwards it is logarithmic.
struct Plot {
    struct Line {
        let name: String
        /// `x` from 0 to 1 across the frame.
        let points: [(x: Double, y: Double)]
        let isMarked: Bool
    }

    struct Tick {
        let at: Double
        let text: String
    }

    let lines: [Line]
    /// Across the frame, from 0 to 1.
    let across: [Tick]
    let upwards: [Tick]
    /// What is measured across and upwards.
    let axes: (across: String, upwards: String)
    /// The id of the heading that names the plot.
    let heading: String

    private static let (width, left, right, top, below) = (960.0, 64.0, 390.0, 30.0, 52.0)
    private static let lineHeight = 17.0

    var svg: String {
        let height = max(Self.top + Self.below + 260, Self.top + Self.below + Double(lines.count) * Self.lineHeight)
        let frame = Frame(
            left: Self.left, right: Self.width - Self.right, top: Self.top, bottom: height - Self.below,
            least: upwards.map(\.at).min() ?? 1, most: upwards.map(\.at).max() ?? 10)
        var parts = [
            "<svg class=\"plot\" viewBox=\"0 0 \(Int(Self.width)) \(Int(height))\" role=\"img\" aria-labelledby=\"\(heading)\">"
        ]
        parts += grid(frame)
        let places = Self.spread(lines.map { frame.y($0.points.last?.y ?? 1) }, from: frame.top, to: frame.bottom)
        for (line, place) in zip(lines, places) { parts += drawn(line, labelAt: place, frame) }
        return (parts + ["</svg>"]).joined(separator: "\n")
    }

    private func grid(_ frame: Frame) -> [String] {
        let (bottom, left) = (frame.bottom, frame.left)
        var parts = upwards.map { tick in
            Self.path("grid", [(left, frame.y(tick.at)), (frame.right, frame.y(tick.at))])
                + Self.text("tick end", left - 8, frame.y(tick.at) + 4, tick.text)
        }
        parts += across.map { Self.text("tick middle", frame.x($0.at), bottom + 20, $0.text) }
        parts.append(Self.text("axis middle", (left + frame.right) / 2, bottom + 42, axes.across))
        parts.append(Self.text("axis", left, frame.top - 14, axes.upwards))
        return parts
    }

    private func drawn(_ line: Line, labelAt place: Double, _ frame: Frame) -> [String] {
        let points = line.points.map { (frame.x($0.x), frame.y($0.y)) }
        guard let end = points.last else { return [] }
        let kind = line.isMarked ? " marked" : ""
        let dots = points.map {
            "<circle class=\"dot\(kind)\" cx=\"\(Self.short($0.0))\" cy=\"\(Self.short($0.1))\" r=\"3\"/>"
        }
        return [Self.path("line\(kind)", points)] + dots + [
            Self.path("leader", [(end.0 + 5, end.1), (end.0 + 22, place)]),
            Self.text("name\(kind)", end.0 + 27, place + 4, line.name),
        ]
    }

    /// Where the names stand so that none covers another: as near to their lines as possible, from the top down.
    static func spread(_ wanted: [Double], from top: Double, to bottom: Double) -> [Double] {
        let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
        var places = wanted
        var next = top
        for index in order {
            places[index] = max(next, wanted[index])
            next = places[index] + lineHeight
        }
        var last = bottom
        for index in order.reversed() {
            places[index] = min(last, places[index])
            last = places[index] - lineHeight
        }
        return places
    }

    private struct Frame {
        let left, right, top, bottom, least, most: Double

        func x(_ share: Double) -> Double { left + share * (right - left) }
        func y(_ value: Double) -> Double { bottom - log(value / least) / log(most / least) * (bottom - top) }
    }

    private static func path(_ kind: String, _ points: [(Double, Double)]) -> String {
        let places = points.map { "\(short($0.0)),\(short($0.1))" }.joined(separator: " ")
        return "<polyline class=\"\(kind)\" points=\"\(places)\"/>"
    }

    private static func text(_ kind: String, _ x: Double, _ y: Double, _ text: String) -> String {
        let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return "<text class=\"\(kind)\" x=\"\(short(x))\" y=\"\(short(y))\">\(escaped)</text>"
    }

    /// With one digit behind the point: the same text everywhere.
    private static func short(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}
