extension StringProtocol {
    /// The 1-based line on which `index` lies.
    func line(of index: Index) -> Int {
        utf8[..<index].count { $0 == UInt8(ascii: "\n") } + 1
    }
}
