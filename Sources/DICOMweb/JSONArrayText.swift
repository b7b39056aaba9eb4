/// The elements of a JSON array as its text has them.
package enum JSONArrayText {
    /// - Returns: `nil` for what is no array; what the elements hold is not looked at.
    /// - Complexity: O(n) in the length of the text.
    package static func elements(_ bytes: [UInt8]) -> [[UInt8]]? {
        var scanner = JSONScanner(bytes: bytes)
        var elements: [[UInt8]] = []
        guard scanner.take(UInt8(ascii: "[")) else { return nil }
        if !scanner.take(UInt8(ascii: "]")) {
            repeat {
                guard let element = scanner.value(), !element.isEmpty else { return nil }
                elements.append(Array(element))
            } while scanner.take(UInt8(ascii: ","))
            guard scanner.take(UInt8(ascii: "]")) else { return nil }
        }
        return scanner.isAtEnd ? elements : nil
    }
}
