import HTTPModel

/// The frames that an address asks for: `1,2,5` (PS3.18 §10.1.6). Numbers count from 1 and keep their order.
package struct FrameList: Sendable, Equatable {
    package static let longest = 10_000

    /// 1-based, never empty.
    package let numbers: [Int]

    /// - Throws: 400 `frames.malformed` when the text is no list of numbers or has more than `longest`; 404 for frame 0,
    ///   which no instance has.
    package init(_ text: String) throws(HTTPError) {
        let pieces = text.split(separator: ",", omittingEmptySubsequences: false)
        let numbers = pieces.compactMap { piece in
            piece.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(piece) : nil
        }
        guard numbers.count == pieces.count, numbers.count <= Self.longest else {
            throw .badRequest(
                "frames.malformed", "The frame list is no list of at most \(Self.longest) numbers joined by commas.",
                details: ["limit": "\(Self.longest)"])
        }
        guard numbers.allSatisfy({ $0 > 0 }) else { throw .notFound }
        self.numbers = numbers
    }
}
