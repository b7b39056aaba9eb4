import HTTPModel

extension String {
    /// The text as a JSON string, with its quotes.
    package var quotedJSON: String {
        var json = ""
        JSONText.append(self, to: &json)
        return json
    }
}
