import DICOM
import DICOMImage
import HTTPModel

/// Runs what decodes or renders stored pixels, and turns what they refuse into an answer for the caller.
///
/// - Throws: 406 for what is not decoded here, 422 for a damaged image, 413 for one that is too large, 400 for a rendering
///   option.
func refusingImages<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as ImageError {
        switch error {
        case .unsupported(let reason): throw HTTPError(406, "image.unsupported", reason, details: ["reason": reason])
        case .corrupt(let reason): throw HTTPError(422, "image.corrupt", reason, details: ["reason": reason])
        case .tooLarge(let reason): throw HTTPError(413, "image.tooLarge", reason, details: ["reason": reason])
        case .invalidOption(let reason): throw HTTPError(400, "query.rendering", reason, details: ["reason": reason])
        }
    } catch let error as DICOMError {
        throw HTTPError(422, "image.corrupt", "\(error)", details: ["reason": "\(error)"])
    }
}
