import LetterpressDiagnostics
import LetterpressLiquid
import Testing

/// One mistake in a template, and the one finding that tells of it.
struct Mistake: CustomTestStringConvertible, Sendable {
  let template: String
  let id: String
  /// The text that the finding points at.
  let place: String
  /// What the message, the notes and the fix-its have to mention.
  let mentions: [String]

  init(_ template: String, _ id: String, at place: String, _ mentions: String...) {
    self.template = template
    self.id = id
    self.place = place
    self.mentions = mentions
  }

  var testDescription: String { template }
}

@Suite struct ParserErrorTests {
  @Test(arguments: [
    Mistake("{% nosuchthing %}", "unknown-tag", at: "nosuchthing"),
    Mistake("{% asign x = 1 %}", "unknown-tag", at: "asign", "did you mean 'assign'?"),
    Mistake("{% %}", "unknown-tag", at: "{% %}"),
    Mistake("{% foreach x in y %}{{ x }}{% endforeach %}", "unknown-tag", at: "foreach", "'for'"),
    Mistake("{% fro x in y %}{{ x }}{% endfor %}", "unknown-tag", at: "fro", "'for'"),
    Mistake("{% liquid\n  prnt a\n%}", "unknown-tag", at: "prnt", "echo"),
    Mistake("{% if a %}{% elseif b %}{% endif %}", "unknown-tag", at: "elseif", "elsif"),
  ])
  func unknownTags(_ mistake: Mistake) { expectOnly(mistake) }

  @Test(arguments: [
    Mistake("a{% if x %}b", "unclosed-block", at: "{% if x %}", "endif"),
    Mistake(
      "{% if a %}{% for t in b %}{% endif %}{% endfor %}",
      "unclosed-block",
      at: "{% for t in b %}"
    ),
    Mistake(
      "{% unless x %}Hi{% endif %}",
      "mismatched-end",
      at: "{% endif %}",
      "unless",
      "endunless"
    ),
    Mistake("{% if x %}Hi{% end %}", "mismatched-end", at: "{% end %}", "'endif'"),
    Mistake(
      "{% if a %}{% capture b %}{% else %}{% endif %}",
      "unclosed-block",
      at: "{% capture b %}"
    ),
    Mistake(
      "{% if a %}{% capture b %}{% else %}{% endcapture %}{% endif %}",
      "stray-tag",
      at: "{% else %}"
    ),
    Mistake("{% liquid\nif a\nfor b in c\nelsif d\nendif %}", "unclosed-block", at: "for b in c"),
    Mistake("a{% endfor %}", "stray-tag", at: "{% endfor %}", "no 'for' is open"),
    Mistake("{% if a %}{% endfor %}{% endif %}", "stray-tag", at: "{% endfor %}"),
    Mistake("a{% else %}b", "stray-tag", at: "{% else %}", "'else'"),
    Mistake("{% if a %}{% when 1 %}{% endif %}", "stray-tag", at: "{% when 1 %}", "'case'"),
    Mistake("{% if a %}{% liquid endif %}{% endif %}", "stray-tag", at: "endif"),
    Mistake("{% liquid\nif x\n%}", "unclosed-block", at: "if x"),
    Mistake("{% comment %}{% comment %}{% endcomment %}", "unclosed-block", at: "{% comment %}"),
    Mistake("{% raw %}{{ x }}", "unclosed-block", at: "{% raw %}", "endraw"),
    Mistake("{% doc %}x", "unclosed-block", at: "{% doc %}"),
    Mistake(
      "{% if a %}{% else %}{% elsif b %}{% endif %}",
      "branch-after-else",
      at: "{% elsif b %}"
    ),
    Mistake("{% case a %}x{% when 1 %}{% endcase %}", "content-before-when", at: "x"),
    Mistake("{% if a %}{% else if b %}c{% endif %}", "else-condition", at: "else if", "elsif"),
    Mistake("{% if a %}{% else b %}c{% endif %}", "else-condition", at: "b"),
  ])
  func blocks(_ mistake: Mistake) { expectOnly(mistake) }

