/// Reads ranges of one object. The object stays readable while this lives, even if it is removed meanwhile.
package struct ObjectReader: Sendable {
    private let file: StoreFile
    /// In bytes.
    package let length: Int

    init(_ file: StoreFile) throws {
        self.file = file
        length = try file.length()
    }

    /// Reads `count` bytes from `offset`; fewer only when the object ends before.
    package func read(at offset: Int, count: Int) throws -> [UInt8] {
        guard offset >= 0, offset < length, count > 0 else { return [] }
        return try file.read(at: offset, count: min(count, length - offset))
    }
}
