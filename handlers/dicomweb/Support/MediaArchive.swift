import Archives
import DICOM
import DICOMweb
import FunctionRuntime
import HTTPModel
import ObjectStore
import Portal

/// Stored instances as a ZIP: a File-set with a DICOMDIR, made while it is sent.
///
/// - SeeAlso: PS3.18 §8.7.3 (Supplement 211); PS3.10 §8; PS3.12 Annex V.
struct MediaArchive {
    static let offer = Offer("application/zip")

    let instances: [RetrievedInstance]
    let context: Context

    func response(to request: Request) -> Response {
        request.conditional(on: EntityTag(content: Array(versions.utf8), Self.offer)) {
            Response(
                headers: [
                    "Content-Type": Self.offer.essence, "Content-Disposition": "attachment; filename=\"DICOM.zip\"",
                ], body: .stream(write))
        }
    }

    private var versions: String { instances.map(\.version).joined() }

    private func write(_ output: (ArraySlice<UInt8>) throws -> Void) throws {
        var directory = MediaStorageDirectory(fileSetUID: UID.derived(from: versions))
        try ArchiveWriter.write(to: output) { writer in
            for (fileID, instance) in zip(fileIDs, instances) {
                guard let fileID else { continue }
                try add(instance, at: fileID, to: &directory)
                try writeFile(instance, at: fileID, writer)
            }
            let bytes = try directory.bytes()
            let newest = instances.map(\.storedAt).max() ?? 0
            try begin(["DICOMDIR"], length: bytes.count, modified: newest, .deflated, writer)
            try writer.write(bytes[...])
        }
    }

    /// `DICOM/S0000001/I0000001`: a folder for each Series.
    private var fileIDs: [FileID?] {
        var series: [String: Int] = [:]
        return instances.enumerated().map { index, instance in
            let number = series[instance.seriesUID] ?? series.count + 1
            series[instance.seriesUID] = number
            return FileID(["DICOM", Self.name("S", number), Self.name("I", index + 1)])
        }
    }

    private static func name(_ letter: String, _ number: Int) -> String {
        let digits = String(number)
        return letter + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
    }

    /// - Throws: 404 when the instance is gone, or hidden meanwhile: an archive that is cut is seen to be incomplete.
    private func add(
        _ instance: RetrievedInstance, at fileID: FileID, to directory: inout MediaStorageDirectory
    ) throws {
        guard
            let found = try context.retrieval.metadata(
                ofInstance: instance.uid, of: instance.seriesUID, in: instance.studyUID, for: context.caller),
            let syntax = UID(instance.transferSyntax)
        else { throw HTTPError.notFound }
        let document = try instance.correction.shown([found.document])[0]
        let attributes = try DICOMJSON.decode(MetadataDocument.inflated(document))
        try directory.add(
            fileID, attributes, transferSyntax: syntax, sopClass: UID(instance.sopClass), sopInstance: UID(instance.uid)
        )
    }

    /// The bytes as they were received; what came without a head gets one, and what is corrected a new header.
    private func writeFile(_ instance: RetrievedInstance, at fileID: FileID, _ writer: ArchiveWriter) throws {
        let segments = try InstanceContent(instance: instance, store: context.store).asStored()
        let isCompressed = UID(instance.transferSyntax).map { TransferSyntax($0) }?.isEncapsulated ?? true
        try begin(
            fileID.components, length: segments.reduce(0) { $0 + $1.length }, modified: instance.storedAt,
            isCompressed ? .stored : .deflated, writer)
        try AnswerPart.Content.segments(segments).write(from: context.store) { try writer.write($0) }
    }

    private func begin(
        _ components: [String], length: Int, modified: Int, _ compression: ArchiveWriter.Compression,
        _ writer: ArchiveWriter
    ) throws {
        guard let path = RelativePath(components.joined(separator: "/")) else { return }
        try writer.begin(path, length: length, modified: modified, compression)
    }
}
