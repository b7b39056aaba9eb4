import DICOM

/// Which presentation contexts the storage provider accepts, and in which transfer syntax.
///
/// - SeeAlso: PS3.8 §9.3.3.2; PS3.4 §B.3; PS3.5 §10.1.
package enum Negotiation {
    /// Verification SOP Class (PS3.4 Annex A).
    package static let verification = "1.2.840.10008.1.1"
    /// Bytes of the largest P-DATA-TF that is taken (PS3.8 §D.1).
    package static let longestData = 1 << 18
    /// The root under which the Standard registers storage SOP classes (PS3.6 Annex A).
    package static let storageRoot = "1.2.840.10008.5.1.4.1.1."

    /// Judges one proposed context.
    package static func judge(_ context: ProposedContext) -> ContextResult {
        let isStorage =
            DataDictionary.storageSOPClasses.contains(context.abstractSyntax)
            || context.abstractSyntax.hasPrefix(storageRoot)
        guard isStorage || context.abstractSyntax == verification else {
            return refuse(context, .abstractSyntaxNotSupported)
        }
        guard let syntax = preferred(among: context.transferSyntaxes) else {
            return refuse(context, .transferSyntaxesNotSupported)
        }
        return ContextResult(id: context.id, result: .acceptance, transferSyntax: syntax)
    }

    /// The peer's first syntax that says the VR of each element and is not big endian; else its first that we know.
    ///
    /// Private attributes keep their VR that way, and nothing has to be converted for the web later.
    private static func preferred(among proposed: [String]) -> String? {
        let known = proposed.filter { UID($0).map { TransferSyntax($0).isKnown } ?? false }
        let second: Set<String> = [
            TransferSyntax.implicitVRLittleEndian.uid.text, TransferSyntax.explicitVRBigEndian.uid.text,
        ]
        return known.first { !second.contains($0) } ?? known.first
    }

    private static func refuse(_ context: ProposedContext, _ result: ContextResult.Result) -> ContextResult {
        ContextResult(id: context.id, result: result, transferSyntax: TransferSyntax.implicitVRLittleEndian.uid.text)
    }
}
