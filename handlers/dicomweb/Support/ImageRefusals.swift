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
        case .unsupported(let sentence): throw HTTPError(406, "image.unsupported", sentence)
        case .corrupt(let sentence): throw HTTPError(422, "image.corrupt", sentence)
        case .tooLarge(let sentence): throw HTTPError(413, "image.tooLarge", sentence)
        case .invalidOption(let sentence): throw HTTPError.badRequest("query.malformed", sentence)
        }
    } catch let error as DICOMError {
        throw HTTPError(422, "image.corrupt", "\(error)")
    }
}
