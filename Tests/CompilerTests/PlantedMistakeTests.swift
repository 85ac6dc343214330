import Foundation
import Letterpress
import LetterpressDiagnostics
import TestSupport
import Testing

/// The sample project with one layout more for each mistake: all are found where they are, and nothing else.
struct PlantedMistakeTests {
  /// The ID that is expected, and the content of a column; `«` stands before the place.
  static let mistakes: [(id: String, content: String)] = [
    ("unknown-field", "<mj-text>{{ profile.«frist_name | default: 'x' }}</mj-text>"),
    ("unknown-field", "<mj-text>{{ profile.location.«town }}</mj-text>"),
    ("optional-without-default", "<mj-text>{{ «profile.first_name }}</mj-text>"),
    ("optional-filtered", "<mj-text>{{ «profile.note | upcase }}</mj-text>"),
    (
      "optional-compared",
      "<mj-text>{% if «profile.birthday < profile.membership.since %}x{% endif %}</mj-text>"
    ),
    ("unknown-filter", "<mj-text>{{ profile.id | «upcaze }}</mj-text>"),
    ("filter-argument-count", "<mj-text>{{ profile.id | upcase: «1 }}</mj-text>"),
    ("filter-argument-type", "<mj-text>{{ profile.id | truncate: «'long' }}</mj-text>"),
    ("filter-input", "<mj-text>{{ «profile.consent.marketing | times: 2 }}</mj-text>"),
    ("unknown-variable", "<mj-text>{{ «custmer }}</mj-text>"),
    ("unknown-tag", "<mj-text>{% «iff profile.id %}</mj-text>"),
    (
      "not-in-enum",
      "<mj-text>{% if profile.membership.tier == «'platinum' %}x{% endif %}</mj-text>"
    ),
    ("constant-condition", "<mj-text>{% if «profile.id %}x{% endif %}</mj-text>"),
    (
      "case-not-exhaustive",
      "<mj-text>«{% case profile.membership.tier %}{% when 'gold' %}g{% endcase %}</mj-text>"
    ),
    (
      "duplicate-when",
      "<mj-text>{% case profile.language %}{% when 'en' %}a{% when «'en' %}b{% else %}c{% endcase %}</mj-text>"
    ),
    (
      "unreachable-branch",
      "<mj-text>{% if profile.membership.points > 5 %}a{% elsif «profile.membership.points > 9 %}b{% endif %}</mj-text>"
    ),
    (
      "unlike-comparison",
      "<mj-text>{% if «profile.membership.points == 'ten' %}x{% endif %}</mj-text>"
    ),
    ("division-by-zero", "<mj-text>{{ 100 | divided_by: «profile.membership.points }}</mj-text>"),
    ("object-printed", "<mj-text>{{ «profile.cart.subtotal }}</mj-text>"),
    (
      "not-iterable",
      "<mj-text>{% for x in «profile.membership.points %}{{ x }}{% endfor %}</mj-text>"
    ),
    ("foreign-merge-tag", "<mj-text>Dear «*|FNAME|*</mj-text>"),
    ("curly-quotes", "<mj-text>{{ profile.first_name | default: «“friend” }}</mj-text>"),
    ("liquid-syntax", "<mj-text>{{ profile.id «| }}</mj-text>"),
    ("unclosed-block", "<mj-text>«{% if profile.consent.marketing %}x</mj-text>"),
    ("stray-tag", "<mj-text>x«{% endif %}</mj-text>"),
    (
      "else-condition",
      "<mj-text>{% if profile.consent.marketing %}a{% «else if profile.consent.personalised %}b{% endif %}</mj-text>"
    ),
    ("missing-partial", "<mj-text>{% render «'nowhere' %}</mj-text>"),
    ("unused-assign", "«{% assign spare = 1 %}<mj-text>x</mj-text>"),
    (
      "shadowed-name",
      "<mj-text>{% for x in profile.orders %}{% for «x in profile.orders %}{{ x.number }}{% endfor %}{% endfor %}</mj-text>"
    ),
    ("not-a-uri", "<mj-button href=\"{{ «profile.language }}\">x</mj-button>"),
    (
      "personal-data-in-url",
      "<mj-button href=\"https://example.com/?e={{ «profile.email }}\">x</mj-button>"
    ),
    (
      "dynamic-layout-attribute",
      "<mj-image src=\"https://example.com/a.png\" alt=\"\" width=\"{{ «profile.id }}px\" />"
    ),
    ("unknown-element", "<«mj-txt>x</mj-txt>"),
    ("element-not-allowed", "<«mj-section></mj-section>"),
    ("unknown-attribute", "<mj-text «colour=\"red\">x</mj-text>"),
    ("invalid-attribute-value", "<mj-text color=\"«rde\">x</mj-text>"),
    ("unknown-argument", "<cta-button label=\"x\" href=\"https://example.com/\" «lable=\"y\" />"),
    ("missing-argument", "«<cta-button label=\"x\" />"),
    ("argument-type", "<price-tag price=\"{{ «profile.id }}\" locale=\"{{ profile.locale }}\" />"),
    ("stray-text", "«loose words"),
    ("stray-output", "«{{ profile.id }}"),
    ("unterminated-tag", "<mj-text>«{% if profile.consent.marketing }x{% endif %}</mj-text>"),
    ("unterminated-output", "<mj-text>«{{ profile.id }</mj-text>"),
    ("unterminated-string", "<mj-text>{{ profile.id | append: «'x }}</mj-text>"),
    ("date-format", "<mj-text>{{ now | date: «'dd.MM.yyyy' }}</mj-text>"),
    ("invalid-filter-argument", "<mj-text>{{ 100 | money: «'euros' }}</mj-text>"),
    ("unknown-filter-argument", "<mj-text>{{ 100 | money: «curency: 'EUR' }}</mj-text>"),
    ("interrupt-outside-loop", "<mj-text>«{% break %}</mj-text>"),
    ("missing-value", "<mj-text>«{{ }}</mj-text>"),
    ("foreign-merge-tag", "<mj-text>Dear «${name}</mj-text>"),
    ("foreign-merge-tag", "<mj-text>Dear «<%= name %></mj-text>"),
    ("foreign-merge-tag", "<mj-text>Dear «##NAME##</mj-text>"),
    ("foreign-merge-tag", "<mj-text>Dear «{{{ profile.id }}}</mj-text>"),
    (
      "liquid-among-attributes",
      "<mj-text «{% if profile.consent.marketing %}color=\"red\"{% endif %}>x</mj-text>"
    ),
    ("duplicate-attribute", "<mj-text color=\"red\" «color=\"blue\">x</mj-text>"),
    ("shadowed-name", "<mj-text>{% for «profile in (1..2) %}{{ profile }}{% endfor %}</mj-text>"),
    ("missing-translation", "<mj-text>{{ «'helo' | t: name: 'x' }}</mj-text>"),
    ("missing-translation-argument", "<mj-text>{{ «'hello' | t }}</mj-text>"),
    (
      "unused-translation-argument",
      "<mj-text>{{ 'hello' | t: name: 'x', «city: 'y' }}</mj-text>"
    ),
    ("dynamic-translation-key", "<mj-text>{{ «profile.id | upcase | t }}</mj-text>"),
    ("unknown-locale", "<mj-text>{{ 'hello' | t: name: 'x', locale: «'xx' }}</mj-text>"),
    (
      "variant-field",
      "<mj-text>{% for event in profile.browsing %}{{ event.«product.title }}{% endfor %}</mj-text>"
    ),
  ]

