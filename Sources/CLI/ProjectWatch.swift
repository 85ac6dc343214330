import ArgumentParser
import Letterpress
import LetterpressDiagnostics

/// Checks a project again whenever one of its files changes, until somebody stops it.
///
/// Of a file that changed only what depends on it is checked again. Files are asked for their stamps, as
/// `TemplateWatch` does.
struct ProjectWatch {
  /// How often files are looked at.
  private static let milliseconds = 100

  private var project: Project
  private let layouts: [String]
  private let findings: FindingsOptions
  private var compiler: ProjectCompiler
  /// Nil for what is not there.
  private var stamps: [String: FileAccess.Stamp?] = [:]
  private var names: [[String]]
  /// What was found before.
  private var known: Set<String> = []

  init(_ project: Project, layouts: [String], findings: FindingsOptions) {
    self.project = project
    self.layouts = layouts
    self.findings = findings
    names = project.names
    stamps = [:]
    compiler = ProjectCompiler(project, layouts: layouts.isEmpty ? nil : layouts)
  }

  /// Watches; returns the exit code of the signal that ended it.
  mutating func watch() throws -> ExitCode {
    StopSignal.hold()
    noteStamps()
    try report(compiler.check())
    tell("watching \(project.title)")
    while true {
      if let signal = StopSignal.wait(milliseconds: Self.milliseconds) {
        return ExitCode(128 + signal)
      }
      let changed = stamps.filter { FileAccess.stamp(of: path($0.key)) != $0.value }.map(\.key)
      let isReordered = project.names != names
      guard isReordered || !changed.isEmpty else { continue }
      try check(changed.sorted(), again: isReordered)
    }
  }

  private mutating func check(_ changed: [String], again: Bool) throws {
    let clock = ContinuousClock()
    let start = clock.now
    names = project.names
    let isKnown = changed.allSatisfy { stamps[$0] != .some(nil) }
    if !again, isKnown, let texts = texts(of: changed) {
      for (path, text) in texts { compiler = compiler.updating(path, to: text) }
    } else {
      // A file came or went.
      guard let fresh = try? Project(at: project.root) else { return }
      project = fresh
      compiler = ProjectCompiler(project, layouts: layouts.isEmpty ? nil : layouts)
    }
    noteStamps()
    let found = compiler.check()
    let time = (clock.now - start) / .milliseconds(1)
    try report(found)
    let what = changed.count == 1 ? changed[0] : "\(changed.count) files"
    let count =
      found.isEmpty ? "all is right" : "\(found.count) finding\(found.count == 1 ? "" : "s")"
    tell("\(what) checked in \(Int(time.rounded(.up))) ms: \(count)")
  }

  /// The new texts; nil where one cannot be read.
  private func texts(of paths: [String]) -> [(path: String, text: [UInt8])]? {
    var texts: [(path: String, text: [UInt8])] = []
    for name in paths {
      guard
        let text = try? FileAccess.read(path(name), within: nil, limit: project.limits.sourceFile)
      else { return nil }
      texts.append((name, text))
    }
    return texts
  }

  /// Shows the findings that were not there before.
  private mutating func report(_ found: [Diagnostic]) throws {
    let lines = found.map { DiagnosticFormat.oneline.render([$0], in: compiler.sources) }
    let new = zip(found, lines).filter { !known.contains($1) }.map(\.0)
    known = Set(lines)
    if !new.isEmpty { try findings.print(new, in: compiler.sources) }
  }

  /// Also of files that are missing, for they may come.
  private mutating func noteStamps() {
    let read = compiler.sources.files.map(\.path).filter { !$0.hasPrefix("(") }
    let watched = compiler.absentFiles.union(read).union([Project.manifestName])
    stamps = Dictionary(
      uniqueKeysWithValues: watched.map { ($0, FileAccess.stamp(of: path($0))) }
    )
  }

  private func path(_ name: String) -> String {
    name.hasPrefix("/") ? name : project.root + "/" + name
  }

  private func tell(_ message: String) {
    Terminal.tell(message + "\n")
  }
}

extension Project {
  /// The names of all files that make the project what it is.
  fileprivate var names: [[String]] {
    [layoutNames, blockNames, partialNames, personaNames, localeNames]
  }
}
