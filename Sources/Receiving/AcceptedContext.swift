/// A presentation context that both sides agreed on.
struct AcceptedContext: Equatable {
    let abstractSyntax: String
    let transferSyntax: String
}