  @Test func `each mistake is found at its column, and nothing else is`() throws {
    var expected: Set<String> = []
    var files: [String: String] = [:]
    for folder in ["layouts", "blocks", "fixtures", "fixtures/personas", "fixtures/locales"] {
      let url = Repository.root.appending(path: folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: url.path)
      where name.contains(".") {
        files["\(folder)/\(name)"] = try String(
          contentsOf: url.appending(path: name),
          encoding: .utf8
        )
      }
    }
    files["letterpress.yaml"] = try String(
      contentsOf: Repository.root.appending(path: "letterpress.yaml"),
      encoding: .utf8
    )
    for language in ["en-GB", "de"] {
      files["fixtures/locales/\(language).yaml", default: ""] += "hello: \"Hello {{ name }}\"\n"
    }
    for (index, mistake) in Self.mistakes.enumerated() {
      let halves = mistake.content.split(separator: "«", omittingEmptySubsequences: false)
      let content = halves.joined()
      let path = "layouts/planted-\(index).mjml"
      files[path] = TestProject.layout(content)
      expected.insert("\(path):2:\(halves[0].unicodeScalars.count + 1) [\(mistake.id)]")
    }
    let compiler = try TestProject(files).compiler()
    let found = Set(
      compiler.check().map { diagnostic in
        let file = compiler.sources[diagnostic.primary.range.file]
        let place = file.position(at: diagnostic.primary.range.start)
        return "\(file.path):\(place.line):\(place.column) [\(diagnostic.id)]"
      }
    )
    #expect(found.subtracting(expected).sorted() == [])
    #expect(expected.subtracting(found).sorted() == [])
  }
}
