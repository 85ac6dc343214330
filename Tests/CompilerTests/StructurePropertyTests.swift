import Foundation
import Letterpress
import LetterpressDiagnostics
import Testing

/// For every profile the output equals what the template gives once its control flow is resolved by hand.
struct StructurePropertyTests {
  @Test(arguments: 0..<8)
  func `layout is exact on every path`(batch: Int) throws {
    var random = SplitMix(seed: UInt64(batch) &* 7919 &+ 1)
    let templates = (0..<40).map { _ in RandomTemplate(using: &random) }
    var files = ["fixtures/profile.schema.json": RandomTemplate.schema]
    for (index, template) in templates.enumerated() {
      files["layouts/t\(index).mjml"] = template.template
    }
    let compiler = try TestProject(files).compiler()
    let plain = MJMLCompiler(validation: .skip)
    for (index, template) in templates.enumerated() {
      let compilation = try #require(compiler.compile("t\(index)"))
      let email = try #require(
        compilation.email,
        "\(template.template)\n\(compilation.diagnostics)"
      )
      for _ in 0..<8 {
        let profile = RandomTemplate.profile(using: &random)
        let recipient = try compiler.recipient(profile: Array(profile.json.utf8), path: "p.json")
        let message = try email.render(recipient)
        let resolved = template.resolved(for: profile)
        let expected = try #require(
          plain.compile(Array(resolved.utf8), path: "resolved.mjml", folder: ".").html
        )
        let difference = Self.difference(message.html, expected)
        #expect(
          difference == nil,
          "\(template.template)\n\(profile.json)\n\(resolved)\n\(difference ?? "")"
        )
      }
    }
  }

  @Test func `four independent columns cost less than twice the static bytes of four columns`()
    throws
  {
    let content = "<mj-text>\(String(repeating: "Some words of a column. ", count: 12))</mj-text>"
    let columns = [String](repeating: "<mj-column>\(content)</mj-column>", count: 4)
    func mail(_ columns: [String]) -> String {
      "<mjml><mj-body><mj-section>\(columns.joined())</mj-section></mj-body></mjml>"
    }
    let conditional = columns.enumerated().map { "{% if profile.f\($0) %}\($1){% endif %}" }
    let compiler = try TestProject([
      "fixtures/profile.schema.json": RandomTemplate.schema,
      "layouts/always.mjml": mail(columns),
      "layouts/sometimes.mjml": mail(conditional),
    ]).compiler()
    let always = try #require(compiler.compile("always")?.email).staticByteCount
    let sometimes = try #require(compiler.compile("sometimes")?.email).staticByteCount
    #expect(sometimes < 2 * always, "\(sometimes) bytes against \(always)")
  }

  /// Where two documents differ; nil where they mean the same.
  ///
  /// Bodies are equal but for white space between tags and the seam between neighbouring conditional
  /// comments. The head's style sheets may hold the rules of all variants (LANGUAGE.md), so each rule that
  /// is expected has to be there.
  private static func difference(_ actual: [UInt8], _ expected: [UInt8]) -> String? {
    let (actual, expected) = (parts(actual), parts(expected))
    for rule in expected.head where !actual.head.contains(rule) { return "missing: \(rule)" }
    guard actual.body != expected.body else { return nil }
    let same = zip(actual.body, expected.body).prefix { $0 == $1 }.count
    return "got: \(actual.body.dropFirst(max(0, same - 60)).prefix(160))\n"
      + "not: \(expected.body.dropFirst(max(0, same - 60)).prefix(160))"
  }

  private static func parts(_ html: [UInt8]) -> (head: Set<String>, body: String) {
    let text = String(decoding: html, as: UTF8.self)
    let cut = text.range(of: "<body")?.lowerBound ?? text.endIndex
    // Selectors with the same declarations are written as one rule.
    var rules: Set<String> = []
    for line in text[..<cut].split(whereSeparator: \.isNewline) where line.hasPrefix(".") {
      let halves = line.split(separator: "{", maxSplits: 1)
      guard halves.count == 2 else { continue }
      for selector in halves[0].split(separator: ",") {
        rules.insert(selector.trimmingCharacters(in: .whitespaces) + " {" + halves[1])
      }
    }
    return (rules, normalised(text[cut...]))
  }

  private static func normalised(_ html: Substring) -> String {
    var text = ""
    var afterTag = true
    for line in html.split(whereSeparator: \.isNewline) {
      let line = line.trimmingPrefix { $0 == " " }
      if !afterTag, !line.hasPrefix("<") { text += " " }
      text += line
      afterTag = line.hasSuffix(">")
    }
    return text.replacing("<![endif]--><!--[if mso | IE]>", with: "")
      .replacing("> <", with: "><")
  }
}
