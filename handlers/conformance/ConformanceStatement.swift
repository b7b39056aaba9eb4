import DICOM
import DICOMImage
import DICOMNetwork
import DICOMweb
import FunctionRuntime
import HTTPModel
import Ingestion
import Portal

/// What this software does of the Standard, in tables that are the code's own.
///
/// - SeeAlso: PS3.2 Annex N, whose subjects the sections follow.
struct ConformanceStatement {
    struct Section {
        let id: String
        let columns: [String]
        let rows: [[String]]
    }

    let sections: [Section]

    init() {
        sections =
            [Self.identity, Self.services, Self.statuses, Self.transferSyntaxes, Self.sopClasses, Self.characterSets]
            + SearchStatementTables.sections + RetrieveStatementTables.sections
    }

    /// One row a line, so that a change of the tables shows as one.
    func json() -> String {
        let sections = sections.map { section in
            let rows = section.rows.map(Self.list).joined(separator: ",\n")
            return "{\"id\":\(section.id.quotedJSON),\"columns\":\(Self.list(section.columns)),\"rows\":[\n\(rows)\n]}"
        }
        return "{\"sections\":[\n\(sections.joined(separator: ",\n"))\n]}\n"
    }

    private static func list(_ texts: [String]) -> String { "[\(texts.map(\.quotedJSON).joined(separator: ","))]" }

    private static let identity = Section(
        id: "identity", columns: ["name", "value"],
        rows: [
            ["AE Title", Settings.defaultAETitle], ["Implementation Class UID", FileMeta.implementationClassUID],
            ["Implementation Version Name", FileMeta.implementationVersionName],
            ["Maximum PDU Length", "\(Negotiation.longestData)"],
        ])

    private static let services = Section(
        id: "dimse-services", columns: ["name", "uid", "meaning"],
        rows: [
            ["Verification Service Class", Negotiation.verification, "C-ECHO, SCP"],
            ["Storage Service Class", Negotiation.storageRoot + "*", "C-STORE, SCP, Level 2 (Full)"],
        ])

    private static let statuses = Section(
        id: "dimse-statuses", columns: ["code", "name"],
        rows: DIMSEStatus.all.map { [hexadecimal($0.status.code), $0.name] })

    private static let transferSyntaxes = Section(
        id: "transfer-syntaxes", columns: ["uid", "name", "receive", "decode", "encode", "web"],
        rows: TransferSyntax.registered.map { syntax in
            let isWeb = syntax.isExplicitVR && syntax.isLittleEndian
            let isWritten =
                !syntax.isEncapsulated && !syntax.isReferenced || FrameEncoder.syntaxes.contains(syntax)
            return [syntax.uid.text, syntax.name]
                + [syntax.isKnown, FrameDecoder.decodes(syntax), isWritten, isWeb].map { $0 ? "yes" : "no" }
        })

    private static let sopClasses = Section(
        id: "sop-classes", columns: ["name", "uid"],
        rows: DataDictionary.storageSOPClasses.map { [DataDictionary.name(ofUID: $0) ?? "", $0] }.sorted {
            ($0[0], $0[1]) < ($1[0], $1[1])
        })

    private static let characterSets = Section(
        id: "character-sets", columns: ["term", "name"],
        rows: SpecificCharacterSet.definedTerms.map { [$0.term, $0.encoding] })

    static func hexadecimal(_ code: UInt16) -> String {
        let digits = String(code, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits + "H"
    }
}
