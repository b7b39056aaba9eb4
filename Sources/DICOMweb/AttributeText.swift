/// The members of one DICOM JSON object as its text has them, so that answers are spliced and never decoded.
struct AttributeText {
    struct Member {
        /// Eight upper-case hexadecimal digits.
        let tag: ArraySlice<UInt8>
        let value: ArraySlice<UInt8>

        /// Whether its last member, which is its value, is this list.
        func isOne(_ list: [UInt8]) -> Bool { value.dropLast().suffix(list.count).elementsEqual(list) }
    }

    let members: [Member]

    /// - Parameter text: a JSON object as the database prints it; what is behind a malformed member is left out.
    /// - Complexity: O(n) in the length of the text.
    init(_ text: String) { self.init(bytes: Array(text.utf8)) }

    init(bytes: [UInt8]) {
        var scanner = JSONScanner(bytes: bytes)
        var members: [Member] = []
        if scanner.take(UInt8(ascii: "{")) {
            while let tag = scanner.string(), scanner.take(UInt8(ascii: ":")), let value = scanner.value() {
                members.append(Member(tag: tag, value: value))
                guard scanner.take(UInt8(ascii: ",")) else { break }
            }
        }
        self.members = members
    }
}
