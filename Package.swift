// swift-tools-version: 6.2
import PackageDescription

/// One module for each stage of the pipeline; arrows run one way (Tests/ArchitectureTests holds the
/// imports to this table).
///
/// The folder carries the short name, the module `Letterpress` + that name.
struct Stage {
  let folder: String
  let module: String
  let dependencies: [Target.Dependency]
  let resources: [Resource]?

  init(
    _ folder: String,
    module: String? = nil,
    imports stages: [String] = [],
    _ packages: [Target.Dependency] = [],
    embedding resources: [String]? = nil
  ) {
    self.folder = folder
    self.module = module ?? "Letterpress" + folder
    self.resources = resources?.map { .embedInCode($0) }
    dependencies = stages.map { .target(name: Stage.moduleName($0)) } + packages
  }

  static func moduleName(_ folder: String) -> String {
    switch folder {
    case "Compiler": "Letterpress"
    case "CLibXML2", "TestSupport": folder
    default: "Letterpress" + folder
    }
  }
}

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
// SQLite's own functions: GRDB ends a text at its first zero byte.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")

let stages = [
  Stage("Diagnostics"),
  Stage("Markup", imports: ["Diagnostics", "CLibXML2"]),
  Stage("Liquid", imports: ["Diagnostics"]),
  Stage("Schema", imports: ["Diagnostics"]),
  Stage("Typing", imports: ["Diagnostics", "Markup", "Liquid", "Schema"]),
  Stage("Program", imports: ["Diagnostics", "Liquid", "Schema", "Typing"]),
  Stage("MJML", imports: ["Diagnostics", "Markup", "Liquid", "Schema", "Typing", "Program"]),
  Stage("MIME"),
  Stage(
    "Compiler",
    module: "Letterpress",
    imports: ["Diagnostics", "Markup", "Liquid", "Schema", "Typing", "Program", "MJML", "MIME"],
    [yams]
  ),
  Stage("Profiles", imports: ["Diagnostics", "Schema"], [grdb, sqlite]),
  Stage("Message", imports: ["Diagnostics", "Schema", "Profiles"]),
  // Embedded rather than copied: a resource bundle would have to lie beside the installed program.
  Stage("Pages", embedding: ["Assets/pages.txt"]),
  Stage(
    "Gallery",
    embedding: [
      "index.html", "gallery.css", "contents.js", "elements.js", "state.js", "frames.js", "grid.js",
      "message.js", "gallery.js", "catalogue.html", "catalogue.css", "catalogue.js",
    ].map { "Assets/" + $0 }
  ),
]

let testSuites: [(folder: String, imports: [String])] = [
  ("Architecture", []),
  ("Diagnostics", ["Diagnostics"]),
  ("Markup", ["Diagnostics", "Markup", "MJML"]),
  ("Liquid", ["Diagnostics", "Liquid"]),
  ("Schema", ["Diagnostics", "Schema"]),
  ("Typing", ["Diagnostics", "Markup", "Liquid", "Schema", "Typing", "MJML", "Compiler"]),
  ("Program", ["Diagnostics", "Liquid", "Schema", "Typing", "Program"]),
  ("MJML", ["Diagnostics", "Markup", "Typing", "Program", "MJML", "Compiler"]),
  ("MIME", ["MIME"]),
  ("Compiler", ["Diagnostics", "Schema", "Program", "Compiler"]),
  ("Gallery", ["Gallery"]),
  ("Documentation", ["Diagnostics", "Liquid", "Compiler"]),
  ("Profiles", ["Diagnostics", "Schema", "Profiles"]),
  ("Message", ["Diagnostics", "Schema", "Profiles", "Message"]),
]

let package = Package(
  name: "letterpress",
  products: [
    // Findings are values of LetterpressDiagnostics: who looks into them imports it too.
    .library(name: "Letterpress", targets: ["Letterpress", "LetterpressDiagnostics"]),
    .executable(name: "letterpress", targets: ["LetterpressCLI"]),
    // Has nothing public: the package of the fuzzers looks into it.
    .library(name: "LetterpressProfiles", targets: ["LetterpressProfiles"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    .systemLibrary(
      name: "CLibXML2",
      path: "Sources/CLibXML2",
      pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"])]
    )
  ]
    + stages.map { stage in
      .target(
        name: stage.module,
        dependencies: stage.dependencies,
        path: "Sources/\(stage.folder)",
        resources: stage.resources,
        swiftSettings: settings
      )
    }
    + [
      .executableTarget(
        name: "LetterpressCLI",
        dependencies: [
          "Letterpress", "LetterpressDiagnostics", "LetterpressGallery", "LetterpressMessage",
          "LetterpressPages", "LetterpressProfiles", argumentParser,
        ],
        path: "Sources/CLI",
        swiftSettings: settings
      ),
      // A user of the library: it sees what is public, and imports nothing else.
      .executableTarget(
        name: "ServiceExample",
        dependencies: ["Letterpress"],
        path: "Examples/Service",
        exclude: ["profiles.ndjson"],
        swiftSettings: settings
      ),
      .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
      // Counts what rendering asks of the memory.
      .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
      .executableTarget(
        name: "AllocationProbe",
        dependencies: ["Letterpress", "LetterpressProgram", "AllocationCounter"],
        path: "Tests/AllocationProbe",
        swiftSettings: settings
      ),
      // A batch that tests kill.
      .executableTarget(
        name: "BatchProbe",
        dependencies: [
          "LetterpressDiagnostics", "LetterpressSchema", "LetterpressProfiles",
          "LetterpressMessage",
        ],
        path: "Tests/BatchProbe",
        swiftSettings: settings
      ),
    ]
    + testSuites.map { suite in
      .testTarget(
        name: "\(suite.folder)Tests",
        dependencies: ["TestSupport"] + suite.imports.map { .target(name: Stage.moduleName($0)) }
          // These make the databases that they read.
          + (["Profiles", "Message"].contains(suite.folder) ? [grdb] : [])
          + (suite.folder == "Message" ? ["BatchProbe"] : [])
          + (suite.folder == "Compiler" ? ["AllocationProbe", "LetterpressCLI"] : []),
        path: "Tests/\(suite.folder)Tests",
        swiftSettings: settings
      )
    },
  swiftLanguageModes: [.v6]
)
