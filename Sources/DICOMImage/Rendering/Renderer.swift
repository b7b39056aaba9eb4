import DICOM

/// Makes pictures for people out of decoded frames.
///
/// - SeeAlso: PS3.18 §8.3.5; PS3.4 §N.2.
package enum Renderer {
    /// Renders one frame as JPEG.
    ///
    /// - Parameters:
    ///   - native: the frame as ``FrameDecoder/decode(_:_:syntax:bitOffset:)`` returns it.
    ///   - dataSet: the instance's attributes, with its lookup tables.
    ///   - frameIndex: 0-based.
    /// - Throws: ``ImageError``; `unsupported` with a sentence when there is nothing to show, or no font for
    ///   annotations; `invalidOption` when the picture is too small for them.
    package static func jpeg(
        frame native: [UInt8], _ dataSet: DataSet, frameIndex: Int, options: RenderingOptions = RenderingOptions()
    ) throws -> [UInt8] {
        try JPEGEncoder.encode(
            raster(frame: native, dataSet, frameIndex: frameIndex, options: options), quality: options.quality)
    }

    /// Renders one frame as PNG; as ``jpeg(frame:_:frameIndex:options:)``.
    package static func png(
        frame native: [UInt8], _ dataSet: DataSet, frameIndex: Int, options: RenderingOptions = RenderingOptions()
    ) throws -> [UInt8] {
        try PNGEncoder.encode(raster(frame: native, dataSet, frameIndex: frameIndex, options: options))
    }

    /// Renders one frame as bytes of grey or RGB; as ``jpeg(frame:_:frameIndex:options:)``.
    package static func raster(
        frame native: [UInt8], _ dataSet: DataSet, frameIndex: Int, options: RenderingOptions = RenderingOptions()
    ) throws -> Raster {
        try options.check()
        let description = try PixelDescription(dataSet)
        guard (0..<description.frameCount).contains(frameIndex) else {
            throw ImageError.invalidOption("This image has \(description.frameCount) frames.")
        }
        let attributes = FrameAttributes(dataSet, frame: frameIndex)
        var raster = try picture(native, description, dataSet, attributes, window: options.window)
        if let region = options.region { raster = try raster.cropped(to: region) }
        let size = try size(of: raster, aspect: attributes.pixelAspect, within: options.size)
        raster = Resampling.resize(raster, columns: size.columns, rows: size.rows)
        if options.annotations.isEmpty { return raster }
        let window = description.photometric.isMonochrome ? window(options.window, dataSet, attributes) : nil
        let text = AnnotationText(image: dataSet, attributes: attributes, frame: frameIndex, window: window)
        return try annotated(raster, options.annotations, text)
    }

    /// The window that a grey image is shown in; nil when it is another transform, or made of the frame's values.
    private static func window(_ wanted: Window?, _ dataSet: DataSet, _ attributes: FrameAttributes) -> Window? {
        let transform = VOITransform(wanted, dataSet, attributes, isSigned: false)  // the sign only matters to tables
        guard case .window(let window) = transform else { return nil }
        return window
    }

    private static func annotated(
        _ raster: Raster, _ annotations: Set<Annotation>, _ text: AnnotationText
    ) throws -> Raster {
        var lettering = try Lettering(raster)
        if annotations.contains(.patient) { lettering.write(text.lines(.patient), atTop: true) }
        if annotations.contains(.technique) { lettering.write(text.lines(.technique), atTop: false) }
        return lettering.raster
    }

    private static func picture(
        _ native: [UInt8], _ description: PixelDescription, _ dataSet: DataSet, _ attributes: FrameAttributes,
        window: Window?
    ) throws -> Raster {
        let samples =
            try description.bitsAllocated == 1
            ? SingleBits.unpacked(native, count: description.decodedFrameLength) : native
        guard samples.count == description.decodedFrameLength else {
            throw ImageError.corrupt("The frame has \(native.count) bytes, which is not what its description says.")
        }
        let (columns, rows) = (description.columns, description.rows)
        if description.photometric.isMonochrome {
            let greys = GreyRendering(samples, description, dataSet, attributes, window: window).greys()
            return Raster(columns: columns, rows: rows, channels: 1, pixels: greys)
        }
        return Raster(
            columns: columns, rows: rows, channels: 3, pixels: try colours(samples, description, dataSet))
    }

    private static func colours(
        _ samples: [UInt8], _ description: PixelDescription, _ dataSet: DataSet
    ) throws -> [UInt8] {
        if description.photometric == .paletteColor {
            return try Palette(dataSet, isSigned: description.isSigned)
                .colours(of: StoredValues(samples: samples, description: description))
        }
        var pixels = ColourConversion.bytes(samples, description)
        // Others are RGB, as are ICT and RCT, which decoding has undone.
        if description.photometric.isYBR {
            ColourConversion.ybrToRGB(&pixels, full: !description.photometric.isPartial)
        }
        return pixels
    }

    /// The size of the result: pixels made square, then fitted into the viewport or the limit.
    private static func size(
        of raster: Raster, aspect: Double, within viewport: RenderingOptions.Size?
    ) throws -> (columns: Int, rows: Int) {
        let (columns, rows) = (Double(raster.columns) / min(1, aspect), Double(raster.rows) * max(1, aspect))
        let limit = Double(ImageLimits.renderedSide)
        let scale =
            viewport.map { min(Double($0.columns) / columns, Double($0.rows) / rows) }
            ?? min(1, limit / columns, limit / rows)
        return (max(1, Int((columns * scale).rounded())), max(1, Int((rows * scale).rounded())))
    }
}
