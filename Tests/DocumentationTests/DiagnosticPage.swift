import Foundation
import Letterpress
import LetterpressDiagnostics
import TestSupport

/// A page of docs/diagnostics: what it says about a finding, and the examples that show it.
struct DiagnosticPage: CustomStringConvertible, Sendable {
  typealias File = ExampleProject.File

  let id: String
  /// The files of the wrong example; empty where there is none that could be run.
  let wrong: [File]
  let right: [File]

  var description: String { id }

  static let all: [DiagnosticPage] = {
    let folder = Repository.root.appending(path: "docs/diagnostics")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".md") && $0 != "README.md" }.sorted().compactMap { name in
      Repository.text(folder.appending(path: name)).map {
        DiagnosticPage(id: String(name.dropLast(3)), markdown: $0)
      }
    }
  }()

  /// The files that an example has unless it brings its own: the schema on the first page.
  static let common: [File] = {
    let path = Repository.root.appending(path: "docs/diagnostics/README.md")
    return fences(in: Repository.text(path) ?? "").filter { $0.path.hasSuffix(".json") }
  }()

  init(id: String, markdown: String) {
    self.id = id
    let parts = markdown.components(separatedBy: "\n## ")
    wrong = parts.first { $0.hasPrefix("Wrong") }.map(Self.fences) ?? []
    right = parts.first { $0.hasPrefix("Right") }.map(Self.fences) ?? []
  }

  /// The fenced blocks of a Markdown text that are files; `text` ones are not.
  private static func fences(in markdown: String) -> [File] {
    var files: [File] = []
    var open: (info: Substring, lines: [Substring])?
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        if let (info, lines) = open {
          let words = info.split(separator: " ")
          let text = lines.joined(separator: "\n") + "\n"
          if let language = words.first, language != "text" {
            files.append(file(language, at: words.dropFirst().first.map(String.init), text))
          }
          open = nil
        } else {
          open = (line.dropFirst(3), [])
        }
      } else {
        open?.lines.append(line)
      }
    }
    return files
  }

  private static func file(_ language: Substring, at path: String?, _ text: String) -> File {
    switch (language, path) {
    case (_, let path?): File(path, text)
    case ("yaml", nil): File(Project.manifestName, text)
    case ("json", nil): File("fixtures/profile.schema.json", text)
    case ("liquid", nil): File(layout, inColumn("<mj-text>\(text)</mj-text>"))
    default: File(layout, aroundElements(text))
    }
  }

  private static let layout = "layouts/mail.mjml"

  /// A whole layout around the elements of an example, by what the first one is.
  private static func aroundElements(_ text: String) -> String {
    let first = text.firstMatch(of: /<([!?]?[A-Za-z-]+)/).map { $0.output.1.lowercased() }
    return switch first {
    case "mjml", "!doctype", "?xml": text
    case "mj-section", "mj-wrapper", "mj-hero": inBody(text)
    case "mj-column", "mj-group": inBody("<mj-section>\(text)</mj-section>")
    case "lp-subject", "lp-from", "lp-reply-to", "lp-header", "lp-unsubscribe":
      "<mjml><mj-head>\(text)</mj-head><mj-body></mj-body></mjml>"
    default: inColumn(text)
    }
  }

  private static func inColumn(_ text: String) -> String {
    inBody("<mj-section><mj-column>\(text)</mj-column></mj-section>")
  }

  private static func inBody(_ text: String) -> String {
    "<mjml><mj-body>\(text)</mj-body></mjml>"
  }
}
