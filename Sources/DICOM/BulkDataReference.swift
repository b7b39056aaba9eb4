/// A value that stands at a URI instead of in the DICOM JSON or the Native DICOM Model of its data set.
///
/// - SeeAlso: PS3.18 §F.2.6; PS3.19 §A.1.5.
package struct BulkDataReference: Sendable, Equatable {
    /// The attribute, as ``DataSet/element(at:)`` finds it.
    package let path: String
    package let tag: Tag
    package let vr: VR
    package let uri: String

    /// What the data set will hold: bytes, or ranges of a source that the caller reads values from. An attribute
    /// for which there is nothing is left out.
    package typealias Resolution = (BulkDataReference) throws -> Value?
}
