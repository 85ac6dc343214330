package import Foundation

/// A run of a program of this package, to its end.
package struct ProgramRun {
  package let code: Int32
  /// What went to standard output.
  package let output: String
  /// What went to standard error.
  package let errors: String

  /// Runs a program in a folder.
  package init(_ name: String, _ arguments: [String], in folder: URL = Repository.root) throws {
    let process = Process()
    process.executableURL = Repository.program(name)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    // Pipes would have to be read side by side.
    let files = try ["stdout", "stderr"].map { stream in
      let file = FileManager.default.temporaryDirectory
        .appending(path: "letterpress-\(UUID().uuidString).\(stream)")
      try Data().write(to: file)
      return file
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    code = process.terminationStatus
    output = try String(contentsOf: files[0], encoding: .utf8)
    errors = try String(contentsOf: files[1], encoding: .utf8)
  }
}
