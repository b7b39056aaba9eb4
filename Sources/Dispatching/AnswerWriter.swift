import HTTPModel
import NIOCore
import NIOHTTP1
import ObjectStore

/// Writes the pieces of one answer as fast as its client takes them.
///
/// A class, as writes that complete later come back to it.
final class AnswerWriter {
    enum Piece {
        case bytes(ByteBuffer)
        case object(ObjectKey, Range<Int>)
        case file(StoredFile)

        /// In bytes.
        var length: Int {
            switch self {
            case .bytes(let bytes): bytes.readableBytes
            case .object(_, let range): range.count
            case .file(let file): file.length
            }
        }

        /// - Parameter range: within the piece.
        func slice(_ range: Range<Int>) -> Piece {
            switch self {
            case .bytes(let bytes):
                .bytes(bytes.getSlice(at: bytes.readerIndex + range.lowerBound, length: range.count) ?? ByteBuffer())
            case .object(let key, let whole):
                .object(key, whole.lowerBound + range.lowerBound..<whole.lowerBound + range.upperBound)
            case .file(let file): .file(file.narrowed(to: range))
            }
        }

        /// An object is missing or short.
        struct Missing: Error { let key: ObjectKey }

        /// - Returns: the segments that are not empty, with every file open.
        static func opened(_ segments: [Segment], storeRoot: String?) throws(Missing) -> [Piece] {
            var pieces: [Piece] = []
            for segment in segments {
                switch segment {
                case .bytes(let bytes): pieces.append(.bytes(ByteBuffer(bytes: bytes)))
                case .object(let key, let offset, let length):
                    guard let file = storeRoot.flatMap({ StoredFile(key, offset..<offset + length, root: $0) }) else {
                        throw Missing(key: key)
                    }
                    pieces.append(.file(file))
                }
            }
            return pieces.filter { $0.length > 0 }
        }
    }

    /// What an entry of the queue is counted as beside its bytes.
    private static let pieceCost = 128
    /// The delimiter of a part and its header fields, in bytes.
    private static let shortPiece = 1024

    private let context: ChannelHandlerContext
    private let storeRoot: String?
    private var pieces = CircularBuffer<Piece>()
    private var file: StoredFile?
    private var hasEnded = false
    /// The memory that waiting pieces take, in bytes.
    private(set) var cost = 0
    /// When the client last took something.
    private(set) var lastMoved = NIODeadline.now()
    /// Called once when all pieces are with the socket, or one is missing: the argument says whether they are whole.
    private var finished: ((Bool) -> Void)?

    init(_ context: ChannelHandlerContext, storeRoot: String?, finished: @escaping (Bool) -> Void) {
        self.context = context
        self.storeRoot = storeRoot
        self.finished = finished
    }

    func add(_ piece: Piece) {
        pieces.append(piece)
        cost += Self.cost(of: piece)
    }

    /// No more pieces will come.
    func end() { hasEnded = true }

    /// Hands over what the socket has room for.
    func pump() {
        var hasWritten = false
        while finished != nil, context.channel.isWritable || hasShortPieceNext {
            if let slice = file?.nextSlice() {
                write(slice)
            } else if let piece = pieces.popFirst() {
                file = nil
                cost -= Self.cost(of: piece)
                begin(piece)
            } else {
                break
            }
            hasWritten = true
        }
        guard finished != nil else { return }
        if hasWritten { context.flush() }
        if hasEnded, pieces.isEmpty, context.channel.isWritable { finish(whole: true) }
    }

    /// Whether what follows a file is so short that it goes along with it, rather than in a packet of its own.
    private var hasShortPieceNext: Bool {
        guard file?.length == 0, case .bytes(let bytes)? = pieces.first else { return false }
        return bytes.readableBytes <= Self.shortPiece
    }

    /// Forgets what was not sent.
    func abandon() {
        finished = nil
        pieces.removeAll()
        file = nil
        cost = 0
    }

    private func begin(_ piece: Piece) {
        switch piece {
        case .bytes(let bytes):
            lastMoved = .now()
            context.write(Self.part(.body(.byteBuffer(bytes))), promise: nil)
        case .file(let opened): file = opened
        case .object(let key, let range):
            file = storeRoot.flatMap { StoredFile(key, range, root: $0) }
            if file == nil { finish(whole: false) }
        }
    }

    private func write(_ slice: FileRegion) {
        let promise = context.eventLoop.makePromise(of: Void.self)
        let kept = file
        promise.futureResult.assumeIsolated().whenComplete { [weak self] _ in
            withExtendedLifetime(kept) { self?.lastMoved = .now() }
        }
        context.write(Self.part(.body(.fileRegion(slice))), promise: promise)
    }

    private func finish(whole: Bool) {
        let finished = finished
        abandon()
        finished?(whole)
    }

    private static func cost(of piece: Piece) -> Int {
        if case .bytes(let bytes) = piece { bytes.readableBytes + pieceCost } else { pieceCost }
    }

    private static func part(_ part: HTTPServerResponsePart) -> NIOAny { NIOAny(part) }
}
