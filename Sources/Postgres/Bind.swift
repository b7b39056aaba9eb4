/// A value on its way to the server, apart from the statement's text.
package struct Bind: Sendable {
    /// Without the final NUL that the text form gets; `nil` is NULL.
    let bytes: [UInt8]?
    /// The type's object identifier; 0 lets the server infer it from the statement.
    let type: UInt32
    let isBinary: Bool

    static func text(_ text: String) -> Bind { Bind(bytes: Array(text.utf8), type: 0, isBinary: false) }
    static let null = Bind(bytes: nil, type: 0, isBinary: false)
}

/// A type whose values can stand in a statement as `\(value)`.
///
/// Texts and numbers leave their type to the server: `WHERE id = \(id)` compares a UUID column with a UUID. Where the
/// statement does not tell the type (`unnest`, `jsonb_build_object`), write it: `unnest(\(uids)::text[])`.
package protocol Bindable {
    var bind: Bind { get }
}

extension String: Bindable { package var bind: Bind { .text(self) } }
extension Int: Bindable { package var bind: Bind { .text(description) } }
extension Int64: Bindable { package var bind: Bind { .text(description) } }
extension Int32: Bindable { package var bind: Bind { .text(description) } }
extension Double: Bindable { package var bind: Bind { .text(ArrayText.word(self)) } }
extension Bool: Bindable { package var bind: Bind { .text(self ? "t" : "f") } }

extension Optional: Bindable where Wrapped: Bindable {
    package var bind: Bind { self?.bind ?? .null }
}

/// `[UInt8]` is a bytea; `[String]`, `[Int]`, … and arrays of their optionals are arrays.
extension Array: Bindable where Element: ArrayElement {
    package var bind: Bind { Element.bind(self) }
}

/// A type that has a PostgreSQL array, or, for bytes, that an array of which is one value.
package protocol ArrayElement {
    static func bind(_ elements: [Self]) -> Bind
}

extension UInt8: ArrayElement {
    package static func bind(_ elements: [UInt8]) -> Bind {
        Bind(bytes: elements, type: TypeID.bytea, isBinary: true)
    }
}

extension Array: ArrayElement where Element == UInt8 {
    package static func bind(_ elements: [[UInt8]]) -> Bind {
        Bind(bytes: BinaryArray.encode(elements, of: TypeID.bytea), type: TypeID.byteaArray, isBinary: true)
    }
}

extension String: ArrayElement {
    package static func bind(_ elements: [String]) -> Bind { ArrayText.bind(elements) { ArrayText.quoted($0) } }
}

extension Int: ArrayElement {
    package static func bind(_ elements: [Int]) -> Bind { ArrayText.bind(elements) { $0.description } }
}

extension Int64: ArrayElement {
    package static func bind(_ elements: [Int64]) -> Bind { ArrayText.bind(elements) { $0.description } }
}

extension Int32: ArrayElement {
    package static func bind(_ elements: [Int32]) -> Bind { ArrayText.bind(elements) { $0.description } }
}

extension Bool: ArrayElement {
    package static func bind(_ elements: [Bool]) -> Bind { ArrayText.bind(elements) { $0 ? "t" : "f" } }
}

extension Double: ArrayElement {
    package static func bind(_ elements: [Double]) -> Bind { ArrayText.bind(elements) { ArrayText.word($0) } }
}

extension Optional: ArrayElement where Wrapped: ScalarElement {
    package static func bind(_ elements: [Wrapped?]) -> Bind {
        ArrayText.bind(elements) { element in element.map(\.arrayText) ?? "NULL" }
    }
}

/// An element that may be NULL in an array.
package protocol ScalarElement {
    var arrayText: String { get }
}

extension String: ScalarElement { package var arrayText: String { ArrayText.quoted(self) } }
extension Int: ScalarElement { package var arrayText: String { description } }
extension Double: ScalarElement { package var arrayText: String { ArrayText.word(self) } }
extension Bool: ScalarElement { package var arrayText: String { self ? "t" : "f" } }
