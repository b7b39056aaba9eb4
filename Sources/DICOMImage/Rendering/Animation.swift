extension ImageFile {
    /// Renders frames as a GIF, shown one after the other for ever; one frame is a still picture.
    ///
    /// One frame is held at a time. Frames of another shape than the first, which a Pixel Measures Sequence allows, are
    /// brought to its size.
    ///
    /// - Parameters:
    ///   - frames: 0-based, in the order in which they are shown.
    ///   - write: gets the next part of the file.
    /// - Throws: ``ImageError/invalidOption(_:)`` when there are no frames or one is not in the image; as
    ///   ``Renderer/raster(frame:_:frameIndex:options:)``; ``ImageError/tooLarge(_:)`` beyond
    ///   the limits of ``ImageLimits`` for animations; what `write` and the source throw.
    /// - SeeAlso: PS3.18 §8.7.4.
    package func gif(
        frames: some Collection<Int>, options: RenderingOptions = RenderingOptions(),
        _ write: (ArraySlice<UInt8>) throws -> Void
    ) throws {
        guard let first = frames.first else { throw ImageError.invalidOption("An animation needs a frame.") }
        try ImageLimits.check(animated: frames.count, pixels: description.pixelCount, limit: ImageLimits.animatedSource)
        guard frames.allSatisfy((0..<description.frameCount).contains) else {
            throw ImageError.invalidOption("This image has \(description.frameCount) frames.")
        }
        let start = try raster(frame: first, options)
        let (columns, rows) = (start.columns, start.rows)
        try ImageLimits.check(animated: frames.count, pixels: columns * rows, limit: ImageLimits.animatedPixels)
        let opening = IndexedPicture(start)
        let writer = try GIFWriter(
            columns: columns, rows: rows, colours: opening.colours, isAnimated: frames.count > 1)
        var timing = FrameTiming(dataSet)
        try writer.add(opening, delay: timing.delay(ofFrame: first))
        try write(writer.take())
        for index in frames.dropFirst() {
            let picture = Resampling.resize(try raster(frame: index, options), columns: columns, rows: rows)
            try writer.add(IndexedPicture(picture), delay: timing.delay(ofFrame: index))
            try write(writer.take())
        }
        try writer.finish()
        try write(writer.take())
    }

    private func raster(frame index: Int, _ options: RenderingOptions) throws -> Raster {
        try Renderer.raster(frame: frame(index), dataSet, frameIndex: index, options: options)
    }
}
