import Glibc

/// A beating heart in four chambers under an ultrasound sector, with colour Doppler of what flows in.
struct HeartCine {
    let columns: Int
    let rows: Int
    let frames: Int
    private let noise: Noise

    init(columns: Int, rows: Int, frames: Int, seed: UInt64) {
        (self.columns, self.rows, self.frames) = (columns, rows, frames)
        noise = Noise(seed: seed)
    }

    /// Three bytes, red, green and blue, for each pixel of frame `index`.
    func frame(_ index: Int) -> [UInt8] {
        let phase = Float(index) / Float(frames) * 2 * .pi
        var pixels = [UInt8](repeating: 0, count: columns * rows * 3)
        let (apexX, scale) = (Float(columns) / 2, 1 / (Float(rows) * 0.94))
        for row in 0..<rows {
            for column in 0..<columns {
                // The sector's own measure: its apex is the origin, its depth is 1.
                let (x, y) = ((Float(column) - apexX) * scale, (Float(row) - Float(rows) * 0.03) * scale)
                let radius = (x * x + y * y).squareRoot()
                let angle = atan2f(x, y)
                guard radius > 0.03, radius < 1, abs(angle) < 0.68 else { continue }
                let place = (row * columns + column) * 3
                let grey = brightness(x, y, radius, angle, phase, index)
                let flow = flow(x, y, phase)
                pixels[place] = Self.byte(flow > 0 ? grey * 0.35 + flow * 235 : grey * (flow < 0 ? 0.35 : 1))
                pixels[place + 1] = Self.byte(flow == 0 ? grey : grey * 0.35 + max(0, abs(flow) - 0.55) * 330)
                pixels[place + 2] = Self.byte(flow < 0 ? grey * 0.35 - flow * 235 : grey * (flow > 0 ? 0.3 : 1.03))
            }
        }
        drawScale(&pixels)
        return pixels
    }

    /// Echo strength with speckle, which lives in the beam's coordinates.
    private func brightness(_ x: Float, _ y: Float, _ radius: Float, _ angle: Float, _ phase: Float, _ index: Int)
        -> Float
    {
        let drift = Float(index) * 0.35
        let first = noise.value(angle * 95, radius * 150, drift)
        let second = noise.value(angle * 95 + 400, radius * 150, drift)
        let speckle = (first * first + second * second).squareRoot() * 1.5
        return tissue(x, y, phase) * (0.25 + speckle) * (1.12 - 0.45 * radius) + 3
    }

    /// How strongly the tissue at a place reflects, 0…255.
    private func tissue(_ x: Float, _ y: Float, _ phase: Float) -> Float {
        let beat = cosf(phase)  // 1: the ventricles are full
        let outer = Self.distance(x, y, 0, 0.53, 0.335, 0.42)
        guard outer < 1 else { return outer < 1.07 ? 175 : 62 + 30 * noise.value(x * 7, y * 7, 3) }
        let chambers = [
            Self.distance(x, y, 0.115, 0.40, 0.115 + 0.018 * beat, 0.225 + 0.022 * beat),
            Self.distance(x, y, -0.135, 0.42, 0.085 + 0.015 * beat, 0.185 + 0.018 * beat),
            Self.distance(x, y, 0.115, 0.775, 0.125 - 0.013 * beat, 0.12 - 0.012 * beat),
            Self.distance(x, y, -0.13, 0.76, 0.115 - 0.012 * beat, 0.115 - 0.012 * beat),
        ]
        let nearest = chambers.min() ?? 2
        if leaflet(x, y, phase) { return 230 }
        if nearest < 1 { return 9 + max(0, nearest - 0.93) * 900 }
        return 108 + 22 * noise.value(x * 14, y * 14, 7)
    }

    /// The leaflets of mitral and tricuspid valve: shut while the ventricles contract.
    private func leaflet(_ x: Float, _ y: Float, _ phase: Float) -> Bool {
        let opening = max(0, sinf(phase)) * 0.95
        return [Float(0.115), -0.135].contains { center in
            [Float(1), -1].contains { side in
                let hinge = (x: center + side * 0.1, y: Float(0.63))
                let (dx, dy) = (-side * cosf(opening), -sinf(opening))
                let along = (x - hinge.x) * dx + (y - hinge.y) * dy
                let across = abs((x - hinge.x) * dy - (y - hinge.y) * dx)
                return along > 0 && along < 0.1 && across < 0.008
            }
        }
    }

    /// Velocity towards (+) or away from (-) the probe, -1…1, where it is coloured.
    private func flow(_ x: Float, _ y: Float, _ phase: Float) -> Float {
        let strength = sinf(phase)
        let jet = Self.distance(x, y, 0.112, 0.53, 0.055, 0.2)
        guard jet < 1, abs(strength) > 0.25 else { return 0 }
        let ragged = 1 - jet + 0.5 * noise.value(x * 26, y * 26, phase * 2)
        return ragged > 0.22 ? min(1, ragged + 0.25) * strength : 0
    }

    /// The bar of colours on the left.
    private func drawScale(_ pixels: inout [UInt8]) {
        let (top, height, width) = (rows / 12, rows / 4, max(4, columns / 64))
        for row in 0..<height {
            let velocity = 1 - 2 * Float(row) / Float(height)
            for column in 0..<width {
                let place = ((top + row) * columns + width + column) * 3
                pixels[place] = Self.byte(max(0, velocity) * 235)
                pixels[place + 1] = Self.byte(max(0, abs(velocity) - 0.55) * 330)
                pixels[place + 2] = Self.byte(max(0, -velocity) * 235)
            }
        }
    }

    /// Below 1 inside an ellipse.
    private static func distance(_ x: Float, _ y: Float, _ cx: Float, _ cy: Float, _ rx: Float, _ ry: Float) -> Float {
        let (u, v) = ((x - cx) / rx, (y - cy) / ry)
        return u * u + v * v
    }

    private static func byte(_ value: Float) -> UInt8 { UInt8(min(255, max(0, value))) }
}