  @Test(arguments: [
    Mistake("a {{ b", "unterminated-output", at: "{{"),
    Mistake("a {{ b } c {{ d }}", "unterminated-output", at: "{{ b }", "insert '}'"),
    Mistake("{{ a {{ b }}", "unterminated-output", at: "{{ a"),
    Mistake("{% if a {% endif", "unterminated-tag", at: "{% if a"),
    Mistake("{% assign a = 1 %}{% b", "unterminated-tag", at: "{%"),
    Mistake("{{ 'a }}", "unterminated-string", at: "'a "),
    Mistake("{% assign a = {{ b }} %}", "liquid-syntax", at: "{{", "needs no '{{ }}'"),
    Mistake("{%\n # one\n two\n%}", "inline-comment", at: "two", "'#'"),
    Mistake("{% raw x %}{% endraw %}", "liquid-syntax", at: "x", "no arguments"),
    Mistake("{% doc %}{% doc %}{% enddoc %}", "liquid-syntax", at: "{% doc %}"),
  ])
  func delimiters(_ mistake: Mistake) { expectOnly(mistake) }

  @Test(arguments: [
    Mistake("{% if a == “gold” %}{% endif %}", "curly-quotes", at: "“gold”", "straight"),
    Mistake("{{ a && b }}", "liquid-syntax", at: "&&", "and"),
    Mistake("{% if a || b %}{% endif %}", "liquid-syntax", at: "||", "'or'"),
    Mistake("{% if !a %}{% endif %}", "liquid-syntax", at: "!", "unless"),
    Mistake("{% if not a %}{% endif %}", "liquid-syntax", at: "a", "unless"),
    Mistake("{% if a = 1 %}{% endif %}", "liquid-syntax", at: "=", "'=='"),
    Mistake("{% if a &lt; 1 %}{% endif %}", "liquid-syntax", at: "&lt;", "'<'"),
    Mistake("{{ a ? 'b' : 'c' }}", "liquid-syntax", at: "?", "'if'"),
    Mistake("{{ 1 + 2 }}", "liquid-syntax", at: "+", "plus"),
    Mistake("{{ x - 1 }}", "liquid-syntax", at: "-", "minus"),
    Mistake("{% if (a or b) and c %}{% endif %}", "liquid-syntax", at: "(", "parentheses"),
    Mistake("{% if a | size > 1 %}{% endif %}", "liquid-syntax", at: "|", "filters"),
    Mistake("{{ a[0.b }}", "liquid-syntax", at: ".", "']'"),
    Mistake("{{ a..b }}", "liquid-syntax", at: ".."),
    Mistake("{{ a. }}", "liquid-syntax", at: "", "a name after the '.'"),
    Mistake("{{ a b }}", "liquid-syntax", at: "b"),
    Mistake("{{ a | }}", "liquid-syntax", at: "|", "a filter after the '|'"),
    Mistake("{{ a | default 'b' }}", "liquid-syntax", at: "'b'", "':'"),
    Mistake("{{ a | plus: }}", "liquid-syntax", at: "", "argument of 'plus'"),
    Mistake("{% for a of b %}{% endfor %}", "liquid-syntax", at: "of", "'in'"),
    Mistake("{% for a in b foo: 1 %}{% endfor %}", "liquid-syntax", at: "foo", "'limit'"),
    Mistake("{% for a in b limit: 1 reversed %}{% endfor %}", "liquid-syntax", at: "reversed"),
    Mistake("{% render name %}", "liquid-syntax", at: "name", "in quotes"),
    Mistake("{% assign name 'Ada' %}", "liquid-syntax", at: "'Ada'", "'='"),
    Mistake("{% assign a.b = 1 %}", "invalid-name", at: "a.b"),
    Mistake("{% capture 'a' %}{% endcapture %}", "invalid-name", at: "'a'"),
  ])
  func insides(_ mistake: Mistake) { expectOnly(mistake) }

