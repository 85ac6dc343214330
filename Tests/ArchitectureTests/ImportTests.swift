import Foundation
import TestSupport
import Testing

/// What each stage may import of ours and of others'.
///
/// A row names only rows above it: that is what makes the arrows run one way.
private let stages: [(folder: String, ours: Set<String>, others: Set<String>)] = [
  ("Diagnostics", [], []),
  ("Markup", ["Diagnostics"], ["CLibXML2"]),
  ("Liquid", ["Diagnostics"], ["Foundation"]),
  ("Schema", ["Diagnostics"], []),
  ("Typing", ["Diagnostics", "Markup", "Liquid", "Schema"], []),
  ("Program", ["Diagnostics", "Liquid", "Schema", "Typing"], []),
  ("MJML", ["Diagnostics", "Markup", "Liquid", "Schema", "Typing", "Program"], []),
  ("MIME", [], ["Foundation"]),
  (
    "Compiler", ["Diagnostics", "Markup", "Liquid", "Schema", "Typing", "Program", "MJML", "MIME"],
    ["Yams", "Foundation"]
  ),
  ("Pages", [], []),
  ("Gallery", [], ["Foundation"]),
  ("Profiles", ["Diagnostics", "Schema"], ["GRDB", "GRDBSQLite", "Foundation"]),
  ("Message", ["Diagnostics", "Schema", "Profiles"], ["Foundation", "Dispatch"]),
  (
    "CLI", ["Compiler", "Diagnostics", "Gallery", "Message", "Pages", "Profiles"],
    ["ArgumentParser", "Foundation"]
  ),
]

/// What comes with the compiler and costs nothing to start.
private let standardModules: Set<String> = ["Swift", "Synchronization", "Glibc", "Musl", "Darwin"]

private func module(_ folder: String) -> String {
  folder == "Compiler" ? "Letterpress" : "Letterpress" + folder
}

@Suite("Arrows between the stages")
struct ImportTests {
  @Test func `a stage names only stages above it`() {
    var above: Set<String> = []
    for stage in stages {
      #expect(stage.ours.isSubset(of: above), "\(stage.folder)")
      above.insert(stage.folder)
    }
  }

  @Test func `the folders of Sources are the stages`() throws {
    let folders = try FileManager.default
      .contentsOfDirectory(atPath: Repository.root.appending(path: "Sources").path)
      .filter { !$0.hasPrefix(".") && $0 != "CLibXML2" }
    #expect(Set(folders) == Set(stages.map(\.folder)))
  }

  @Test func `a file imports what its stage may`() throws {
    for file in SwiftFile.sources {
      let stage = try #require(stages.first { $0.folder == file.folder }, "\(file)")
      let allowed = Set(stage.ours.map(module)).union(stage.others).union(standardModules)
      #expect(Set(file.imports).subtracting(allowed) == [], "\(file)")
    }
  }

  @Test func `Package.swift declares the same arrows`() throws {
    let manifest = try #require(Repository.text(Repository.root.appending(path: "Package.swift")))
    for match in manifest.matches(of: /Stage\(\s*"(\w+)",[^\]]*?imports: \[([^\]]*)\]/) {
      let stage = try #require(stages.first { $0.folder == match.output.1 })
      let declared = Set(match.output.2.matches(of: /"(\w+)"/).map { String($0.output.1) })
      #expect(declared.subtracting(["CLibXML2"]) == stage.ours, "\(stage.folder)")
    }
  }

  /// It is slow to start and slow to call: where it must be, behind a file of its own.
  @Test func `the stages up to the program meet Foundation in three files`() {
    let files = SwiftFile.sources.filter {
      !["Compiler", "Gallery", "Profiles", "Message", "CLI"].contains($0.folder)
        && $0.imports.contains("Foundation")
    }
    // Names of months, separators of numbers, the rules of time zones, and the normal form of domains.
    #expect(
      files.map(\.path) == [
        "Sources/Liquid/Filters/LocaleCache.swift", "Sources/Liquid/Values/WallClock.swift",
        "Sources/MIME/InternationalDomain.swift",
      ]
    )
  }

  @Test func `one file alone meets libxml2`() {
    let files = SwiftFile.sources.filter { $0.imports.contains("CLibXML2") }
    #expect(files.map(\.path) == ["Sources/Markup/LibXMLParser.swift"])
  }

  @Test func `one module alone meets SQLite`() {
    let files = SwiftFile.sources.filter { !$0.imports.allSatisfy { !$0.hasPrefix("GRDB") } }
    #expect(Set(files.map(\.folder)) == ["Profiles"])
  }
}
