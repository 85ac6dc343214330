import Foundation
import Letterpress
import LetterpressDiagnostics
import Testing

/// The filter `t`: what it prints, and what `check` says of keys, languages, forms and arguments.
struct TranslationTests {
  private static let schema = """
    {"type": "object", "required": ["name", "language", "tier", "count", "url", "email", "bio"],
     "properties": {
      "name": {"type": "string"}, "language": {"type": "string"}, "spoken": {"enum": ["en", "de"]},
      "tier": {"enum": ["gold", "silver"]}, "count": {"type": "integer"}, "city": {"type": "string"},
      "url": {"type": "string", "format": "uri"}, "amount": {"type": "number"},
      "bio": {"type": "string", "contentMediaType": "text/html"},
      "email": {"type": "string", "format": "email", "x-pii": true}}}
    """

  private static let profile = """
    {"name": "A<b>", "language": "de-AT", "spoken": "de", "tier": "gold", "count": 3,
     "url": "javascript:alert(1)", "email": "a@b.example", "bio": "<i>x</i><script>y</script>"}
    """

  private static func project(
    _ text: String,
    _ locales: [String: String],
    manifest: String = "locale: en-GB\n"
  ) throws -> TestProject {
    var files = [
      "letterpress.yaml": manifest, "fixtures/profile.schema.json": schema,
      "layouts/mail.mjml": TestProject.layout("<mj-text>\(text)</mj-text>"),
    ]
    for (tag, yaml) in locales { files["fixtures/locales/\(tag).yaml"] = yaml }
    return try TestProject(files)
  }

  /// What a text prints, without what MJML puts around it.
  private static func printed(
    _ text: String,
    _ locales: [String: String],
    manifest: String = "locale: en-GB\n",
    profile: String = profile
  ) throws -> String {
    let html = try project("[[\(text)]]", locales, manifest: manifest)
      .html("mail", profile: profile)
    let start = html.range(of: "[[")?.upperBound ?? html.startIndex
    let end = html.range(of: "]]")?.lowerBound ?? html.endIndex
    return String(html[start..<end])
  }

  private static let texts = [
    "en": """
    hello: "Hello {{ name }}, %{name}, {name}: { x } 100 %"
    basket: {zero: Nothing, one: One thing, other: "{{ count }} things"}
    tier: {gold: Gold & more, silver: Silver}
    intro_html: "<b>Hi {{ name }}</b> <a href='{{ url }}'>look</a>"
    shop: https://shop.example/
    """,
    "de": """
    de:
      hello: "Hallo {name}"
      basket: {one: Ein Ding, other: "{{ count }} Dinge"}
      tier: {gold: Gold, silver: Silber}
      intro_html: "<i>Tag</i> {{ name }}{{ url }}"
      shop: https://shop.example/de
    """,
  ]

  @Test(arguments: [
    ("{{ 'hello' | t: name: 'Ada' }}", "Hello Ada, Ada, Ada: { x } 100 %"),
    ("{{ 'hello' | t: name: profile.name, locale: 'de' }}", "Hallo A&lt;b&gt;"),
    ("{{ 'hello' | t: name: profile.name, locale: profile.language }}", "Hallo A&lt;b&gt;"),
    ("{{ 'hello' | t: name: 'x', locale: profile.spoken }}", "Hallo x"),
    ("{{ 'basket' | t: count: profile.count }}", "3 things"),
    ("{{ 'basket' | t: count: 0 }} {{ 'basket' | t: count: 1 }}", "Nothing One thing"),
    ("{{ 'basket' | t: count: profile.count, locale: 'de-CH' }}", "3 Dinge"),
    ("{{ 'basket.one' | t }}", "One thing"),
    ("{% assign k = 'tier.' | append: profile.tier %}{{ k | t }}", "Gold &amp; more"),
    ("{{ 'hello' | t: name: 'x', locale: 'de' | upcase }}", "HALLO X"),
    (
      "{{ 'intro_html' | t: name: profile.name, url: 'https://x.example' }}",
      "<b>Hi A&lt;b&gt;</b> <a href=\"https://x.example\">look</a>"
    ),
    ("{{ 'intro_html' | t: name: '&', url: profile.url }}", "<b>Hi &amp;</b> <a>look</a>"),
    ("<a href=\"{{ 'shop' | t }}\">x</a>", "<a href=\"https://shop.example/\">x</a>"),
  ])
  func `prints the text of the language`(text: String, expected: String) throws {
    #expect(try Self.printed(text, Self.texts) == expected)
  }

