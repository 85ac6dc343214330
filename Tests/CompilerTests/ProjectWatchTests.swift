import Foundation
import TestSupport
import Testing

/// `letterpress check --watch`, as the built program does it.
struct ProjectWatchTests {
  /// A run that goes on until it is told to stop.
  private final class Watch {
    private let process = Process()
    private let output: URL

    init(_ project: TestProject) throws {
      output = project.root.appending(path: "watch.txt")
      try Data().write(to: output)
      let file = try FileHandle(forWritingTo: output)
      process.executableURL = Repository.program("letterpress")
      process.arguments = ["check", "--watch", "--project", project.root.path]
      process.standardOutput = file
      process.standardError = file
      try process.run()
    }

    deinit {
      process.interrupt()
      process.waitUntilExit()
    }

    var text: String { get throws { try String(contentsOf: output, encoding: .utf8) } }

    /// Waits until it has said something as often as wanted; gives up after half a minute.
    func waits(for words: String, times: Int = 1) async throws -> Bool {
      for _ in 0..<600 {
        if try text.ranges(of: words).count >= times { return true }
        try await Task.sleep(for: .milliseconds(50))
      }
      return false
    }
  }

  @Test func `a file that was missing is seen when it comes, and when it goes`() async throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body><mj-include path="../parts/a.mjml"/></mj-body></mjml>
      """
    ])
    let watch = try Watch(project)
    #expect(try await watch.waits(for: "watching"))
    #expect(try watch.text.contains("[include-not-found]"))

    let folder = project.root.appending(path: "parts")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let part = folder.appending(path: "a.mjml")
    try Data("<mj-section/>".utf8).write(to: part, options: .atomic)
    #expect(try await watch.waits(for: "all is right"))

    try FileManager.default.removeItem(at: part)
    #expect(try await watch.waits(for: "[include-not-found]", times: 2))
    // Looked at several times since, and told once.
    try await Task.sleep(for: .milliseconds(400))
    #expect(try watch.text.ranges(of: "checked in").count == 2)
  }
}
