import ArgumentParser
import DICOM
import DICOMImage

/// Makes a picture of a frame, or an animation; nothing of the portal is needed.
struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a PNG, JPEG or GIF picture of a frame, as the portal's rendered resources are.",
        discussion: "A GIF of several frames is animated; without --frame or --frames it shows all of them.")

    @Argument(help: "The DICOM file to read.")
    var input: String

    @Argument(help: "The picture to write; its name ends with .png, .jpg or .gif.")
    var output: String

    @Option(help: "The frame, counted from 1.")
    var frame: Int?

    @Option(help: "The frames of a GIF, such as 1-30.")
    var frames: FrameRange?

    @Option(help: "CENTER,WIDTH or CENTER,WIDTH,SHAPE, with SHAPE linear, linear_exact or sigmoid.")
    var window: Window?

    @Option(help: "The largest columns and rows, such as 256x256.")
    var size: RenderingOptions.Size?

    @Option(help: "The quality of a JPEG, 1 to 100.")
    var quality = 90

    @Option(help: "What is written on the picture: patient, technique or patient,technique.")
    var annotation: Annotations?

    func validate() throws {
        guard [".png", ".jpg", ".gif"].contains(where: output.hasSuffix) else {
            throw ValidationError("The picture's name ends with .png, .jpg or .gif.")
        }
        guard (frame ?? 1) >= 1 else { throw ValidationError("Frames are counted from 1.") }
        guard frames == nil || frame == nil && output.hasSuffix(".gif") else {
            throw ValidationError("Several frames are for a GIF, and either --frame or --frames says which.")
        }
    }

    func run() throws {
        let image = try ImageFile(FileSource(path: input))
        let options = RenderingOptions(
            window: window, size: size, quality: quality, annotations: annotation?.values ?? [])
        if output.hasSuffix(".gif") {
            let chosen = frames?.indices ?? frame.map { $0 - 1..<$0 } ?? 0..<image.description.frameCount
            return try OutputFile(path: output).write { try image.gif(frames: chosen, options: options, $0) }
        }
        let index = (frame ?? 1) - 1
        let picture =
            try output.hasSuffix(".png")
            ? image.png(frame: index, options: options) : image.jpeg(frame: index, options: options)
        try OutputFile(path: output).write { try $0(picture[...]) }
    }
}

/// The first and the last of some frames, counted from 1.
struct FrameRange: ExpressibleByArgument {
    let indices: Range<Int>

    init?(argument: String) {
        let ends = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard ends.count == 2, let first = ends[0], let last = ends[1], 1 <= first, first <= last else { return nil }
        indices = first - 1..<last
    }
}

/// Kinds of annotation joined by commas.
struct Annotations: ExpressibleByArgument {
    let values: Set<Annotation>

    init?(argument: String) {
        let kinds = argument.split(separator: ",", omittingEmptySubsequences: false).map {
            Annotation(rawValue: String($0))
        }
        values = Set(kinds.compactMap { $0 })
        guard !kinds.contains(nil) else { return nil }
    }
}

extension Window: ExpressibleByArgument {
    public init?(argument: String) {
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count), let center = Double(parts[0]), let width = Double(parts[1]),
            let shape = parts.count == 3 ? Shape(rawValue: parts[2].uppercased()) : .linear
        else { return nil }
        self.init(center: center, width: width, shape: shape)
    }
}

extension RenderingOptions.Size: ExpressibleByArgument {
    public init?(argument: String) {
        let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard sides.count == 2, let columns = sides[0], let rows = sides[1] else { return nil }
        self.init(columns: columns, rows: rows)
    }
}
