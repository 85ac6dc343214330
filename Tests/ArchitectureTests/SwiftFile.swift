import Foundation
import TestSupport

/// A Swift source of this package, read as text: what the rules of the house are checked on.
struct SwiftFile: CustomStringConvertible, Sendable {
  /// The folder under Sources or Tests: the stage.
  let folder: String
  /// From the package's root on.
  let path: String
  /// The lines, with comments blanked out, so that an example in a comment breaks no rule.
  let lines: [Substring]

  var name: String { String(path.split(separator: "/").last ?? "") }
  var description: String { path }
  var code: String { lines.joined(separator: "\n") }

  /// The modules of the file's `import` lines, whatever their access.
  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let keyword = words.firstIndex(of: "import"), keyword < words.endIndex - 1,
        words[..<keyword].allSatisfy({ Self.importModifiers.contains($0) })
      else { return nil }
      // `import struct Foundation.Data` names a declaration.
      return words.last.map { String($0.split(separator: ".")[0]) }
    }
  }

  private static let importModifiers: Set<Substring> = [
    "package", "public", "internal", "private", "fileprivate", "@testable", "@preconcurrency",
    "@_exported",
  ]

  static let sources = all(in: "Sources")
  static let tests = all(in: "Tests")

  private static func all(in top: String) -> [SwiftFile] {
    let root = Repository.root.appending(path: top)
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
    return (names ?? []).sorted().compactMap { name in
      guard name.hasSuffix(".swift"), !name.contains("Fixtures/"),
        let text = Repository.text(root.appending(path: name))
      else { return nil }
      return SwiftFile(
        folder: String(name.split(separator: "/")[0]),
        path: "\(top)/\(name)",
        lines: text.split(separator: "\n", omittingEmptySubsequences: false)
          .map { $0.drop { $0 == " " }.hasPrefix("//") ? "" : $0 }
      )
    }
  }
}
