extension HTTPError {
    /// The answer: `{"error": {"code", "message", "field"?, "details"?, "requestId"}}`.
    ///
    /// - Parameter language: of the sentence; a code without one there keeps its English message.
    package func response(requestID: String, language: Language) -> Response {
        var fields = headers
        fields["Content-Type"] = "application/json"
        fields["Cache-Control"] = "no-store"
        return Response(
            status: status, headers: fields, body: .bytes(document(requestID: requestID, language: language)))
    }

    private func document(requestID: String, language: Language) -> [UInt8] {
        var json = #"{"error":{"code":"#
        JSONText.append(code, to: &json)
        if !details.isEmpty {
            json += #","details":{"#
            for (index, detail) in details.sorted(by: { $0.key < $1.key }).enumerated() {
                json += index == 0 ? "" : ","
                JSONText.append(detail.key, to: &json)
                json += ":"
                JSONText.append(detail.value, to: &json)
            }
            json += "}"
        }
        if let field {
            json += #","field":"#
            JSONText.append(field, to: &json)
        }
        json += #","message":"#
        JSONText.append(Messages.sentence(for: self, in: language), to: &json)
        json += #","requestId":"#
        JSONText.append(requestID, to: &json)
        json += "}}"
        return Array(json.utf8)
    }
}
