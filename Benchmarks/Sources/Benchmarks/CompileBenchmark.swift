import Foundation
import Letterpress

/// From source text to HTML or to a render program, in process and warm.
enum CompileBenchmark {
  /// MJML alone: all files of a folder, one after the other.
  static func runMJML(_ folder: URL) throws {
    let files = try FileManager.default.contentsOfDirectory(
      at: folder,
      includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "mjml" }.sorted { $0.path < $1.path }
    let sources = try files.map { Array(try Data(contentsOf: $0)) }
    let compiler = MJMLCompiler(validation: .soft)
    var watch = Stopwatch()
    for _ in 0..<9 {
      watch.run {
        for source in sources {
          _ = compiler.compile(source, path: "template.mjml", folder: folder.path)
        }
      }
    }
    print(
      "mjml \(folder.lastPathComponent): \(shown(watch.median)) for \(files.count) templates "
        + "(parse, validate, lay out)"
    )
  }

  /// One template by itself.
  static func runMJML(file: URL) throws {
    let source = Array(try Data(contentsOf: file))
    let compiler = MJMLCompiler(validation: .soft)
    var watch = Stopwatch()
    for _ in 0..<9 {
      watch.run { _ = compiler.compile(source, path: "template.mjml", folder: ".") }
    }
    print("mjml \(file.lastPathComponent): \(shown(watch.median)) (parse, validate, lay out)")
  }

  /// A project: everything read, checked and compiled.
  static func run(_ root: String) throws {
    let project = try Project(at: root)
    var (load, check, compile) = (Stopwatch(), Stopwatch(), Stopwatch())
    let compiler = ProjectCompiler(project)
    for _ in 0..<5 {
      load.run { _ = ProjectCompiler(project) }
      check.run { _ = ProjectCompiler(project).check() }
      compile.run { for name in project.layoutNames { _ = compiler.compile(name) } }
    }
    let count = project.layoutNames.count
    print(
      "project \(project.title) (\(count) layouts, \(project.blockNames.count) blocks): "
        + "\(shown(load.median)) to read and parse, \(shown(check.median)) with a whole check; "
        + "\(shown(compile.median)) to check and compile the layouts alone"
    )
  }

  /// One layout of a project after a change: parsed, checked and compiled; and the whole project's findings
  /// with it.
  static func runUpdate(_ root: String) throws {
    let project = try Project(at: root)
    guard let name = project.layoutNames.first else { return }
    let path = "layouts/\(name).mjml"
    let source = Array(try Data(contentsOf: URL(filePath: root).appending(path: path)))
    var alternating = source
    var compiler = ProjectCompiler(project)
    _ = compiler.check()
    var (compile, check) = (Stopwatch(), Stopwatch())
    for _ in 0..<9 {
      compile.run {
        alternating = alternating.count == source.count ? source + [0x0A] : source
        compiler = compiler.updating(path, to: alternating)
        _ = compiler.compile(name)
      }
      check.run {
        alternating = alternating.count == source.count ? source + [0x0A] : source
        compiler = compiler.updating(path, to: alternating)
        _ = compiler.check()
      }
    }
    print(
      "change of \(path) in \(project.title): \(shown(compile.median)) to a program, "
        + "\(shown(check.median)) to the findings of the whole project"
    )
  }

  /// Sections by the thousand: 50 times as many take 50 times as long.
  static func runGrowth() {
    let section =
      "<mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section>\n"
    let compiler = MJMLCompiler(validation: .skip)
    var times: [Double] = []
    for count in [100, 5_000] {
      let source = Array(
        ("<mjml><mj-body>" + String(repeating: section, count: count) + "</mj-body></mjml>").utf8
      )
      var watch = Stopwatch()
      for _ in 0..<3 {
        watch.run { _ = compiler.compile(source, path: "template.mjml", folder: ".") }
      }
      times.append(watch.median)
    }
    print(
      "growth: 5,000 sections take \((10 * times[1] / times[0]).rounded() / 10) times as long as 100"
    )
  }
}
