import FuzzTargets
import Glibc

@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ one: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// libFuzzer with one of the targets: `FUZZ_TARGET=dataSet fuzzer [libFuzzer's words]`. Built by `scripts/fuzz`.
@main
struct Fuzzer {
    private static let target: FuzzTarget = {
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            print("FUZZ_TARGET is one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
            exit(64)
        }
        return target
    }()

    static func main() {
        var count = CommandLine.argc
        var words = CommandLine.unsafeArgv
        _ = target
        exit(
            runDriver(&count, &words) { bytes, count in
                Fuzzer.target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
                return 0
            })
    }
}
