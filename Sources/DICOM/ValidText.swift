extension String {
    /// Text of bytes that are valid UTF-8; nil for others. Faster than `init(validating:as:)` for short text.
    init?(valid bytes: some Collection<UInt8>) {
        self.init(decoding: bytes, as: UTF8.self)
        guard utf8.elementsEqual(bytes) else { return nil }  // what is not valid was replaced
    }
}
