import ArgumentParser
import DICOM
import DICOMImage

/// Makes a picture of a frame; nothing of the portal is needed.
struct Render: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes a PNG or JPEG picture of a frame, as the portal's rendered resources are.")

    @Argument(help: "The DICOM file to read.")
    var input: String

    @Argument(help: "The picture to write; its name ends with .png or .jpg.")
    var output: String

    @Option(help: "The frame, counted from 1.")
    var frame = 1

    @Option(help: "CENTER,WIDTH or CENTER,WIDTH,SHAPE, with SHAPE linear, linear_exact or sigmoid.")
    var window: Window?

    @Option(help: "The largest columns and rows, such as 256x256.")
    var size: RenderingOptions.Size?

    @Option(help: "The quality of a JPEG, 1 to 100.")
    var quality = 90

    func validate() throws {
        guard output.hasSuffix(".png") || output.hasSuffix(".jpg") else {
            throw ValidationError("The picture's name ends with .png or .jpg.")
        }
    }

    func run() throws {
        let image = try ImageFile(FileSource(path: input))
        let options = RenderingOptions(window: window, size: size, quality: quality)
        let picture =
            try output.hasSuffix(".png")
            ? image.png(frame: frame - 1, options: options) : image.jpeg(frame: frame - 1, options: options)
        try OutputFile(path: output).write { try $0(picture[...]) }
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
