import Foundation
import Letterpress
import LetterpressDiagnostics

/// A project in a temporary folder.
struct ExampleProject {
  /// A file of it.
  struct File: Sendable, Equatable {
    var path: String
    var bytes: [UInt8]

    init(_ path: String, _ text: String) { self.init(path, bytes: Array(text.utf8)) }

    init(_ path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// All that `check` says about these files.
  static func findings(in files: [File]) throws -> [Diagnostic] {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for file in files {
      let url = folder.appending(path: file.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(),
        withIntermediateDirectories: true
      )
      if file.path.hasSuffix("/") {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      } else {
        try Data(file.bytes).write(to: url)
      }
    }
    return ProjectCompiler(try Project(at: folder.path)).check()
  }
}
