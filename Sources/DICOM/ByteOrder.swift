/// Byte order of words in a value.
enum ByteOrder {
    /// Turns each word of `bytes` around; a rest that is no whole word stays.
    static func swap(_ bytes: inout [UInt8], wordLength: Int) {
        guard wordLength > 1 else { return }
        var start = 0
        while bytes.count &- start >= wordLength {
            var (low, high) = (start, start &+ wordLength &- 1)
            while low < high {
                bytes.swapAt(low, high)
                low &+= 1
                high &-= 1
            }
            start &+= wordLength
        }
    }
}
