/// A ZIP file made in code, without compression (APPNOTE.TXT §4.3).
enum StoredZip {
    static func bytes(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
        var zip: [UInt8] = []
        var directory: [UInt8] = []
        for (name, content) in files {
            let name = Array(name.utf8)
            let common =
                short(20) + short(0x0800) + short(0) + long(0) + long(crc(content)) + long(content.count)
                + long(content.count) + short(name.count) + short(0)
            directory += [0x50, 0x4B, 1, 2] + short(20) + common + short(0) + short(0) + short(0) + long(0)
            directory += long(zip.count) + name
            zip += [0x50, 0x4B, 3, 4] + common + name + content
        }
        return zip + directory + [0x50, 0x4B, 5, 6] + short(0) + short(0) + short(files.count) + short(files.count)
            + long(directory.count) + long(zip.count) + short(0)
    }

    private static func short(_ number: Int) -> [UInt8] { [UInt8(number & 0xFF), UInt8(number >> 8 & 0xFF)] }

    private static func long(_ number: Int) -> [UInt8] { short(number & 0xFFFF) + short(number >> 16) }

    private static func crc(_ bytes: [UInt8]) -> Int {
        var value: UInt32 = .max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
        return Int(~value)
    }
}
