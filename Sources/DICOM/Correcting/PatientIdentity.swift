/// Who a patient is, as data sets say it.
///
/// - SeeAlso: PS3.3 Table C.7-1.
package struct PatientIdentity: Sendable, Equatable {
    /// Family and given name, joined by `^`.
    package let name: String
    package let patientID: String
    /// Empty when the portal's own.
    package let issuer: String
    /// `YYYYMMDD`; empty when unknown.
    package let birthDate: String
    /// `F`, `M`, `O`; empty when unknown.
    package let sex: String

    /// Takes texts that are fit for their attributes.
    package init(name: String, patientID: String, issuer: String, birthDate: String, sex: String) {
        self.name = name
        self.patientID = patientID
        self.issuer = issuer
        self.birthDate = birthDate
        self.sex = sex
    }

    /// Takes texts of people: what would separate values or components becomes a space.
    ///
    /// - Parameters:
    ///   - birthDate: `YYYYMMDD`, or empty.
    ///   - sex: anything but `F`, `M` and `O` is unknown.
    package init(
        lastName: String, firstName: String, patientID: String, issuer: String, birthDate: String, sex: String
    ) {
        let (last, first) = (Self.component(lastName), Self.component(firstName))
        self.init(
            name: first.isEmpty ? last : "\(last)^\(first)", patientID: Self.plain(patientID, without: "\\"),
            issuer: Self.plain(issuer, without: "\\"), birthDate: birthDate,
            sex: ["F", "M", "O"].contains(sex) ? sex : "")
    }

    private static func component(_ text: String) -> String {
        let longest = 64  // PS3.5 Table 6.2-1, PN
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: plain(text, without: "\\^=").unicodeScalars.prefix(longest))
        return String(scalars)
    }

    private static func plain(_ text: String, without separators: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
            scalars.append(isControl || separators.unicodeScalars.contains(scalar) ? " " : scalar)
        }
        let trimmed = SpecificCharacterSet.trimmed(Array(String(scalars).utf8)[...], .LO)
        return String(decoding: trimmed, as: UTF8.self)
    }

    /// The attributes in the order of their tags, in UTF-8.
    package var elements: [DataElement] {
        let texts: [(Tag, VR, String)] = [
            (.patientName, .PN, name), (.patientID, .LO, patientID), (.issuerOfPatientID, .LO, issuer),
            (.patientBirthDate, .DA, birthDate), (.patientSex, .CS, sex),
        ]
        return texts.map { tag, vr, text in DataElement(tag, vr, .bytes(TextValues.bytes([text], vr))) }
    }

    /// An issuer that nobody knows is left out; the other attributes are there, if only empty (PS3.3 Table C.7-1).
    package func keeps(_ element: DataElement) -> Bool { element.tag != .issuerOfPatientID || !element.isEmpty }

    /// The attributes that are kept, as a data set in UTF-8, which says so where its text needs it.
    package var dataSet: DataSet { DataSet(utf8: elements.filter(keeps)) }
}
