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

do {
  let sample = try Project(at: root.path)
  for layout in sample.layoutNames {
    try RenderBenchmark.run(sample, layout: layout, profiles: personas(of: root), values: 84)
  }
  try CompileBenchmark.run(root.path)
  CompileBenchmark.runGrowth()
  if FileManager.default.fileExists(atPath: workload.path) {
    let rows = try Data(contentsOf: workload.appending(path: "profiles.ndjson"))
      .split(separator: UInt8(ascii: "\n")).map { Array($0) }
    let path = workload.appending(path: "project").path
    try RenderBenchmark.run(try Project(at: path), layout: "mail", profiles: rows, values: 84)
    try CompileBenchmark.run(path)
    try CompileBenchmark.runMJML(
      file: workload.appending(path: "project/layouts/mail.mjml")
    )
  } else {
    print("no workload at \(workload.path)")
  }
  let official = conformance.appending(path: "mjml/official")
  if FileManager.default.fileExists(atPath: official.path) {
    try CompileBenchmark.runMJML(official)
  } else {
    print("no reference templates at \(official.path)")
  }
} catch {
  FileHandle.standardError.write(Data("benchmarks: \(error)\n".utf8))
  exit(1)
}
