import Foundation

/// The conformance data, which is not part of the repository.
enum Conformance {
  /// Its folder; nil, and a line on the console, where it is missing.
  static let folder: URL? = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let candidates =
      ProcessInfo.processInfo.environment["LETTERPRESS_CONFORMANCE"].map { [URL(filePath: $0)] }
      ?? ["../shared/conformance", "../../shared/conformance"].map { root.appending(path: $0) }
    let folder = candidates.first { FileManager.default.fileExists(atPath: $0.path) }
    if folder == nil { print("conformance data is missing: its suites are skipped") }
    return folder
  }()

  static func bytes(_ path: String) throws -> [UInt8] {
    guard let folder else { return [] }
    return Array(try Data(contentsOf: folder.appending(path: path)))
  }

  /// The names of the files in a folder; none where there is no folder.
  static func files(_ path: String) -> [String] {
    guard let folder else { return [] }
    let path = folder.appending(path: path).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The folders of the cases in a set.
  static func cases(_ set: String) -> [String] {
    files("\(set)/cases").map { "\(set)/cases/\($0)" }
  }
}
