// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors in our own modules, so that none survives a commit.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A system library that a Debian `-dev` package provides.
func system(_ name: String, _ pkgConfig: String?, apt: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// One of our modules; `imports` are the arrows of the architecture.
func module(_ name: String, imports: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: imports, exclude: decisions(of: name), swiftSettings: strict)
}

/// Modules that keep written decisions beside their code.
func decisions(of name: String) -> [String] {
    let deciding = [
        "DICOM", "DICOMImage", "DICOMweb", "Dispatching", "Exporting", "FunctionRuntime", "Portal", "Postgres",
        "Receiving", "SiteBuilding",
    ]
    return deciding.contains(name) ? ["Decisions"] : []
}

/// A program; its main file only reads its command line and calls a module.
func program(_ name: String, path: String? = nil, imports: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: imports, path: path, swiftSettings: strict)
}

/// The tests of one module.
func tests(_ name: String, imports: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + imports, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
]
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "preview-dicom",
    products: [
        .executable(name: "dispatcher", targets: ["dispatcher"]),
        .executable(name: "handler", targets: ["handler"]),
        .executable(name: "storescp", targets: ["storescp"]),
        .executable(name: "site-build", targets: ["site-build"]),
        .executable(name: "portal", targets: ["portal"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        system("CLibpq", "libpq", apt: "libpq-dev"),
        system("CLibarchive", "libarchive", apt: "libarchive-dev"),
        system("CZlib", "zlib", apt: "zlib1g-dev"),
        system("CExpat", "expat", apt: "libexpat1-dev"),
        system("CTurboJPEG", "libturbojpeg", apt: "libturbojpeg0-dev"),
        system("CCharLS", "charls", apt: "libcharls-dev"),
        system("COpenJPEG", "libopenjp2", apt: "libopenjp2-7-dev"),
        system("CLibPNG", "libpng", apt: "libpng-dev"),
        system("CGIF", nil, apt: "libgif-dev"),  // has no pkg-config file
        system("CFreeType", "freetype2", apt: "libfreetype-dev"),
        system("CCmark", "libcmark", apt: "libcmark-dev"),
        system("COpenSSL", "libssl", apt: "libssl-dev"),
        system("CCurl", "libcurl", apt: "libcurl4-openssl-dev"),
        .target(name: "CPOSIX"),
        // libjpeg62-turbo-dev and libgdcm-dev have no pkg-config files.
        .target(
            name: "CJPEGDecoders",
            linkerSettings: ["jpeg", "gdcmjpeg8", "gdcmjpeg12", "gdcmjpeg16"].map { .linkedLibrary($0) }),
        // Its pkg-config file is empty in Debian 12.
        .target(name: "COpenJPH", linkerSettings: [.linkedLibrary("openjph")]),

        module("DICOM", imports: ["CZlib", "CExpat"]),
        module(
            "DICOMImage",
            imports: [
                "DICOM", "CZlib", "CTurboJPEG", "CJPEGDecoders", "CCharLS", "COpenJPEG", "COpenJPH", "CLibPNG", "CGIF",
                "CFreeType",
            ]),
        module("DICOMNetwork", imports: ["DICOM"]),
        module("ObjectStore", imports: ["CPOSIX", crypto]),
        module("HTTPModel", imports: ["ObjectStore"]),
        module("DICOMweb", imports: ["DICOM", "HTTPModel", "CZlib"]),
        module("WriteCounting", imports: ["CPOSIX"]),
        module("Postgres", imports: ["CLibpq", "WriteCounting"]),
        module("Archives", imports: ["CLibarchive"]),
        module("Portal", imports: ["Postgres", "WriteCounting", "DICOM", crypto, cryptoExtras]),
        module("Ingestion", imports: ["DICOM", "DICOMImage", "ObjectStore", "Portal", "CZlib"]),
        module("Importing", imports: ["Archives", "DICOMweb", "Ingestion", crypto]),
        module("Exporting", imports: ["Archives", "DICOMweb", "ObjectStore", "Portal", crypto]),
        module("RemotePortal", imports: ["CCurl", "HTTPModel", "Importing"]),
        module("SyntheticImages", imports: ["DICOM"]),
        module("Invocation", imports: ["HTTPModel", "CPOSIX", logging]),
        module("FunctionRuntime", imports: ["HTTPModel", "Invocation", "Portal", "ObjectStore", "CZlib", logging]),
        module(
            "Dispatching", imports: ["HTTPModel", "Invocation", "WriteCounting", "CPOSIX", nioHTTP, logging] + nio),
        module("Receiving", imports: ["DICOMNetwork", "Ingestion", "COpenSSL", logging]),
        module("SelfTesting", imports: ["DICOMNetwork", "ObjectStore", "Portal", "SyntheticImages"]),
        module(
            "SiteBuilding",
            imports: [
                "CCmark", "Yams", crypto, .product(name: "Mustache", package: "swift-mustache"),
            ]),

        program("dispatcher", imports: ["Dispatching", arguments]),
        program(
            "handler", path: "handlers",
            imports: [
                "FunctionRuntime", "DICOMweb", "DICOMImage", "DICOMNetwork", "Ingestion", "Importing", "Exporting",
                "Archives", "SelfTesting", crypto,
            ]),
        program("storescp", imports: ["Receiving", "Invocation", arguments]),
        program("site-build", imports: ["SiteBuilding", arguments]),
        program(
            "portal",
            imports: [
                "Importing", "Exporting", "RemotePortal", "DICOMImage", "HTTPModel", "SyntheticImages", crypto,
                arguments,
            ]),

        program("file-bench", path: "Tests/FileBench", imports: ["DICOM", "DICOMImage"]),
        .target(
            name: "FuzzTargets", dependencies: ["DICOM", "DICOMImage"], path: "Tests/FuzzTargets", swiftSettings: strict
        ),
        tests("FuzzTargets", imports: ["DICOM", "DICOMImage"]),
        .target(
            name: "ScratchPortal", dependencies: ["Ingestion", "ObjectStore", "Portal", "WriteCounting"],
            path: "Tests/ScratchPortal", swiftSettings: strict),
        tests("DICOM"), tests("DICOMImage", imports: ["DICOM", "CGIF", crypto]), tests("DICOMNetwork"),
        tests("DICOMweb"), tests("HTTPModel"), tests("Invocation"), tests("Postgres", imports: ["WriteCounting"]),
        tests("Archives"),
        tests("ObjectStore"), tests("Portal", imports: ["WriteCounting"]),
        tests("Ingestion", imports: ["ScratchPortal", "WriteCounting"]),
        tests("Importing", imports: ["ScratchPortal"]), tests("Exporting", imports: ["Importing", "ScratchPortal"]),
        tests("FunctionRuntime"), tests("Dispatching"), tests("Receiving", imports: ["COpenSSL"]),
        tests("SelfTesting"),
        tests("SiteBuilding"), tests("SyntheticImages", imports: ["DICOM"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// Needs libFuzzer's driver, which scripts/fuzz links.
if Context.environment["FUZZING"] != nil {
    package.targets.append(program("fuzzer", path: "Tests/Fuzzer", imports: ["FuzzTargets"]))
}
