/// Where the bytes of each frame of an image are.
package struct FrameTable: Sendable, Equatable {
    enum Layout: Sendable, Equatable {
        case none
        /// Frames of equal length behind each other; those of single bits need not begin at a byte.
        case native(start: Int, bitsPerFrame: Int, count: Int)
        /// `fragments` in the order of the file; `firsts` holds the index of each frame's first one, and their
        /// count at the end.
        case encapsulated(fragments: [Range<Int>], firsts: [Int])
    }

    let layout: Layout
    /// The ranges are ranges of the file; otherwise of ``DICOMFile/inflated``.
    package let isInFile: Bool

    /// No frames: there is no image, or where its frames are cannot be told.
    package static let none = FrameTable(.none, isInFile: true)

    init(_ layout: Layout, isInFile: Bool) {
        (self.layout, self.isInFile) = (layout, isInFile || layout == .none)
    }

    package var count: Int {
        switch layout {
        case .none: 0
        case .native(_, _, let count): count
        case .encapsulated(_, let firsts): firsts.count - 1
        }
    }

    /// The byte ranges of a frame: one in native form, one for each fragment in encapsulated form. A native
    /// frame of single bits shares its first and last byte with its neighbours.
    ///
    /// - Parameter frame: 0-based.
    /// - Returns: empty when there is no such frame.
    package func ranges(of frame: Int) -> [Range<Int>] {
        guard frame >= 0, frame < count else { return [] }
        switch layout {
        case .none: return []
        case .native(let start, let bits, _):
            let first = frame * bits
            return [start + first / 8..<start + (first + bits + 7) / 8]
        case .encapsulated(let fragments, let firsts):
            return Array(fragments[firsts[frame]..<firsts[frame + 1]])
        }
    }

    /// Bytes of a frame without those around it.
    package func length(of frame: Int) -> Int { ranges(of: frame).reduce(0) { $0 + $1.count } }
}
