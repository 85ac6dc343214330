// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that neither the tests nor the program are ever built with it.
let package = Package(
  name: "benchmarks",
  dependencies: [.package(name: "letterpress", path: "..")],
  targets: [
    .executableTarget(
      name: "Benchmarks",
      dependencies: [.product(name: "Letterpress", package: "letterpress")],
      swiftSettings: [.strictMemorySafety()]
    )
  ],
  swiftLanguageModes: [.v6]
)
