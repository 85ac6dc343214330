import Foundation
import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressTyping
import TestSupport

/// A chapter of the specification: Markdown whose fences are templates with what they must give.
///
/// The word after the fence says what it is:
///
///     ```schema             the profile's schema in place of the shop's, for all that follow
///     ```block NAME         blocks/NAME.mjml, for all templates that follow
///     ```partial NAME       blocks/NAME.liquid, likewise
///     ```liquid             the content of an mj-text
///     ```mjml               the content of mj-body, or a whole layout
///
/// A line says what is found on it in a comment: `{% # error: [unknown-field] %}`, `{% # warning: … %}`. And
/// `{% reveal x %}{% # type: string or nil %}` asks for the type of `x` there. A line without such a comment
/// must be free of findings. In blocks the comments stand likewise.
struct LiterateSuite {
  struct Case: CustomStringConvertible, Sendable {
    var name: String
    var line: Int
    var files: [(path: String, text: String)]

    var description: String { "\(name):\(line)" }
  }

  var cases: [Case] = []

  init(_ url: URL) throws {
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    let name = url.deletingPathExtension().lastPathComponent
    let schema = url.deletingLastPathComponent().appending(path: "shop.schema.json")
    var shared: [(path: String, text: String)] = [
      ("fixtures/profile.schema.json", Repository.text(schema) ?? "{}")
    ]
    var fence: (info: String, line: Int, lines: [String])?
    for (number, line) in text.components(separatedBy: "\n").enumerated() {
      if let open = fence {
        guard line.hasPrefix("```") else {
          fence?.lines.append(line)
          continue
        }
        let content = open.lines.joined(separator: "\n") + "\n"
        let words = open.info.split(separator: " ").map(String.init)
        switch (words.first ?? "", words.last ?? "") {
        case ("schema", _):
          shared.removeAll { $0.path.hasSuffix(".json") }
          shared.append(("fixtures/profile.schema.json", content))
        case ("block", let block): Self.add(("blocks/\(block).mjml", content), to: &shared)
        case ("partial", let partial): Self.add(("blocks/\(partial).liquid", content), to: &shared)
        case ("liquid", _):
          let layout =
            "<mjml><mj-body><mj-section><mj-column><mj-text>" + content
            + "</mj-text></mj-column></mj-section></mj-body></mjml>"
          cases.append(
            Case(name: name, line: open.line, files: shared + [("layouts/mail.mjml", layout)])
          )
        case ("mjml", _):
          let layout =
            content.hasPrefix("<mjml") ? content : "<mjml><mj-body>\(content)</mj-body></mjml>"
          cases.append(
            Case(name: name, line: open.line, files: shared + [("layouts/mail.mjml", layout)])
          )
        default: break
        }
        fence = nil
      } else if line.hasPrefix("```") {
        fence = (String(line.dropFirst(3)), number + 1, [])
      } else if line.hasPrefix("## ") {
        // A section keeps the chapter's schema, not another section's blocks.
        shared.removeAll { !$0.path.hasSuffix(".json") }
      }
    }
  }

  private static func add(
    _ file: (path: String, text: String),
    to files: inout [(path: String, text: String)]
  ) {
    files.removeAll { $0.path == file.path }
    files.append(file)
  }
}

extension LiterateSuite.Case {
  /// Each assertion that does not hold, and how many there are.
  func run() -> (failures: [String], assertions: Int) {
    var sent: [(path: String, text: String)] = []
    var expected: [String: [String]] = [:]
    var lines = 0
    for file in revealingFiles {
      sent.append((file.path, file.revealing))
      guard !file.path.hasSuffix(".json") else { continue }
      for (number, line) in file.text.components(separatedBy: "\n").enumerated() {
        let wanted = Self.expectations(of: line)
        if !wanted.isEmpty { expected["\(file.path):\(number + 1)"] = wanted.sorted() }
        lines += wanted.count
      }
    }
    let project = CheckedProject(
      files: sent,
      constants: ["brand": .scalar(.string("Alder"))],
      allowedPersonalFields: ["profile.allowed"],
      personas: ["ada"],
      revealsTypes: true
    )
    let outcome = project.check()
    var found: [String: [String]] = [:]
    for diagnostic in outcome.diagnostics {
      let file = outcome.sources[diagnostic.primary.range.file]
      let place = "\(file.path):\(file.position(at: diagnostic.primary.range.start).line)"
      let text =
        diagnostic.id.name == "reveal"
        ? "type: \(diagnostic.message)" : "\(diagnostic.severity.rawValue): \(diagnostic.id)"
      found[place, default: []].append(text)
    }
    var failures: [String] = []
    for place in Set(expected.keys).union(found.keys).sorted() {
      let (wanted, got) = (expected[place] ?? [], (found[place] ?? []).sorted())
      if wanted != got { failures.append("\(place): expected \(wanted), found \(got)") }
    }
    // A template without a comment says that nothing is found in it.
    return (failures, max(lines, 1))
  }

  private var revealingFiles: [(path: String, text: String, revealing: String)] {
    files.map { file in
      (
        file.path, file.text,
        file.text.replacingOccurrences(
          of: #"\{% reveal (.*?) %\}"#,
          with: "{{ $1 | reveal }}",
          options: .regularExpression
        )
      )
    }
  }

  private static func expectations(of line: String) -> [String] {
    var result: [String] = []
    for part in line.components(separatedBy: "{% # ").dropFirst() {
      guard let end = part.range(of: " %}") else { continue }
      let comment = part[..<end.lowerBound]
      for kind in ["error: ", "warning: "] where comment.hasPrefix(kind) {
        let ids = comment.dropFirst(kind.count).drop { $0 == "[" }.prefix { $0 != "]" }
        result += ids.split(separator: ",").map {
          kind + $0.trimmingCharacters(in: .whitespaces)
        }
      }
      if comment.hasPrefix("type: ") { result.append(String(comment)) }
    }
    return result
  }
}