  @Test(arguments: [
    Mistake("{{ }}", "missing-value", at: "{{ }}"),
    Mistake("{% assign name = %}", "missing-value", at: "{% assign name = %}"),
    Mistake("{% if %}Hi{% endif %}", "missing-value", at: "{% if %}", "condition", "'if'"),
    Mistake("{% for %}Hi{% endfor %}", "missing-value", at: "{% for %}", "in array"),
    Mistake("{% case a %}{% when %}b{% endcase %}", "missing-value", at: "{% when %}"),
    Mistake("{% capture %}b{% endcapture %}", "missing-value", at: "{% capture %}"),
  ])
  func missingParts(_ mistake: Mistake) { expectOnly(mistake) }

  /// Templates too large to be printed as arguments of a test.
  static let bombs = [
    "tags": String(repeating: "{%", count: 100_000),
    "outputs": String(repeating: "{{", count: 100_000),
    "a string": "{{ \"" + String(repeating: "a", count: 500_000),
    "brackets": "{{ a" + String(repeating: "[a", count: 5_000) + " }}",
    "filters": "{{ a" + String(repeating: " | upcase", count: 50_000) + " }}",
  ]

  @Test("a file that breaks in one way has one finding", arguments: bombs.keys.sorted())
  func expectOneFinding(_ name: String) throws {
    #expect(findings(in: try #require(Self.bombs[name])).count == 1)
  }

  @Test func deepBlocksAreReportedOnce() {
    let depth = 50_000
    let template =
      String(repeating: "{% if a %}", count: depth) + String(repeating: "{% endif %}", count: depth)
    #expect(findings(in: template).map(\.id.name) == ["liquid-limit"])
  }

  @Test func allMistakesOfATemplateAreReported() {
    let template = "{% asign x = 1 %}{{ a b }}{% if %}{{ c | }}{% endif %}{% endfor %}"
    #expect(
      findings(in: template).map(\.id.name) == [
        "unknown-tag", "liquid-syntax", "missing-value", "liquid-syntax", "stray-tag",
      ]
    )
  }

  @Test(
    "what Shopify's strict mode lets pass is a warning in its dialect",
    arguments: [
      "{% assign x = %}", "{% if a %}{% else if b %}{% endif %}",
      "{% if a %}{% else b %}{% endif %}",
      "{% case a %}{% else %}{% when 1 %}{% endcase %}", "{{ }}", "{% assign 1 = 2 %}",
      "{% case a %}{% when 'b' and 'c' %}{% endcase %}",
    ]
  )
  func dialects(_ template: String) {
    #expect(findings(in: template, dialect: .letterpress).map(\.severity) == [.error])
    #expect(findings(in: template, dialect: .shopify).map(\.severity) == [.warning])
  }

  @Test func unmatchedTagsAreReportedInAStructuredWay() {
    let result = parse("{% for a in b %}{% if c %}x").result
    #expect(result.unclosed.map(\.name.name) == ["for", "if"])
    #expect(result.diagnostics.isEmpty)
    let other = parse("{% endif %}{% endfor %}").result
    #expect(other.stray.map(\.name.name) == ["endif", "endfor"])
    #expect(other.stray[0].closes(result.unclosed[1]))
  }

  // MARK: Assertions

  private func expectOnly(_ mistake: Mistake, sourceLocation: SourceLocation = #_sourceLocation) {
    let (result, sources) = parse(mistake.template)
    let findings = result.allDiagnostics
    #expect(findings.map(\.id.name) == [mistake.id], sourceLocation: sourceLocation)
    guard let finding = findings.first else { return }
    #expect(sources.text(finding.primary.range) == mistake.place, sourceLocation: sourceLocation)
    let words = ([finding.message] + finding.notes + finding.fixIts.map(\.message))
      .joined(separator: "\n")
    for mention in mistake.mentions {
      #expect(words.contains(mention), sourceLocation: sourceLocation)
    }
  }

  private func findings(in template: String, dialect: Dialect = .letterpress) -> [Diagnostic] {
    parse(template, dialect: dialect).result.allDiagnostics
  }

  private func parse(
    _ template: String,
    dialect: Dialect = .letterpress
  ) -> (result: ParseResult, sources: SourceSet) {
    var sources = SourceSet()
    let file = sources.add(SourceFile(path: "test.liquid", text: template))
    let range = SourceRange(file: file, start: 0, end: template.utf8.count)
    return (Parser.parse(range, in: sources, dialect: dialect), sources)
  }
}
