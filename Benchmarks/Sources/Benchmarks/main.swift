import Foundation
import Letterpress

// Run from the repository's root: `make bench`. The workload and the reference templates lie outside of
// the repository; without them the sample project is measured alone.

let root = URL(filePath: FileManager.default.currentDirectoryPath)
let environment = ProcessInfo.processInfo.environment
let conformance =
  environment["LETTERPRESS_CONFORMANCE"].map { URL(filePath: $0) }
  ?? root.appending(path: "../shared/conformance")
let workload =
  environment["LETTERPRESS_BENCHMARK"].map { URL(filePath: $0) }
  ?? root.appending(path: "../shared/benchmark")

/// The profiles of a project's personas that conform.
func personas(of root: URL) throws -> [[UInt8]] {
  let folder = root.appending(path: "fixtures/personas")
  return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    .sorted { $0.path < $1.path }
    .compactMap { file in
      let json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
      return try (json?["profile"]).map { Array(try JSONSerialization.data(withJSONObject: $0)) }
    }
}

/// What to measure; all of it without a word on the command line.
enum Topic: String, CaseIterable {
  case render, stages, project, mjml, growth
}

let words = CommandLine.arguments.dropFirst()
let topics = words.isEmpty ? Topic.allCases : words.compactMap(Topic.init(rawValue:))
if topics.count < words.count {
  let names = Topic.allCases.map(\.rawValue).joined(separator: ", ")
  FileHandle.standardError.write(Data("benchmarks: the topics are \(names)\n".utf8))
  exit(64)
}
let workloadProject = workload.appending(path: "project")
let hasWorkload = FileManager.default.fileExists(atPath: workloadProject.path)
if !hasWorkload { print("no workload at \(workload.path)") }

do {
  if topics.contains(.render) {
    let sample = try Project(at: root.path)
    for layout in sample.layoutNames {
      try RenderBenchmark.run(sample, layout: layout, profiles: personas(of: root), values: 84)
    }
    if hasWorkload {
      let rows = try Data(contentsOf: workload.appending(path: "profiles.ndjson"))
        .split(separator: UInt8(ascii: "\n")).map { Array($0) }
      let project = try Project(at: workloadProject.path)
      try RenderBenchmark.run(project, layout: "mail", profiles: rows, values: 84)
    }
  }
  if topics.contains(.stages), hasWorkload { try StageBenchmark.run(workloadProject.path) }
  if topics.contains(.project) {
    try CompileBenchmark.run(root.path)
    if hasWorkload {
      try CompileBenchmark.run(workloadProject.path)
      try CompileBenchmark.runUpdate(workloadProject.path)
    }
    // A large project: Benchmarks/make-project makes one.
    if let large = environment["LETTERPRESS_LARGE_PROJECT"] {
      try CompileBenchmark.run(large)
      try CompileBenchmark.runUpdate(large)
    }
  }
  if topics.contains(.mjml) {
    if hasWorkload {
      try CompileBenchmark.runMJML(file: workloadProject.appending(path: "layouts/mail.mjml"))
    }
    let official = conformance.appending(path: "mjml/official")
    if FileManager.default.fileExists(atPath: official.path) {
      try CompileBenchmark.runMJML(official)
    } else {
      print("no reference templates at \(official.path)")
    }
  }
  if topics.contains(.growth) { CompileBenchmark.runGrowth() }
} catch {
  FileHandle.standardError.write(Data("benchmarks: \(error)\n".utf8))
  exit(1)
}
