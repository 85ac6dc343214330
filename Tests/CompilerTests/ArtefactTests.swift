import Foundation
import Letterpress
import LetterpressDiagnostics
import LetterpressProgram
import TestSupport
import Testing

/// Compiled emails as files: they render what their sources render, and are refused where anything is wrong
/// with them.
@Suite("Artefacts")
struct ArtefactTests {
  // MARK: - The same messages

  @Test func `every layout renders the same for every persona of the sample project`() throws {
    let project = try Project(at: Repository.root.path)
    let compiler = ProjectCompiler(project)
    for layout in project.layoutNames {
      let compilation = try #require(compiler.compile(layout))
      let fresh = try #require(compilation.email, "\(layout)")
      let artefact = try #require(compilation.artefact())
      let loaded = try CompiledEmail(artefact: artefact)
      #expect(loaded.name == layout)
      for persona in project.personaNames {
        let recipient = try compiler.recipient(persona: persona)
        #expect(
          outcome(of: loaded, recipient) == outcome(of: fresh, recipient),
          "\(layout) for \(persona)"
        )
      }
    }
  }

  @Test(arguments: Self.templates)
  func `whatever a program can hold comes back`(_ template: Template) throws {
    let project = try TestProject(
      [
        "letterpress.yaml": "locale: de\ntime-zone: Europe/Berlin\ncurrency: EUR\n",
        "fixtures/profile.schema.json": Self.schema,
        "layouts/mail.mjml": template.text,
        "fixtures/locales/de.yaml": "things:\n  one: Ein Ding\n  other: '{{ count }} Dinge'\n",
        "fixtures/locales/en.yaml": "things:\n  one: One thing\n  other: '{{ count }} things'\n",
        "blocks/card.mjml": """
        <lp-block><lp-param name="title" type="string" /><mj-column><mj-text>{{ title | upcase }}
        </mj-text></mj-column></lp-block>
        """,
      ]
    )
    let compiler = try project.compiler()
    let compilation = try #require(compiler.compile("mail"))
    let findings = DiagnosticFormat.oneline.render(
      compiler.shown(compilation),
      in: compiler.sources
    )
    let fresh = try #require(compilation.email, "\(findings)")
    let loaded = try CompiledEmail(artefact: try #require(compilation.artefact()))
    for profile in Self.profiles {
      let json = Array(profile.utf8)
      let (a, b) = (try fresh.recipient(profile: json), try loaded.recipient(profile: json))
      #expect(outcome(of: loaded, b) == outcome(of: fresh, a), "\(profile)")
    }
  }

  @Test(
    "Control flow between elements comes back",
    .enabled(if: Conformance.isPresent),
    arguments: Conformance.folders(in: "structure/cases")
  )
  func structure(_ template: Fixture) throws {
    let project = try Project(at: template.url.appending(path: "project").path)
    let compilation = try #require(ProjectCompiler(project).compile("mail"))
    let fresh = try #require(compilation.email)
    let loaded = try CompiledEmail(artefact: try #require(compilation.artefact()))
    let profiles = Fixture.files(
      in: template.url.appending(path: "profiles"),
      withExtension: "json"
    )
    #expect(!profiles.isEmpty)
    for profile in profiles {
      let json = try profile.bytes()
      let (a, b) = (try fresh.recipient(profile: json), try loaded.recipient(profile: json))
      #expect(outcome(of: loaded, b) == outcome(of: fresh, a), "\(profile)")
    }
  }

  @Test func `the same sources give the same bytes, wherever they lie`() throws {
    let files = [
      "layouts/mail.mjml": Self.templates[0].text, "fixtures/profile.schema.json": Self.schema,
    ]
    let more = files.merging(
      ["layouts/other.mjml": TestProject.layout("x"), "fixtures/personas/a.json": "{}"]
    ) { first, _ in first }
    let artefacts = try [files, more].map { files in
      let project = try TestProject(files)
      return try project.compiler().compile("mail")?.artefact()
    }
    #expect(artefacts[0] != nil)
    #expect(artefacts[0] == artefacts[1])
  }

  @Test func `a failure names the place in the template`() throws {
    let project = try TestProject([
      "fixtures/profile.schema.json": Self.schema,
      "layouts/mail.mjml": TestProject.layout(
        "<mj-text>\n\n{% if profile.tier == 'gold' %}{% abort 'not {{ profile.name }}' %}{% endif %}x</mj-text>"
      ),
    ])
    let compilation = try #require(try project.compiler().compile("mail"))
    let email = try CompiledEmail(artefact: try #require(compilation.artefact()))
    let recipient = try email.recipient(
      profile: Array(#"{"name": "A", "tier": "gold", "items": []}"#.utf8)
    )
    let failure = #expect(throws: RenderFailure.self) { try email.render(recipient) }
    let range = try #require(failure).diagnostic.primary.range
    #expect(email.sources.text(range).contains("abort"))
    #expect(email.sources[range.file].path == "layouts/mail.mjml")
  }

  @Test func `a profile that does not conform is refused with its place`() throws {
    let email = try CompiledEmail(artefact: Self.small())
    let failure = #expect(throws: Recipient.Failure.self) {
      try email.recipient(profile: Array("{\"name\":\n 7}".utf8), path: "p.json")
    }
    let text = try DiagnosticFormat.oneline.render(
      #require(failure).diagnostics,
      in: #require(failure).sources
    )
    #expect(text.hasPrefix("p.json:2:2: error"))
  }

  @Test func `an artefact says what it was made of`() throws {
    let files = ["layouts/mail.mjml": TestProject.layout("<mj-text>x</mj-text>")]
    let origins = try [files, ["layouts/mail.mjml": TestProject.layout("<mj-text>y</mj-text>")]].map
    {
      let artefact = try #require(try TestProject($0).compiler().compile("mail")?.artefact())
      return try #require(try CompiledEmail(artefact: artefact).origin)
    }
    #expect(origins[0].schemaHash == SHA256.hex(of: Array(TestProject.schema.utf8)))
    #expect(origins[0].schemaHash == origins[1].schemaHash)
    #expect(origins[0].sourcesHash != origins[1].sourcesHash)
    #expect(origins[0].compilerVersion == CompilerVersion.current)
  }

  // MARK: - Refusals

  @Test func `a file that is not there is told apart`() throws {
    let error = #expect(throws: ArtefactError.self) {
      try CompiledEmail(contentsOf: "/no/such/mail.letterpress")
    }
    #expect(try #require(error).reason == .unreadable)
    #expect(try #require(error).description.contains("'/no/such/mail.letterpress'"))
  }

  @Test func `the names of the reasons are stable`() {
    #expect(
      ArtefactError.Reason.allCases.map(\.rawValue) == [
        "artefact-unreadable", "artefact-foreign", "artefact-version", "artefact-truncated",
        "artefact-damaged",
      ]
    )
  }

  @Test func `another version is refused by its name`() throws {
    var bytes = try Self.small()
    bytes[8] = 77
    let error = try #require(Self.refusal(of: bytes))
    #expect(error.reason == .version)
    #expect(error.found == "format 77 (of letterpress \(CompilerVersion.current))")
  }

  @Test func `a byte that is changed or missing anywhere is noticed`() throws {
    let bytes = try Self.small()
    #expect(Self.refusal(of: bytes) == nil)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1 << UInt8(index % 8)
      let error = Self.refusal(of: changed)
      let expected: [ArtefactError.Reason] =
        switch index {
        case 0..<8: [.foreign]
        case 8..<12: [.version]
        case 12..<20: [.truncated, .damaged]
        default: [.damaged]
        }
      #expect(error.map { expected.contains($0.reason) } == true, "byte \(index)")
    }
    for count in 0..<bytes.count {
      let expected: ArtefactError.Reason = count == 0 ? .foreign : .truncated
      #expect(Self.refusal(of: Array(bytes[..<count]))?.reason == expected, "\(count) bytes")
    }
    #expect(Self.refusal(of: bytes + [0])?.reason == .damaged)
  }

  /// Behind a checksum that agrees, nothing is trusted either: it loads or is refused, and what loads
  /// renders or fails.
  @Test func `bytes that somebody made up do no harm`() throws {
    let bytes = try Self.small()
    let profile = Array(#"{"name": "A & B", "tier": "gold"}"#.utf8)
    var loaded = 0
    // Behind the texts and the files, where each byte means something.
    let source = try #require(bytes.ranges(of: Array("</mjml>".utf8)).last)
    for index in source.upperBound..<bytes.count {
      let values = [bytes[index] ^ 1, 0, 0x80, bytes[index] &+ 1, 0x7F, 0xFF]
      // Neighbours get different ones.
      for value in [values[index % 6], values[(index + 3) % 6]] {
        var changed = bytes
        changed[index] = value
        guard let email = try? CompiledEmail(artefact: Self.sealed(changed)) else { continue }
        loaded += 1
        if let recipient = try? email.recipient(profile: profile) {
          _ = try? email.render(recipient)
        }
      }
    }
    #expect(loaded > 0)
    for count in stride(from: 53, to: bytes.count, by: 7) {
      #expect(Self.refusal(of: Self.sealed(Array(bytes[..<count])))?.reason == .damaged)
    }
  }

  @Test(arguments: 0..<4)
  func `a file that was cut up and sewn together does no harm`(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let compiler = ProjectCompiler(try Project(at: Repository.root.path), layouts: ["welcome"])
    let bytes = try #require(compiler.compile("welcome")?.artefact())
    let recipient = try compiler.recipient(persona: "ada")
    let source = try #require(bytes.ranges(of: Array("</mjml>".utf8)).last).upperBound
    for _ in 0..<100 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let start = Int.random(in: source..<changed.count, using: &random)
        let end = min(changed.count, start + Int.random(in: 0...8, using: &random))
        let from = Int.random(in: source..<changed.count, using: &random)
        let to = min(changed.count, from + Int.random(in: 0...8, using: &random))
        let byte = UInt8.random(in: 0...255, using: &random)
        let isCopy = Bool.random(using: &random)
        changed.replaceSubrange(start..<end, with: isCopy ? Array(changed[from..<to]) : [byte])
      }
      guard let email = try? CompiledEmail(artefact: Self.sealed(changed)) else { continue }
      _ = try? email.render(recipient)
    }
  }

  @Test func `levels without end are refused`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": TestProject.layout(
        "<mj-text>{% unless profile.city %}x{% endunless %}</mj-text>"
      )
    ])
    let bytes = try #require(try project.compiler().compile("mail")?.artefact())
    // A branch with one alternative, whose condition is not the truth of a field of the profile.
    let condition = try #require(bytes.ranges(of: [2, 1, 5, 1, 4, 1]).last).lowerBound + 2
    for (count, isRefused) in [(100, false), (100_000, true)] {
      var deep = bytes
      deep.insert(contentsOf: Array(repeating: 5, count: count), at: condition)
      #expect((Self.refusal(of: Self.sealed(deep)) != nil) == isRefused, "\(count)")
    }
  }

  @Test func `whatever nests as deep as the language allows comes back`() throws {
    func nested(_ content: String, in name: String) -> String {
      (0..<95).map { "{% if profile.city != '\(name)\($0)' %}" }.joined() + content
        + String(repeating: "{% endif %}", count: 95)
    }
    let operands = (0..<240).map { "profile.city == 'c\($0)'" }.joined(separator: " or ")
    let filters = String(repeating: " | append: 'x'", count: 90)
    var content = "{{ profile.name\(filters) }}{% if \(operands) %}y{% endif %}"
    for name in ["text", "column", "section", "wrapper", "body"] {
      content = "<mj-\(name)>\(nested(content, in: name))</mj-\(name)>"
    }
    let project = try TestProject([
      "layouts/mail.mjml": "<mjml>\(content)</mjml>",
      "letterpress.yaml": "limits:\n  layout-variants: 4096\n",
    ])
    let compilation = try #require(try project.compiler().compile("mail"))
    let fresh = try #require(compilation.email)
    let loaded = try CompiledEmail(artefact: try #require(compilation.artefact()))
    let json = Array(#"{"name": "A", "city": "c239"}"#.utf8)
    let (a, b) = (try fresh.recipient(profile: json), try loaded.recipient(profile: json))
    #expect(outcome(of: loaded, b) == outcome(of: fresh, a))
  }

  @Test func `counts and depths are bounded`() throws {
    // Texts without end, and a list of more than there is.
    for content in [[0xFF], [0xFF, 0xFF, 0xFF, 0xFF, 0x0F], [3, 0x80], [0, 0, 9]] as [[UInt8]] {
      let bytes = try Array(Self.small()[..<58]) + content
      #expect(Self.refusal(of: Self.sealed(bytes))?.reason == .damaged)
    }
  }

  // MARK: - What is tried

  private func outcome(of email: CompiledEmail, _ recipient: Recipient) -> String {
    do throws(RenderFailure) {
      let message = try email.render(recipient, now: "2026-03-14T09:30:00Z")
      let texts = message.texts.map { "\($0.key): \($0.value)" }.sorted()
      return texts.joined(separator: "\n")
        + String(decoding: message.html + message.text, as: UTF8.self)
    } catch {
      let range = error.diagnostic.primary.range
      let file = email.sources[range.file]
      return "\(file.path) \(file.position(at: range.start)) \(error.diagnostic.message)"
    }
  }

  private static func refusal(of bytes: [UInt8]) -> ArtefactError? {
    do throws(ArtefactError) {
      _ = try CompiledEmail(artefact: bytes)
      return nil
    } catch {
      return error
    }
  }

  private static func small() throws -> [UInt8] {
    let text = """
      <mj-text>{% capture x %}{{ profile.name | append: "!" }}{% endcapture %}{{ x }}
      {% for i in (1..2) %}{% cycle "a", "b" %}{% endfor %}</mj-text>
      {% if profile.tier == "gold" and profile.city %}<mj-text>{{ profile.city }}</mj-text>{% endif %}
      """
    let project = try TestProject(["layouts/mail.mjml": TestProject.layout(text)])
    return try #require(try project.compiler().compile("mail")?.artefact())
  }

  /// With length and checksum as they should be.
  private static func sealed(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    let length = UInt64(bytes.count - 52)
    for index in 0..<8 {
      bytes[12 + index] = UInt8(truncatingIfNeeded: length >> UInt64(8 * index))
    }
    var hash = SHA256()
    hash.update(bytes[52...])
    bytes.replaceSubrange(20..<52, with: hash.finalized())
    return bytes
  }

  private static let schema = """
    {"type": "object", "required": ["name", "items"], "properties": {
      "name": {"type": "string", "x-pii": true}, "city": {"type": ["string", "null"]},
      "tier": {"enum": ["gold", "silver"]}, "born": {"type": "string", "format": "date"},
      "cents": {"type": "integer", "minimum": 0}, "ratio": {"type": "number"},
      "html": {"type": "string", "contentMediaType": "text/html"},
      "link": {"type": "string", "format": "uri"}, "more": {},
      "items": {"type": "array", "maxItems": 3, "items": {"$ref": "#/$defs/Item"}}},
      "$defs": {"Item": {"type": "object", "required": ["title"], "properties": {
        "title": {"type": "string"}, "price": {"type": "integer"}}}}}
    """

  private static let profiles = [
    #"{"name": "Ada <b>", "items": []}"#,
    #"{"name": "B", "tier": "gold", "items": [{"title": "x", "price": 1999}], "cents": 5, "city": "&"}"#,
    """
    {"name": "C", "tier": "silver", "items": [{"title": "x"}, {"title": "y"}, {"title": "<z>"}],
     "born": "2000-02-29", "link": "https://a.example/?q=1&r=2", "html": "<b>bold</b><script>",
     "more": {"a": [1, 2.5, "x"]}, "ratio": 0.5, "cents": 123456}
    """,
  ]

  /// A template that prints as its name.
  struct Template: CustomStringConvertible, Sendable {
    var description: String
    var text: String
  }

  private static let templates: [Template] = [
    Template(
      description: "columns by loops and branches",
      text: """
        <mjml><mj-head><lp-subject>{{ profile.name }}</lp-subject><mj-preview>{{ profile.city | default: "-" }}
        </mj-preview></mj-head><mj-body><mj-section>
        {% if profile.tier == "gold" %}<mj-column><mj-text>Gold</mj-text></mj-column>{% endif %}
        {% for item in profile.items limit: 2 %}<mj-column><mj-text>{{ forloop.index }} {{ item.title }}
        {% if item.price %}{{ item.price | money }}{% endif %}</mj-text></mj-column>
        {% else %}<mj-column><mj-text>none</mj-text></mj-column>{% endfor %}
        </mj-section></mj-body></mjml>
        """
    ),
    Template(
      description: "every kind of statement and filter",
      text: """
        <mjml><mj-body>{% assign all = profile.items | map: "title" | join: ", " %}
        {% capture hello %}<b>{{ profile.name }}</b>{% endcapture %}
        <mj-section>{% for item in profile.items %}<card title="No. {{ forloop.index }}: {{ item.title }}" />
        {% endfor %}<mj-column><mj-text color="{% if profile.city %}#abc{% else %}#123456{% endif %}">
        {{ hello }} {{ all | upcase }} {{ "now" | date: "%d. %B %Y %H:%M" }}
        {% if profile.born %}{{ profile.born | date: "%e. %B" }}{% endif %}
        {% if profile.html %}{{ profile.html }}{% endif %}
        {% if profile.link %}<a href="{{ profile.link }}">x</a>{% endif %}
        <a href="https://b.example/?n={{ profile.tier | default: "none" | url_encode }}">y</a>
        {{ profile.ratio | default: 1 | times: 3 }} {{ profile.more.a[1] }} {{ profile.more | json }}
        {% for i in (1..3) reversed %}{% cycle "a", "b" %}{% increment n %}{% if i == 2 %}{% continue %}
        {% endif %}{{ i }}{% endfor %}{% tablerow item in profile.items cols: 2 %}{{ item.title }}
        {% endtablerow %}{% case profile.tier %}{% when "gold", "silver" %}known{% else %}new{% endcase %}
        {% ifchanged %}{{ profile.name }}{% endifchanged %}{% unless profile.cents or profile.city
        and profile.born %}nothing{% endunless %}</mj-text></mj-column></mj-section></mj-body></mjml>
        """
    ),
    Template(
      description: "abort",
      text: TestProject.layout(
        "<mj-text>{% if profile.tier == 'gold' %}{% abort 'no gold' %}{% endif %}{{ profile.name }}</mj-text>"
      )
    ),
    Template(
      description: "translations",
      text: TestProject.layout(
        """
        <mj-text>{% assign tag = profile.city | default: 'en' %}{% assign n = profile.items.size %}
        {{ 'things' | t: count: n, locale: tag }} {{ 'things' | t: count: 1 }}</mj-text>
        """
      )
    ),
  ]
}
