import Foundation
import Letterpress
import TestSupport
import Testing

/// No value changes the structure of a message: tried on every layout of the sample project.
struct ValueStructureTests {
  private static let hostile = [
    "\"><script>alert(1)</script>", "' onclick='x", "--><b>", "<![endif]--><i>",
    "</title></style><p>",
    "</td></tr></table><!--", "&lt;b&gt;&#60;i&#62;", "<img src=x onerror=y>\u{301}",
    "`><svg/onload=x>",
    "{{ x }}{% raw %}<b>", "\u{202E}</a><a href='javascript:x'>", "<!--[if mso]><p>", "]]><b/>\\",
  ]

  @Test(arguments: ["ada", "hostile-name", "jonas-weber", "yuki-tanaka"])
  func `hostile texts leave every layout as harmless ones do`(persona: String) throws {
    let project = try Project(at: Repository.root.path)
    let compiler = ProjectCompiler(project)
    let profile = try Profile(of: persona, in: compiler)
    #expect(profile.count > 5)
    let now = "2026-03-01T10:00:00Z"
    for name in project.layoutNames {
      let email = try #require(compiler.compile(name)?.email)
      func html(_ text: (Int) -> String) throws -> [UInt8] {
        let recipient = try compiler.recipient(profile: profile.json(text), path: "profile.json")
        return try email.render(recipient, now: now).html
      }
      let harmless = try html { "v\($0)" }
      for start in 0..<4 {
        // All of them different, as the harmless ones are.
        let texts = try html { number in
          Self.hostile[(start + number) % Self.hostile.count] + "\(number)"
        }
        for inOutlook in [false, true] {
          let (found, expected) = (
            MessageStructure(texts, inOutlook: inOutlook),
            MessageStructure(harmless, inOutlook: inOutlook)
          )
          #expect(found.tokens.count > 50)
          #expect(found == expected, "\(name), \(start), Outlook: \(inOutlook)")
        }
      }
    }
  }

  @Test func `the structure is seen`() {
    let base = "<p title=\"a\">x</p><!--[if mso]><i>y</i><![endif]--><style>a</style>"
    for (text, change) in [
      ("x<", "<b>x</b><"), ("\"a\"", "\"a\" onclick=\"b\""), ("x<", "<!-- -->x<"),
      ("a</style>", "</style><b></style>"),
    ] {
      let other = base.replacing(text, with: change)
      #expect(MessageStructure(Array(base.utf8)) != MessageStructure(Array(other.utf8)))
    }
    let other = base.replacing("y<", with: "<b>y<")
    #expect(
      MessageStructure(Array(base.utf8), inOutlook: true)
        != MessageStructure(Array(other.utf8), inOutlook: true)
    )
  }
}

/// A persona's profile whose free texts can be replaced.
private struct Profile {
  private var pieces: [String] = []

  /// How many texts may be anything.
  var count: Int { pieces.count - 1 }

  /// Finds the texts that the schema lets be anything by trying; markup of the data's own is left out.
  init(of persona: String, in compiler: ProjectCompiler) throws {
    let url = Repository.root.appending(path: "fixtures/personas/\(persona).json")
    let object = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
    let profile = object?["profile"] as? [String: Any]
    let data = try JSONSerialization.data(
      withJSONObject: (profile ?? [:]).filter { $0.key != "note" },
      options: [.sortedKeys, .withoutEscapingSlashes]
    )
    let json = String(decoding: data, as: UTF8.self)
    var rest = json[...]
    var done = ""
    // Members' values that are texts: `:"…"` without an escape in them.
    while let start = rest.firstRange(of: ":\"") {
      let text = rest[start.upperBound...]
      guard let end = text.firstIndex(of: "\"") else { break }
      done += rest[..<start.upperBound]
      let isFree = ["a text, or so", "<another>"].allSatisfy { other in
        let profile =
          pieces.joined(separator: "x") + (pieces.isEmpty ? "" : "x") + done + other
          + text[end...]
        return (try? compiler.recipient(profile: Array(profile.utf8), path: "p.json")) != nil
      }
      if isFree {
        pieces.append(done)
        done = ""
      } else {
        done += text[..<end]
      }
      rest = text[end...]
    }
    pieces.append(done + rest)
  }

  /// The profile with other texts, by their numbers.
  func json(_ text: (Int) -> String) -> [UInt8] {
    var result = Array(pieces[0].utf8)
    for number in 1..<pieces.count {
      let escaped = text(number).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      result += escaped.utf8
      result += pieces[number].utf8
    }
    return result
  }
}
