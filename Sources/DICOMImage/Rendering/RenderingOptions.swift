/// What a rendered image shall look like; nothing given means the whole image at its own size and window.
///
/// - SeeAlso: PS3.18 §8.3.5.1.
package struct RenderingOptions: Sendable {
    /// The largest columns and rows of the result; the image fills it without losing its proportions.
    package struct Size: Sendable, Equatable {
        package let columns: Int
        package let rows: Int

        package init(columns: Int, rows: Int) {
            (self.columns, self.rows) = (columns, rows)
        }
    }

    /// A part of the image in its own pixels; negative columns or rows mirror it.
    package struct Region: Sendable, Equatable {
        package let x: Int
        package let y: Int
        package let columns: Int
        package let rows: Int

        package init(x: Int, y: Int, columns: Int, rows: Int) {
            (self.x, self.y, self.columns, self.rows) = (x, y, columns, rows)
        }
    }

    package var window: Window?
    package var size: Size?
    package var region: Region?
    /// The quality of a JPEG, 1…100.
    package var quality: Int
    /// What is written on the picture.
    package var annotations: Set<Annotation>

    package init(
        window: Window? = nil, size: Size? = nil, region: Region? = nil, quality: Int = 90,
        annotations: Set<Annotation> = []
    ) {
        (self.window, self.size, self.region, self.quality) = (window, size, region, quality)
        self.annotations = annotations
    }

    /// - Throws: ``ImageError/invalidOption(_:)`` naming the option that is out of range.
    func check() throws {
        if let window, !window.isUsable {
            throw ImageError.invalidOption("The window needs a finite center and a finite width of more than 0.")
        }
        let sides = 1...ImageLimits.renderedSide
        if let size, !sides.contains(size.columns) || !sides.contains(size.rows) {
            throw ImageError.invalidOption("The viewport's sides must be between 1 and \(ImageLimits.renderedSide).")
        }
        guard (1...100).contains(quality) else {
            throw ImageError.invalidOption("The quality must be between 1 and 100.")
        }
    }
}
