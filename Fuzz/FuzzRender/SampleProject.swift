import Foundation
import FuzzSupport
@testable import Letterpress
@testable import LetterpressDiagnostics
@testable import LetterpressSchema

/// The sample project of this repository, compiled once.
struct SampleProject {
  let compiler: ProjectCompiler
  let emails: [CompiledEmail]
  let personas: [PersonaTemplate]

  init() {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().path
    guard let project = try? Project(at: root) else { fatalError("no project at \(root)") }
    let compiler = ProjectCompiler(project)
    self.compiler = compiler
    emails = project.layoutNames.compactMap { compiler.compile($0)?.email }
    precondition(emails.count == project.layoutNames.count, "the sample project compiles")
    let schema = emails[0].schema
    personas = project.personaNames.compactMap { name in
      let url = URL(filePath: "\(root)/fixtures/personas/\(name).json")
      return (try? Data(contentsOf: url)).flatMap { PersonaTemplate(Array($0), schema) }
    }
    precondition(personas.count == project.personaNames.count, "all personas are read")
  }

  /// What each layout makes of a profile, nil where it refuses it; nil where it is no profile.
  func render(_ profile: [UInt8]) -> [CompiledEmail.Message?]? {
    guard let recipient = try? compiler.recipient(profile: profile, path: "profile.json") else {
      return nil
    }
    return emails.map { email in
      do throws(RenderFailure) {
        let message = try email.render(recipient, now: "2026-03-01T10:00:00Z")
        precondition(String(validating: message.html, as: UTF8.self) != nil, "a message is UTF-8")
        return message
      } catch {
        requireShowable([error.diagnostic], in: compiler.sources)
        return nil
      }
    }
  }
}

/// A persona's profile whose free texts can be replaced.
struct PersonaTemplate {
  private let json: [UInt8]
  /// The places of texts, quotes included, and what stands before a piece in them.
  private var holes: [(range: Range<Int>, prefix: String)] = []

  /// Finds the texts that may be anything, and the links, by trying.
  init?(_ bytes: [UInt8], _ schema: ProfileSchema) {
    guard let start = Self.profile(in: bytes) else { return nil }
    json = start
    var record = Record()
    for range in Self.texts(in: json) {
      for (prefix, isOther) in [("", true), ("https://x.example/", false)] {
        let other = Array((isOther ? "x" : prefix).utf8)
        guard decodeAny(replacing(range, with: other), with: schema, into: &record),
          // A member of an enumeration is free only where it may be anything else.
          decodeAny(replacing(range, with: other + [0x71]), with: schema, into: &record)
        else { continue }
        holes.append((range, prefix))
        break
      }
    }
  }

  /// The profile with these pieces in its holes, over and over.
  func profile(with pieces: [[UInt8]]) -> [UInt8] {
    var result: [UInt8] = []
    var end = 0
    for (index, hole) in holes.enumerated() {
      let piece = pieces[index % pieces.count]
      // Every third link is a piece as a whole.
      let prefix = index % 3 == 0 && piece.contains(UInt8(ascii: ":")) ? "" : hole.prefix
      result += json[end..<hole.range.lowerBound]
      result += jsonString(Array(prefix.utf8) + piece)
      end = hole.range.upperBound
    }
    return result + json[end...]
  }

  private func replacing(_ range: Range<Int>, with text: [UInt8]) -> [UInt8] {
    Array(json[..<range.lowerBound]) + jsonString(text) + json[range.upperBound...]
  }

  /// The value of `"profile"`, which the persona's file wraps.
  private static func profile(in bytes: [UInt8]) -> [UInt8]? {
    guard let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any],
      let profile = object["profile"],
      // Without what the sanitiser has to work on: it may drop elements that a value brings.
      let members = profile as? [String: Any],
      let data = try? JSONSerialization.data(
        withJSONObject: members.filter { $0.key != "note" },
        options: [.sortedKeys, .withoutEscapingSlashes]
      )
    else { return nil }
    return Array(data)
  }

  /// The strings that are values, as they stand in compact JSON.
  private static func texts(in json: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var index = 0
    while index < json.count {
      guard json[index] == UInt8(ascii: "\"") else {
        index += 1
        continue
      }
      let start = index
      index += 1
      while json[index] != UInt8(ascii: "\"") { index += json[index] == UInt8(ascii: "\\") ? 2 : 1 }
      index += 1
      if json[index] != UInt8(ascii: ":") { found.append(start..<index) }
    }
    return found
  }
}
