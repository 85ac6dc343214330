import Foundation
import Letterpress
import LetterpressDiagnostics
import Testing

struct ProjectCheckTests {
  @Test func `a broken layout hides nothing of the others`() throws {
    let project = try TestProject([
      "layouts/broken.mjml": "<mjml><mj-body></mjml>",
      "layouts/good.mjml": TestProject.layout("<mj-text>{{ profile.name }}</mj-text>"),
      "layouts/wrong.mjml": TestProject.layout("<mj-text>{{ profile.nmae }}</mj-text>"),
    ])
    let findings = try project.findings()
    #expect(findings.count { $0.hasPrefix("layouts/broken.mjml:") } >= 1)
    #expect(findings.count { $0.hasPrefix("layouts/wrong.mjml:2:") } == 1)
    #expect(!findings.contains { $0.hasPrefix("layouts/good.mjml") })
    #expect(try project.html("good", profile: #"{"name": "A & B"}"#).contains("A &amp; B"))
  }

  @Test func `the manifest's mistakes have places`() throws {
    let project = try TestProject([
      "letterpress.yaml": "widths: [375]\nlocal: de\ncurrency: euro\nroots: nowhere\n"
    ])
    #expect(
      try project.findings() == [
        "letterpress.yaml:2:1: error: there is no setting 'local' [unknown-manifest-key]",
        "letterpress.yaml:3:11: error: 'currency' wants an ISO 4217 code of three capital letters, "
          + "such as EUR [invalid-manifest]",
        "letterpress.yaml:4:8: error: 'roots' wants 'profile' or 'properties' [invalid-manifest]",
      ]
    )
  }

  @Test func `constants of the manifest are names`() throws {
    let project = try TestProject([
      "letterpress.yaml": "vars:\n  shop: Alder & Ink\n",
      "layouts/mail.mjml": TestProject.layout("<mj-text>{{ shop }}</mj-text>"),
    ])
    #expect(try project.findings() == [])
    #expect(try project.html("mail", profile: #"{"name": "A"}"#).contains("Alder &amp; Ink"))
  }

  @Test func `a profile that does not conform is refused with its pointer`() throws {
    let project = try TestProject(["layouts/mail.mjml": TestProject.layout("<mj-text>x</mj-text>")])
    let compiler = try project.compiler()
    let failure = #expect(throws: Recipient.Failure.self) {
      try compiler.recipient(profile: Array(#"{"name": 3}"#.utf8), path: "p.json")
    }
    let finding = try #require(failure?.diagnostics.first)
    #expect(finding.primary.range.start == 9)
    #expect("\(finding)".contains("/name"))
  }

  @Test func `a persona that is no JSON is a finding at its place`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": TestProject.layout("<mj-text>x</mj-text>"),
      "fixtures/personas/ada.json": "{\n  \"profile\": {,}\n}",
    ])
    let findings = try project.findings()
    #expect(findings.count == 1)
    #expect(findings.first?.hasPrefix("fixtures/personas/ada.json:2:15: error:") == true)
  }

  @Test func `blocks that use each other are an error that prints the cycle`() throws {
    let project = try TestProject([
      "blocks/one.mjml": "<lp-block><mj-column><two/></mj-column></lp-block>",
      "blocks/two.mjml": "<lp-block><mj-column><one/></mj-column></lp-block>",
    ])
    #expect(try project.findings().contains { $0.contains("one → two → one") })
  }

  @Test func `an example that reads what a persona lacks names the persona`() throws {
    let findings = try TestProject([
      "fixtures/personas/ada.json":
        #"{"title": "Ada", "notes": "", "tags": [], "profile": {"name": "Ada"}}"#,
      "blocks/greeting-line.mjml": """
      <lp-block><lp-param name="who" type="string" />
      <lp-example who="{{ personas.ada.town }}" /><mj-text>{{ who }}</mj-text></lp-block>
      """,
    ]).findings()
    #expect(
      findings.first { $0.contains("unknown-field") }
        == "blocks/greeting-line.mjml:2:34: error: 'personas.ada' has no 'town' [unknown-field]"
    )
  }

  @Test func `warnings can be silenced where they stand, errors cannot`() throws {
    let unused = "{% assign spare = 1 %}"
    let silence = "{% comment %} letterpress-disable unused-assign {% endcomment %}"
    let loud = try TestProject(["layouts/mail.mjml": TestProject.layout(unused)]).findings()
    #expect(loud.count == 1 && loud[0].contains("[unused-assign]"))
    let quiet = try TestProject(["layouts/mail.mjml": TestProject.layout(silence + unused)])
    #expect(try quiet.findings() == [])
    let error = "{% # letterpress-disable %}<mj-text>{{ profile.nmae }}</mj-text>"
    #expect(try TestProject(["layouts/mail.mjml": TestProject.layout(error)]).findings().count == 1)
  }

  /// Each `@` is a warning; the numbers are those of the ones that are heard.
  @Test(
    arguments: [
      ("{% # letterpress-disable unused-assign %}@{% # letterpress-enable unused-assign %}@", [2]),
      ("{% # letterpress-disable unused-assign %}@{% # letterpress-enable %}@", [2]),
      ("{% # letterpress-disable %}@{% # letterpress-enable unused-assign %}@", []),
      ("{% # letterpress-disable merge-tag, unused-assign %}@", []),
      ("{% # letterpress-disable merge-tag %}@", [1]),
      ("{% # letterpress-disable-next-line unused-assign %}\n@\n@", [2]),
      ("{% comment %} letterpress-disable letterpress-enable {% endcomment %}@", [1]),
      (
        "{% # letterpress-disable unused-assign %}{% # letterpress-disable unused-assign %}@"
          + "{% # letterpress-enable unused-assign %}@", [2]
      ),
      ("{% comment %} {% endcomment %} letterpress-disable @", [1]),
      ("letterpress-disable @", [1]),
      ("{% # letterpress-disable unused-assign %}@letterpress-enable@", []),
    ] as [(String, [Int])]
  )
  func `warnings are heard again where a comment says so`(content: String, heard: [Int]) throws {
    var text = ""
    for (number, piece) in content.split(separator: "@", omittingEmptySubsequences: false)
      .enumerated()
    {
      text += (number == 0 ? "" : "{% assign spare_\(number) = 1 %}") + piece
    }
    let project = try TestProject([
      "layouts/mail.mjml": TestProject.layout("<mj-text>\(text)</mj-text>")
    ])
    let findings = try project.findings()
    #expect(findings.count == heard.count, "\(findings)")
    for (finding, number) in zip(findings, heard) { #expect(finding.contains("spare_\(number)")) }
  }

  @Test func `a house rule turns a warning off or into an error`() throws {
    let layout = TestProject.layout("{% assign spare = 1 %}")
    for (rule, expected) in [("off", nil), ("error", "error: "), ("warning", "warning: ")] {
      let project = try TestProject([
        "letterpress.yaml": "severity:\n  unused-assign: \(rule)\n", "layouts/mail.mjml": layout,
      ])
      let findings = try project.findings()
      #expect(findings.count == (expected == nil ? 0 : 1))
      if let expected { #expect(findings.first?.contains(expected) == true) }
    }
  }

  @Test func `a house rule for a finding that does not exist is told, with the one that was meant`()
    throws
  {
    let findings = try TestProject(["letterpress.yaml": "severity:\n  unused-asign: off\n"])
      .findings()
    #expect(findings.count == 1)
    #expect(findings[0].hasPrefix("letterpress.yaml:2:3: error: there is no kind of finding"))
    #expect(findings[0].hasSuffix("[unknown-manifest-key]"))
  }

  @Test func `a baseline keeps what was known away, wherever its line moves`() throws {
    let wrong = TestProject.layout("<mj-text>{{ profile.nmae }}</mj-text>")
    let before = try TestProject(["layouts/mail.mjml": wrong]).compiler()
    let baseline = Baseline(before.check(), in: before.sources)
    let moved = TestProject.layout("\n\n<mj-text>{{ profile.nmae }}</mj-text>\n{{ profile.x }}")
    let after = try TestProject(["layouts/mail.mjml": moved]).compiler()
    let new = try Baseline(json: baseline.json).new(in: after.check(), sources: after.sources)
    #expect(new.count == 1)
    #expect(
      new.allSatisfy {
        after.sources[$0.primary.range.file].position(
          at: $0.primary.range.start
        ).line == 5
      }
    )
  }

  @Test func `safe fixes are applied to the text`() throws {
    let project = try TestProject([
      "layouts/mail.mjml": TestProject.layout(
        "<mj-text>{{ profile.nmae }}, {{ profile.citi | default: 'x' }}</mj-text>"
      )
    ])
    let compiler = try project.compiler()
    let application = FixApplication(compiler.check(), in: compiler.sources)
    #expect(application.count == 2)
    let text = String(decoding: try #require(application.files.first).bytes, as: UTF8.self)
    #expect(text.contains("{{ profile.name }}, {{ profile.city | default: 'x' }}"))
  }

  @Test(arguments: [("output", 1_000), ("render-steps", 5), ("value", 10)])
  func `a limit of the manifest holds`(name: String, limit: Int) throws {
    let loop =
      "<mj-text>{% for i in (1..50) %}{{ profile.name | append: '!' }}{% endfor %}</mj-text>"
    let files = ["layouts/mail.mjml": TestProject.layout(loop)]
    let profile = #"{"name": "somebody with a name"}"#
    #expect(try TestProject(files).html("mail", profile: profile).contains("name!"))
    let bounded = try TestProject(
      files.merging(["letterpress.yaml": "limits:\n  \(name): \(limit)\n"]) { first, _ in first }
    )
    #expect(throws: RenderFailure.self) { try bounded.html("mail", profile: profile) }
  }

  @Test(arguments: [
    ("time-zone: Europe/Berln", 1, 12), ("locale: german language", 1, 9),
    ("pii: { allow: [profile.cty] }", 1, 16), ("curency: EUR", 1, 1), ("currency: euro", 1, 11),
  ])
  func `a setting that means nothing is found`(manifest: String, line: Int, column: Int) throws {
    let project = try TestProject([
      "letterpress.yaml": manifest, "layouts/mail.mjml": TestProject.layout("<mj-text>x</mj-text>"),
    ])
    let findings = try project.findings()
    #expect(findings.count == 1, "\(findings)")
    #expect(findings.first?.hasPrefix("letterpress.yaml:\(line):\(column): error:") == true)
  }

  @Test func `defaults of attributes are held to the types of the elements that have them`() throws
  {
    let attributes = """
      <mj-all font-famly="x" padding="10px" color="rde" />
      <mj-class name="big" font-size="20" zzz="1" width="100px" />
      <mj-image width="{{ profile.name }}px" />
      <mj-class name="wide" width="{{ profile.name }}px" />
      """
    let project = try TestProject([
      "layouts/mail.mjml":
        "<mjml><mj-head><mj-attributes>\n\(attributes)\n</mj-attributes></mj-head><mj-body></mj-body></mjml>"
    ])
    #expect(
      try project.findings().map {
        $0.split(separator: " ")[0] + " " + ($0.split(separator: "[").last ?? "")
      }
        == [
          "layouts/mail.mjml:2:9: unknown-attribute]",
          "layouts/mail.mjml:2:46: invalid-attribute-value]",
          "layouts/mail.mjml:3:33: invalid-attribute-value]",
          "layouts/mail.mjml:3:37: unknown-attribute]",
          "layouts/mail.mjml:4:21: dynamic-layout-attribute]",
          "layouts/mail.mjml:5:33: dynamic-layout-attribute]",
        ]
    )
  }

  @Test func `a misspelt block is one mistake`() throws {
    let project = try TestProject([
      "blocks/price-line.mjml":
        "<lp-block summary=\"x\"><lp-param name=\"a\" type=\"string\" /><mj-text>{{ a }}</mj-text></lp-block>",
      "layouts/mail.mjml": TestProject.layout("<price-lien a=\"{{ profile }}\" />"),
    ])
    #expect(
      try project.findings() == [
        "layouts/mail.mjml:2:2: error: there is no element 'price-lien'; did you mean 'price-line'? [unknown-element]"
      ]
    )
  }
}
