/// The limits that keep a hostile image from costing more than it weighs.
package enum ImageLimits {
    /// Frames that an object may declare; the largest whole slide images have some hundred thousand tiles.
    static let frames = 1 << 24
    /// Bytes of one decoded frame, whatever its compressed size.
    static let frameLength = 1 << 30
    /// Bytes of a decoded frame that any input may claim: a blank 4096 × 4096 image of 16 bits.
    static let freeLength = 1 << 25
    /// Decoded bytes per encoded byte above ``freeLength``.
    static let ratio = 1_000
    /// Columns and rows of a rendered image.
    package static let renderedSide = 4_096
    /// Pixels of all frames of an animation as they are stored: 341 frames of 1024 × 768.
    static let animatedSource = 1 << 28
    /// Pixels of all frames of an animation as they are shown: 512 frames of 512 × 512, five seconds of work.
    static let animatedPixels = 1 << 27

    /// - Throws: ``ImageError/tooLarge(_:)`` when a frame of `encodedFrame` bytes is more than may be held.
    static func check(encodedFrame: Int) throws {
        guard encodedFrame <= frameLength else {
            throw ImageError.tooLarge("A frame of \(encodedFrame) bytes is larger than this portal decodes.")
        }
    }

    /// Says whether a frame of `encoded` bytes may become `decoded` bytes.
    ///
    /// - Throws: ``ImageError/tooLarge(_:)`` when it may not.
    static func check(decoded: Int, encoded: Int) throws {
        let (allowance, overflow) = encoded.multipliedReportingOverflow(by: ratio)
        let limit = min(frameLength, max(freeLength, overflow ? frameLength : allowance))
        guard decoded <= limit else {
            throw ImageError.tooLarge("A frame of \(encoded) bytes claims to hold \(decoded) bytes of pixels.")
        }
    }

    /// - Throws: ``ImageError/tooLarge(_:)`` when `frames` frames of `pixels` each are more than `limit`.
    static func check(animated frames: Int, pixels: Int, limit: Int) throws {
        let (total, overflow) = frames.multipliedReportingOverflow(by: pixels)
        guard frames == 1 || !overflow && total <= limit else {
            throw ImageError.tooLarge("An animation of \(frames) frames of this size is too large.")
        }
    }
}
