import Letterpress
import LetterpressDiagnostics
import Testing

/// What a project's files may grow to: each bound has a name, a setting and an error.
struct ProjectLimitTests {
  private static let block =
    "<lp-block><mj-column><mj-text>x</mj-text><mj-text>y</mj-text></mj-column></lp-block>"
  private static let outer = "<lp-block><mj-section><inner-part /></mj-section></lp-block>"
  private static let files = [
    "fixtures/profile.schema.json": """
    {"required": ["name", "tier", "kind"], "properties": {
      "name": {"type": "string", "pattern": "^[A-Z][a-z]*( [A-Z][a-z]*)*$"},
      "tier": {"enum": ["gold", "silver"]}, "kind": {"oneOf": [
        {"required": ["is"], "properties": {"is": {"const": "a"}, "n": {"type": "integer"}}},
        {"required": ["is"], "properties": {"is": {"const": "b"}, "s": {"type": "string"}}}]}}}
    """,
    "fixtures/personas/ada.json": """
    {"title": "Ada", "notes": "Long", "tags": [], "profile":
      {"name": "Ada Lovelace", "tier": "gold", "kind": {"is": "a"}}}
    """,
    "layouts/mail.mjml": """
    <mjml>{% assign a = 1 %}{% assign b = 2 %}<mj-body><outer-part /><outer-part />
    <mj-include path="parts/a.mjml" /><mj-section><mj-column><mj-text>{{ a }} {{ b }}</mj-text></mj-column></mj-section>
    <mj-section><mj-column><mj-text color="#000" align="left">{{ profile.name }}</mj-text></mj-column></mj-section>
    <mj-section>{% if profile.tier == 'gold' %}<mj-column></mj-column>{% endif %}<mj-column></mj-column></mj-section>
    </mj-body></mjml>
    """,
    "layouts/parts/a.mjml": "<mj-include path=\"b.mjml\" />",
    "layouts/parts/b.mjml": "<mj-section><mj-column></mj-column></mj-section>",
    "blocks/inner-part.mjml": block,
    "blocks/outer-part.mjml": outer,
  ]

  @Test(
    arguments: [
      ("source-file", 200, "unreadable-file"), ("included-source", 100, "include-limit"),
      ("include-depth", 1, "include-limit"), ("element-depth", 3, "nesting-too-deep"),
      ("attributes", 1, "too-many-attributes"), ("block-depth", 1, "expansion-limit"),
      ("block-elements", 1, "expansion-limit"), ("layout-variants", 1, "too-many-variants"),
      ("includes", 1, "include-limit"), ("name-length", 9, "name-too-long"),
      ("assigned-names", 1, "expansion-limit"), ("profile-size", 20, "row-too-large"),
      ("json-depth", 4, "json-depth"), ("pattern-steps", 10, "pattern-limit"),
      ("schema-types", 1, "schema-limit"), ("union-branches", 1, "schema-limit"),
    ]
  )
  func `passing a limit of the manifest is an error`(name: String, limit: Int, id: String) throws {
    #expect(try TestProject(Self.files).findings() == [])
    let files = Self.files.merging(["letterpress.yaml": "limits:\n  \(name): \(limit)\n"]) { $1 }
    let findings = try TestProject(files).findings()
    #expect(findings.contains { $0.hasSuffix("[\(id)]") }, "\(findings)")
  }

  /// A layout whose Liquid has `count` of what the limit of that name bounds.
  private static func layout(with count: Int, of limit: String) -> String {
    func repeated(_ text: String) -> String { String(repeating: text, count: count) }
    let text =
      switch limit {
      case "tag-depth": repeated("{% if profile.n != 1 %}") + repeated("{% endif %}")
      case "bracket-depth": "{{ " + repeated("a[") + "0" + repeated("]") + " }}"
      case "operands": "{% if true" + repeated(" and true").dropLast(9) + " %}{% endif %}"
      default: "{{ profile.n" + repeated(" | plus: 1") + " }}"
      }
    return TestProject.layout("<mj-text>\(text)</mj-text>")
  }

  @Test(
    arguments: [
      ("tag-depth", 100, 200), ("bracket-depth", 100, 100), ("operands", 500, 1_000),
      ("filters", 100, 200),
    ]
  )
  func `the bounds of Liquid can be set, as far as the stack stands them`(
    name: String,
    initial: Int,
    most: Int
  ) throws {
    func isLimited(_ count: Int, manifest: String) throws -> Bool {
      try TestProject([
        "fixtures/profile.schema.json":
          #"{"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}"#,
        "layouts/mail.mjml": Self.layout(with: count, of: name),
        "letterpress.yaml": manifest,
      ]).findings().contains { $0.hasSuffix("[liquid-limit]") }
    }
    #expect(try !isLimited(initial, manifest: ""))
    #expect(try isLimited(initial + 1, manifest: ""))
    #expect(try isLimited(3, manifest: "limits:\n  \(name): 2\n"))
    #expect(try !isLimited(most, manifest: "limits:\n  \(name): \(most)\n"))
    #expect(try isLimited(most + 1, manifest: "limits:\n  \(name): \(most)\n"))
  }

