import Foundation
import Letterpress
import Testing

/// Patterns of file names, as `compile` takes them in quotes.
struct FilePatternTests {
  @Test(
    arguments: [
      ("*.mjml", ["a.mjml", "b.mjml"]), ("?.mjml", ["a.mjml", "b.mjml"]),
      ("[b-z].mjml", ["b.mjml"]), ("[!a].mjml", ["b.mjml"]), ("mails/*", ["mails/c.mjml"]),
      ("**/*.mjml", ["a.mjml", "b.mjml", "mails/c.mjml", "mails/deep/d.mjml"]),
      ("mails/**/d.*", ["mails/deep/d.mjml"]), ("*.txt", []), ("*/*/*/*", []), ("a*l", ["a.mjml"]),
    ]
  )
  func `a pattern names the files that match`(pattern: String, expected: [String]) throws {
    let project = try TestProject([
      "a.mjml": "", "b.mjml": "", "mails/c.mjml": "", "mails/deep/d.mjml": "",
    ])
    let root = project.root.path + "/"
    let files = try #require(FilePattern(root + pattern)).files.map {
      String($0.dropFirst(root.count))
    }
    #expect(files.filter { !$0.hasPrefix("fixtures") } == expected)
  }

  @Test func `a name without signs is none`() { #expect(FilePattern("mails/a.mjml") == nil) }
}
