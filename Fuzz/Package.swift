// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that the program and its tests never meet the fuzzer's runtime.
// `make fuzz` builds it; each folder but FuzzSupport is one entry point, a libFuzzer target.

let entryPoints = [
  "FuzzArtefact", "FuzzLiquid", "FuzzMarkup", "FuzzMessage", "FuzzProfile", "FuzzProject",
  "FuzzRender", "FuzzRows", "FuzzSanitiser", "FuzzSchema",
]

// Entry points meet the stages below the public interface, by `@testable import`: Scripts/fuzz builds with
// -enable-testing.
let letterpress = Target.Dependency.product(name: "Letterpress", package: "letterpress")
let profiles = Target.Dependency.product(name: "LetterpressProfiles", package: "letterpress")

let package = Package(
  name: "fuzz",
  dependencies: [.package(name: "letterpress", path: "..")],
  targets: [
    .target(
      name: "FuzzSupport",
      dependencies: [letterpress],
      path: "FuzzSupport"
    )
  ]
    + entryPoints.map { name in
      .executableTarget(
        name: name,
        dependencies: ["FuzzSupport", letterpress] + (name == "FuzzRows" ? [profiles] : []),
        path: name
      )
    },
  swiftLanguageModes: [.v6]
)
