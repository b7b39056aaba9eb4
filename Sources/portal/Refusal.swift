/// Why a command could not do what it was asked; printed as it is.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
