/// What a new password has to be, and passwords made by us.
enum PasswordRules {
    static let shortest = 8
    /// In bytes; bounds what hashing costs.
    static let longest = 1024

    static func problem(of password: String, field: String) -> FieldProblem? {
        if password.count < shortest {
            return FieldProblem(field: field, code: "password.tooShort", limit: shortest)
        }
        // scrypt pads its key with NULs: with some of its own, two passwords would be one.
        if password.utf8.contains(0) { return FieldProblem(field: field, code: "password.nul") }
        if password.utf8.count > longest { return FieldProblem(field: field, code: "password.tooLong", limit: longest) }
        return nil
    }

    // Without characters that are easily taken for each other.
    private static let readable = Array("abcdefghjkmnpqrstuvwxyz23456789")

    /// Four groups of four readable characters: 79 bits.
    static func random() -> String {
        var characters: [Character] = []
        while characters.count < 16 {
            // A byte from 248 on would make the first letters likelier.
            for byte in Secret.randomBytes(16) where Int(byte) < 256 / readable.count * readable.count {
                characters.append(readable[Int(byte) % readable.count])
            }
        }
        return stride(from: 0, to: 16, by: 4).map { String(characters[$0..<$0 + 4]) }.joined(separator: "-")
    }
}
