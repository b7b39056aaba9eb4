import Archives
import DICOM
import DICOMweb
import Exporting
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
        try ArchiveWriter.write(to: output) { archive in
            var media = MediaWriter(archive, fileSetUID: UID.derived(from: versions))
            for (fileID, instance) in zip(fileIDs, instances) {
                guard let fileID else { continue }
                let document = try context.retrieval.document(of: instance, for: context.caller)
                try media.list(instance, at: fileID, instance.correction.shown([document])[0])
                try write(instance, at: fileID, media)
            }
            try media.addDirectory(modified: instances.map(\.storedAt).max() ?? 0)
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

    /// The bytes as they were received; what came without a head gets one, and what is corrected a new header.
    private func write(_ instance: RetrievedInstance, at fileID: FileID, _ media: MediaWriter) throws {
        let segments = try InstanceContent(instance: instance, store: context.store).asStored()
        try media.begin(instance, at: fileID.components, length: segments.reduce(0) { $0 + $1.length })
        try AnswerPart.Content.segments(segments).write(from: context.store) { try media.write($0) }
    }
}
