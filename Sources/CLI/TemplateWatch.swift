import ArgumentParser
import Letterpress

/// Compiles templates again whenever they or what they include change, until somebody stops it.
///
/// Files are asked for their stamps, for that works on every file system; nothing is asked while the
/// program compiles.
struct TemplateWatch {
  /// How often files are looked at.
  private static let milliseconds = 200

  private struct Template {
    let path: String
    var stamps: [String: FileAccess.Stamp?]

    var hasChanged: Bool { stamps.contains { FileAccess.stamp(of: $0.key) != $0.value } }
  }

  private var run: TemplateRun
  private let findings: FindingsOptions

  init(_ run: TemplateRun, findings: FindingsOptions) {
    self.run = run
    self.findings = findings
  }

  /// Watches; returns the exit code of the signal that ended it.
  mutating func watch(_ paths: [String]) throws -> ExitCode {
    StopSignal.hold()
    var templates: [Template] = []
    for path in paths { templates.append(try compile(path)) }
    progress("watching \(paths.count == 1 ? paths[0] : "\(paths.count) templates")")
    while true {
      if let signal = StopSignal.wait(milliseconds: Self.milliseconds) {
        return ExitCode(128 + signal)
      }
      for index in templates.indices where templates[index].hasChanged {
        templates[index] = try compile(templates[index].path)
        progress("\(templates[index].path) compiled again")
      }
    }
  }

  /// A template and the stamps that its files had before they were read: a change meanwhile is seen.
  private mutating func compile(_ path: String) throws -> Template {
    let before = FileAccess.stamp(of: path)
    let files = run.compile(path)
    var stamps: [String: FileAccess.Stamp?] = [:]
    for file in files { stamps[file] = .some(FileAccess.stamp(of: file)) }
    stamps[path] = .some(before)
    try run.report(as: findings)
    return Template(path: path, stamps: stamps)
  }

  private func progress(_ message: String) {
    if Terminal.isInteractive { Terminal.tell(message + "\n") }
  }
}
