import HTTPModel
import ObjectStore

/// The addresses by which nginx is told what of the store to send: the values of `X-Accel-Redirect`.
struct AccelRedirect {
    /// The internal location that holds the store; ends with `/`.
    let location: String

    func address(of key: ObjectKey) -> String { location + key.text }

    /// For `deploy/StoredParts.pm`: literal bytes as hexadecimal digits, ranges as `key:offset-length`, `&` between.
    ///
    /// - Returns: `nil` for bytes alone, which need no store.
    func address(of segments: [Segment]) -> String? {
        guard segments.contains(where: { if case .object = $0 { true } else { false } }) else { return nil }
        let texts = segments.filter { $0.length > 0 }.map { segment in
            switch segment {
            case .bytes(let bytes): bytes.hexadecimal
            case .object(let key, let offset, let length): "\(key.text):\(offset)-\(length)"
            }
        }
        return location + "?" + texts.joined(separator: "&")
    }
}
