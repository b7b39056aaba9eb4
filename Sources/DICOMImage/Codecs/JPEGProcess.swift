import DICOM

extension JPEGStream {
    /// The Transfer Syntax that a JPEG stream is one of, by its frame header and, when lossless, its predictor.
    ///
    /// - Parameter head: the stream's beginning, up to its first scan.
    /// - Returns: `nil` for what is no JPEG stream, or one of a process that PS3.5 §A.4.1 no longer has.
    package static func transferSyntax(of head: [UInt8]) -> TransferSyntax? {
        guard head.count > 4, head[0] == 0xFF, head[1] == 0xD8 else { return nil }
        var (position, isLossless) = (2, false)
        while position &+ 4 <= head.count, head[position] == 0xFF {
            let marker = head[position &+ 1]
            let length = Int(head[position &+ 2]) << 8 | Int(head[position &+ 3])
            switch marker {
            case 0xC0: return .jpegBaseline
            case 0xC1: return .jpegExtended
            case 0xC3: isLossless = true
            case 0xDA: return isLossless ? lossless(head[min(position &+ 4, head.count)...]) : nil
            default: break
            }
            guard length >= 2 else { return nil }
            position &+= 2 &+ length
        }
        return nil
    }

    /// - Parameter scan: Ns, two bytes for each component, Ss: the predictor (ISO/IEC 10918-1 §B.2.3).
    private static func lossless(_ scan: ArraySlice<UInt8>) -> TransferSyntax? {
        guard let components = scan.first, let predictor = scan.dropFirst(1 + 2 * Int(components)).first else {
            return nil
        }
        return predictor == 1 ? .jpegLosslessFirstOrder : .jpegLossless
    }
}
