import Foundation
import Letterpress
import LetterpressDiagnostics
import Testing

/// The text of a template equals the text of what the template is once its control flow is resolved by hand,
/// and is well-formed `format=flowed`.
@Suite("Plain text: laws")
struct PlainTextPropertyTests {
  @Test(arguments: 0..<4)
  func `text is exact on every path`(batch: Int) throws {
    var random = SplitMix(seed: UInt64(batch) &* 104_729 &+ 3)
    var files = ["fixtures/profile.schema.json": RandomText.schema]
    let texts = (0..<30).map { _ in RandomText(using: &random) }
    for (index, text) in texts.enumerated() {
      files["layouts/t\(index).mjml"] = TestProject.layout(text.template)
      files["layouts/r\(index).mjml"] = TestProject.layout(text.resolved)
    }
    let compiler = try TestProject(files).compiler()
    let recipient = try compiler.recipient(profile: Array(RandomText.profile.utf8), path: "p.json")
    for (index, text) in texts.enumerated() {
      let parts = try ["t", "r"].map { prefix in
        let compilation = try #require(compiler.compile("\(prefix)\(index)"))
        let email = try #require(compilation.email, "\(text.template)\n\(compilation.diagnostics)")
        return String(decoding: try email.render(recipient).text, as: UTF8.self)
      }
      #expect(parts[0] == parts[1], "\(text.template)\n\(text.resolved)")
      expectFlowed(parts[0])
    }
  }

  private func expectFlowed(_ text: String) {
    guard !text.isEmpty else { return }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.last == "", "the last line has its end")
    #expect(lines.first != "", "no blank line at the start")
    #expect(lines.dropLast().last != "", "no blank line at the end")
    #expect(!text.contains("\n\n\n"), "one blank line at most: \(text)")
    #expect(lines.allSatisfy { $0.utf8.count <= 78 }, "\(text)")
    #expect(!text.utf8.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F })
    for (line, next) in zip(lines, lines.dropFirst()) where line.hasSuffix(" ") {
      #expect(!next.isEmpty, "a line that goes on does: \(text)")
    }
  }
}

/// The content of a column with control flow at random places, and what it is for the one profile.
private struct RandomText {
  private(set) var template = ""
  private(set) var resolved = ""

  static let profile = #"{"yes": true, "no": false, "name": "A & <b>", "items": ["x", "<y>", "z"]}"#
  static let schema = """
    {"type": "object", "required": ["yes", "no", "name", "items"], "properties": {
      "yes": {"type": "boolean"}, "no": {"type": "boolean"}, "name": {"type": "string"},
      "items": {"type": "array", "maxItems": 5, "items": {"type": "string"}}}}
    """

  init(using random: inout SplitMix) {
    for _ in 0..<(1 + random.below(4)) { component(&random) }
  }

  private mutating func both(_ text: String) {
    template += text
    resolved += text
  }

  private mutating func component(_ random: inout SplitMix) {
    let body: (inout Self, inout SplitMix) -> Void = { text, random in
      switch random.below(4) {
      case 0: text.both("<mj-divider />")
      case 1:
        text.both("<mj-button href=\"https://a.example/?q=")
        text.value()
        text.both("\">")
        text.inline(&random, depth: 2)
        text.both("</mj-button>")
      case 2:
        text.both("<mj-table>")
        text.flow(&random, depth: 0) { text, random in
          text.both("<tr><td>")
          text.inline(&random, depth: 1)
          text.both("</td> <td>")
          text.inline(&random, depth: 1)
          text.both("</td></tr>")
        }
        text.both("</mj-table>")
      default:
        text.both("<mj-text>")
        text.blocks(&random, depth: 2)
        text.both("</mj-text>")
      }
    }
    flow(&random, depth: 1, body)
  }

  private mutating func blocks(_ random: inout SplitMix, depth: Int) {
    for _ in 0..<(1 + random.below(3)) {
      flow(&random, depth: depth) { text, random in
        let tag = ["p", "div", "h1", "h3", "blockquote", "ul", ""][random.below(7)]
        guard depth > 0, tag != "" else { return text.inline(&random, depth: depth) }
        text.both("<\(tag)>")
        if tag == "ul" {
          text.flow(&random, depth: depth) { text, random in
            text.both("<li>")
            text.inline(&random, depth: depth - 1)
            text.both("</li>")
          }
        } else if tag.hasPrefix("h") || tag == "p" {
          text.inline(&random, depth: depth - 1)
        } else {
          text.blocks(&random, depth: depth - 1)
        }
        text.both("</\(tag)>")
      }
    }
  }

  private mutating func inline(_ random: inout SplitMix, depth: Int) {
    for _ in 0..<(1 + random.below(4)) {
      flow(&random, depth: depth) { text, random in
        switch random.below(8) {
        case 0: text.value()
        // A body of nothing but white space prints nothing.
        case 1: text.both(" x")
        case 2: text.both("<br>")
        case 3: text.both("word, \n  &nbsp;and &lt;more&gt; ")
        case 4 where depth > 0:
          text.both("<a href=\"https://b.example/")
          text.value()
          text.both("\">")
          text.inline(&random, depth: 0)
          text.both("</a>")
        case 5 where depth > 0:
          text.both("<span style=\"display:none\">")
          text.inline(&random, depth: depth - 1)
          text.both("</span>")
        case 6: text.both("some rather long run of words that goes on for a while, ")
        default: text.both("w")
        }
      }
    }
  }

  private mutating func value() {
    template += "{{ profile.name }}"
    // Within a URL it is encoded: there the profile's own value is the only way to say it.
    let isInURL =
      template.hasSuffix("example/{{ profile.name }}")
      || template.hasSuffix("?q={{ profile.name }}")
    resolved += isInURL ? "{{ profile.name }}" : "A &amp; &lt;b&gt;"
  }

  /// Content as it is, under a condition or in a loop.
  private mutating func flow(
    _ random: inout SplitMix,
    depth: Int,
    _ body: (inout Self, inout SplitMix) -> Void
  ) {
    switch depth > 0 ? random.below(6) : 5 {
    case 0:
      template += "{% if profile.yes %}"
      body(&self, &random)
      template += "{% endif %}"
    case 1:
      template += "{% if profile.no %}"
      let kept = resolved
      body(&self, &random)
      resolved = kept
      template += "{% else %}"
      body(&self, &random)
      template += "{% endif %}"
    case 2:
      template += "{% for item in profile.items %}"
      let offset = resolved.utf8.count
      body(&self, &random)
      let turn = String(resolved.utf8.dropFirst(offset)) ?? ""
      resolved += turn + turn
      template += "{% endfor %}"
    default: body(&self, &random)
    }
  }
}