  @Test func `a limit cannot be set beyond what the stack can stand`() throws {
    let files = Self.files.merging(["letterpress.yaml": "limits:\n  element-depth: 100000\n"]) {
      $1
    }
    let findings = try TestProject(files).findings()
    #expect(
      findings == [
        "letterpress.yaml:2:18: error: 'element-depth' wants 200 at most [invalid-manifest]"
      ]
    )
  }

  @Test func `files that keep to the depth must keep to it together`() throws {
    var files: [String: String] = [:]
    let (start, end) = (
      String(repeating: "<mj-wrapper>", count: 90), String(repeating: "</mj-wrapper>", count: 90)
    )
    for number in 0..<30 {
      files["layouts/parts/p\(number).mjml"] =
        start + (number < 29 ? "<mj-include path=\"p\(number + 1).mjml\" />" : "") + end
    }
    files["layouts/mail.mjml"] =
      "<mjml><mj-body><mj-include path=\"parts/p0.mjml\" /></mj-body></mjml>"
    let findings = try TestProject(files).findings()
    #expect(
      findings.count { $0.contains("nests elements more than 100 deep [include-limit]") } == 1
    )
  }

  @Test func `tags within elements within tags end somewhere, and it is told`() throws {
    func nested(_ content: String) -> String {
      (0..<95).map { "{% if profile.age != \($0) %}" }.joined() + content
        + String(repeating: "{% endif %}", count: 95)
    }
    var content = ""
    for name in ["text", "column", "group", "section", "wrapper", "body"] {
      content = "<mj-\(name)>\(nested(content))</mj-\(name)>"
    }
    let schema =
      #"{"type": "object", "required": ["age"], "properties": {"age": {"type": "integer"}}}"#
    let findings = try TestProject([
      "fixtures/profile.schema.json": schema,
      "layouts/mail.mjml": "<mjml>\(nested(content))</mjml>",
    ]).findings()
    #expect(findings.contains { $0.contains("[nesting-too-deep]") }, "\(findings.prefix(3))")
  }

  @Test func `partials within partials end somewhere, and it is told`() throws {
    var files = [
      "fixtures/profile.schema.json": "true",
      "layouts/mail.mjml": TestProject.layout("<mj-text>{% render 'p0' %}</mj-text>"),
    ]
    for number in 0..<8 {
      let next = number < 7 ? "{% render 'p\(number + 1)' %}" : "end"
      files["blocks/p\(number).liquid"] =
        (0..<95).map { "{% if now != '\($0)' %}" }.joined() + next
        + String(repeating: "{% endif %}", count: 95)
    }
    let findings = try TestProject(files).findings()
    #expect(findings.contains { $0.contains("[nesting-too-deep]") }, "\(findings.prefix(3))")
  }

  @Test func `aliases of aliases do not make a small manifest large`() throws {
    var manifest = "vars:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for number in 1..<9 {
      let aliases = Array(repeating: "*a\(number - 1)", count: 10).joined(separator: ", ")
      manifest += "  a\(number): &a\(number) [\(aliases)]\n"
    }
    let files = Self.files.merging(["letterpress.yaml": manifest]) { $1 }
    let findings = try TestProject(files).findings()
    #expect(findings.count { $0.contains("'vars' wants 20000 values at most") } == 1)
  }

  @Test func `a schema of many references is read in one go`() throws {
    let chain = (0..<10_000).map { ##""a\##($0)": {"$ref": "#/$defs/b\##($0)"}"## }
    let ends = (0..<10_000).map { #""b\#($0)": {"type": "string"}"# }
    let definitions = (chain + ends).joined(separator: ",")
    let schema = ##"""
      {"type": "object", "required": ["name", "tier"], "properties": {
       "name": {"$ref": "#/$defs/a9999"}, "tier": {"enum": ["gold", "silver"]}},
       "$defs": {\##(definitions)}}
      """##
    var files = Self.files.merging(["fixtures/profile.schema.json": schema]) { $1 }
    files["fixtures/personas/ada.json"] = nil
    #expect(try TestProject(files).findings() == [])
  }
}
