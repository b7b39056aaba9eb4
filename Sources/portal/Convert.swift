import ArgumentParser
import DICOM
import DICOMImage

/// Writes a DICOM file in another transfer syntax; nothing of the portal is needed.
struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes a DICOM file in another transfer syntax.",
        discussion: """
            Without --to, the data set is written again in the syntax that it has. Lossless syntaxes keep every stored bit; \
            jpeg loses some and makes a new instance that names the one it was made of.
            """)

    /// The names of transfer syntaxes on the command line.
    enum Syntax: String, CaseIterable, ExpressibleByArgument {
        case implicit, explicit, deflated, rle, htj2k, jpeg
        case bigEndian = "big-endian"
        case jpegLS = "jpeg-ls"
        case htj2kRPCL = "htj2k-rpcl"

        var transferSyntax: TransferSyntax {
            switch self {
            case .implicit: .implicitVRLittleEndian
            case .explicit: .explicitVRLittleEndian
            case .deflated: .deflatedExplicitVRLittleEndian
            case .bigEndian: .explicitVRBigEndian
            case .rle: .rleLossless
            case .jpegLS: .jpegLSLossless
            case .htj2k: .htj2kLossless
            case .htj2kRPCL: .htj2kLosslessRPCL
            case .jpeg: .jpegBaseline
            }
        }
    }

    @Argument(help: "The DICOM file to read.")
    var input: String

    @Argument(help: "The file to write, in place of one that is there.")
    var output: String

    @Option(help: "The transfer syntax.")
    var to: Syntax?

    @Option(help: "The quality of jpeg, 1 to 100.")
    var quality = 90

    func validate() throws {
        guard (1...100).contains(quality) else { throw ValidationError("The quality is a number from 1 to 100.") }
    }

    func run() throws {
        let source = try FileSource(path: input)
        let file = try DICOMFile.read(source)
        let syntax = to?.transferSyntax ?? file.transferSyntax
        if syntax == file.transferSyntax || !file.isEncapsulated && !syntax.isEncapsulated {
            try OutputFile(path: output).write { try DataSetWriter.write(file, source, syntax: syntax, $0) }
        } else {
            let transcoding = try Transcoding(ImageFile(file, source: source), to: syntax, quality: quality)
            try OutputFile(path: output).write { try transcoding.write($0) }
        }
    }
}