  @Test func `falls back from region to language to the project's language`() throws {
    let texts = ["en": "a: en\nb: en\nc: en\n", "pt": "a: pt\nb: pt\n", "pt-BR": "a: br\n"]
    let text =
      "{% assign l = 'pt-BR' %}{{ 'a' | t: locale: l }} {{ 'b' | t: locale: l }} {{ 'c' | t: locale: l }}"
    #expect(try Self.printed(text, texts, manifest: "locale: en\n") == "br pt en")
    let dynamic = text.replacingOccurrences(
      of: "{% assign l = 'pt-BR' %}",
      with: "{% assign l = profile.language %}"
    )
    let cases = [
      ("pt-br", "br pt en"), ("pt_PT", "pt pt en"), ("xx", "en en en"), ("PT_br-x-a", "br pt en"),
      ("", "en en en"), ("p", "en en en"), ("pt-bré", "pt pt en"), ("-pt", "en en en"),
    ]
    for (language, expected) in cases {
      let profile = Self.profile.replacingOccurrences(of: "de-AT", with: language)
      #expect(
        try Self.printed(dynamic, texts, manifest: "locale: en\n", profile: profile) == expected
      )
    }
    #expect(
      try Self.project(
        "{{ 'a' | t }}",
        ["pt": "a: pt", "pt-BR": "{}"],
        manifest: "locale: pt-BR\n"
      )
      .findings().isEmpty
    )
  }

  @Test(arguments: [
    // Keys.
    ("{{ 'hello' | t: name: 'x' }}", nil),
    (
      "{{ 'helo' | t: name: 'x' }}",
      "layouts/mail.mjml:2:13: error: there is no translation of 'helo' in 'en'; did you mean 'hello'? [missing-translation]"
    ),
    (
      "{{ 'only_en' | t }}",
      "layouts/mail.mjml:2:13: warning: there is no translation of 'only_en' in 'de' [missing-translation]"
    ),
    ("{{ 'only_en' | t: locale: 'en' }}", nil),
    (
      "{{ profile.name | t }}",
      "layouts/mail.mjml:2:13: error: the key of a translation has to be known when the template is compiled, or be one of finitely many; 'profile.name' could be anything [dynamic-translation-key]"
    ),
    (
      "{% assign k = 'tier.' | append: profile.tier %}{{ k | t }}",
      "layouts/mail.mjml:2:60: error: there is no translation of 'tier.silver' in 'en' [missing-translation]"
    ),
    // Arguments.
    (
      "{{ 'hello' | t }}",
      "layouts/mail.mjml:2:13: error: the translation of 'hello' in 'en' wants 'name' [missing-translation-argument]"
    ),
    (
      "{{ 'hello' | t: nmae: 'x' }}",
      "layouts/mail.mjml:2:26: error: the translation of 'hello' has no placeholder 'nmae'; did you mean 'name'? [unused-translation-argument]"
    ),
    (
      "{{ 'hello' | t: name: 'x', city: 'y' }}",
      "layouts/mail.mjml:2:37: warning: the translation of 'hello' has no placeholder 'city' [unused-translation-argument]"
    ),
    (
      "{{ 'things' | t }}",
      "layouts/mail.mjml:2:13: error: the translation of 'things' in 'en' depends on a number: give it 'count:' [missing-translation-argument]"
    ),
    ("{{ 'things' | t: count: 2 }}", nil),
    (
      "{{ 'hello' | t: name: profile.city }}",
      "layouts/mail.mjml:2:32: error: 'profile.city' may be nil, but 't' needs a value [optional-filtered]"
    ),
    ("{{ 'hello' | t: name: 'x', locale: profile.spoken }}", nil),
    // Languages.
    (
      "{{ 'hello' | t: name: 'x', locale: 'dee' }}",
      "layouts/mail.mjml:2:45: warning: there are no translations for 'dee'; did you mean 'de'? [unknown-locale]"
    ),
    // Places.
    (
      "<a href=\"https://x.example/?q={{ 'hello' | t: name: profile.email }}\">x</a>",
      "layouts/mail.mjml:2:43: error: 'profile.email' is personal and would become part of a URL [personal-data-in-url]"
    ),
    ("{% if profile.count > 1 %}{{ 'hello' | t: name: profile.bio }}{% endif %}", nil),
  ])
  func `is checked at its place`(text: String, expected: String?) throws {
    let findings = try Self.project(
      text,
      [
        "en": "hello: 'Hello {name}'\nonly_en: x\ntier: {gold: G}\nthings: {one: a, other: b}",
        "de": "hello: 'Hallo {name}'\ntier: {gold: G}\nthings: {one: a, other: b}",
      ],
      manifest: "locale: en\nseverity: {unused-translation: off}\n"
    ).findings()
    #expect(findings == [expected].compactMap(\.self))
  }

  @Test func `keys that nothing reads are reported once, in the file`() throws {
    let locales = [
      "en": "used: x\nold:\n  slogan: y\nforms: {one: a, other: b}\n",
      "de": "used: x\nold: {slogan: y}\nforms: {one: a, other: b}\n",
    ]
    let findings = try Self.project("{{ 'used' | t }}", locales, manifest: "locale: en\n")
      .findings()
    #expect(
      findings == [
        "fixtures/locales/en.yaml:3:3: warning: no template uses the translation 'old.slogan' [unused-translation]",
        "fixtures/locales/en.yaml:4:1: warning: no template uses the translation 'forms' [unused-translation]",
      ]
    )
  }

  @Test(arguments: [
    ("en.yaml", "a: [x]", "fixtures/locales/en.yaml:1:1"),
    ("en.yaml", "a:", "fixtures/locales/en.yaml:1:1"),
    ("en.yaml", "a: x\nb: ~", "fixtures/locales/en.yaml:2:1"),
    ("en.yaml", "a: x\na.b: y\na: z", "fixtures/locales/en.yaml:1:1"),
    ("en.yaml", "a: \"x", "fixtures/locales/en.yaml:1:6"),
    ("en.yaml", "a:\n  b: x\na.b: y", "fixtures/locales/en.yaml:3:1"),
    ("en.yaml", "just text", "fixtures/locales/en.yaml:1:1"),
    ("not a tag.yaml", "a: x", "fixtures/locales/not a tag.yaml:1:1"),
  ])
  func `a file that is none is reported`(name: String, yaml: String, place: String) throws {
    let project = try TestProject([
      "fixtures/locales/\(name)": yaml, "layouts/mail.mjml": TestProject.layout(""),
      "letterpress.yaml": "severity: {unused-translation: off}\n",
    ])
    let findings = try project.findings()
    #expect(findings.count == 1, "\(findings)")
    #expect(findings.first?.hasPrefix("\(place): error: ") == true, "\(findings)")
    #expect(findings.first?.hasSuffix("[invalid-translations]") == true, "\(findings)")
  }

  @Test func `blocks and partials read translations, and misspelt keys are told once`() throws {
    let project = try TestProject([
      "letterpress.yaml": "locale: en\n",
      "fixtures/locales/en.yaml": "in_block: x\nin_partial: y\nkind: {a: A, b: B}\ntitel: z\n",
      "blocks/note.mjml": """
      <lp-block summary="x"><lp-param name="kind" type="a | b" />
      <mj-text>{{ 'in_block' | t }}{% assign k = 'kind.' | append: kind %}{{ k | t }}</mj-text></lp-block>
      """,
      "blocks/foot.liquid": "{{ 'in_partial' | t }}",
      "layouts/mail.mjml": TestProject.layout(
        "<note kind=\"a\" /><mj-text>{% render 'foot' %}{{ 'title' | t }}</mj-text>"
      ),
    ])
    #expect(
      try project.findings() == [
        "layouts/mail.mjml:2:49: error: there is no translation of 'title' in 'en'; did you mean 'titel'? [missing-translation]"
      ]
    )
  }
}
