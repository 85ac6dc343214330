// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the program and its tests never meet the fuzzer's runtime.
// `make fuzz` builds it; each folder is one entry point, a libFuzzer target.

let entryPoints = ["FuzzMarkup"]

let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "letterpress", path: "..")],
  targets: entryPoints.map { name in
    .executableTarget(
      name: name,
      dependencies: [.product(name: "Letterpress", package: "letterpress")],
      path: name
    )
  },
  swiftLanguageModes: [.v6]
)
