import Foundation
import TestSupport
import Testing

/// Rendering asks for no memory once it is warm: counted in a process of its own (Tests/AllocationProbe),
/// for here other tests run beside.
@Suite("Allocations")
struct AllocationTests {
  @Test func `a warm render asks for no memory`() throws {
    let project = try TestProject([
      "letterpress.yaml": "sender: Shop <shop@ink.example>",
      "fixtures/profile.schema.json": Self.schema, "layouts/mail.mjml": Self.layout,
      "profiles.ndjson": Self.profiles,
    ])
    let counts = try Self.counts(
      project.root,
      "mail",
      project.root.appending(path: "profiles.ndjson")
    )
    #expect(counts.map(\.html) == [0, 0, 0])
    #expect(counts.map(\.message) == [0, 0, 0])
  }

  /// The sample project's layout whose filters have no values but ASCII; Liquid's own filters, which the others
  /// use, make texts of their own.
  @Test func `the HTML of a warm welcome asks for no memory`() throws {
    let folder = Repository.root.appending(path: "fixtures/personas")
    var rows: [Data] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let persona = try JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appending(path: name))
      )
      guard let profile = (persona as? [String: Any])?["profile"] as? [String: Any],
        let language = profile["language"] as? String, ["en", "de"].contains(language)
      else { continue }
      rows.append(try JSONSerialization.data(withJSONObject: profile))
    }
    let project = try TestProject([:])
    let file = project.root.appending(path: "profiles.ndjson")
    try Data(rows.joined(separator: [UInt8(ascii: "\n")])).write(to: file)
    let counts = try Self.counts(Repository.root, "welcome", file)
    #expect(rows.count > 10)
    #expect(counts.map(\.html) == rows.map { _ in 0 })
  }

  /// The counts of the probe for a file of profiles.
  private static func counts(
    _ root: URL,
    _ layout: String,
    _ profiles: URL
  ) throws -> [(html: Int, message: Int)] {
    let run = try ProgramRun("AllocationProbe", [root.path, layout, profiles.path])
    #expect(run.code == 0, "\(run.errors)")
    return run.output.split(separator: "\n").compactMap { line in
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      return numbers.count == 2 ? (numbers[0], numbers[1]) : nil
    }
  }

  private static let schema = """
    {"type": "object", "required": ["user", "items"], "properties": {
      "user": {"type": "object", "required": ["email", "points", "currency"], "properties": {
        "name": {"type": "string"}, "email": {"type": "string", "format": "email"},
        "tier": {"enum": ["gold", "silver"]}, "points": {"type": "integer"},
        "site": {"type": "string", "format": "uri"}, "since": {"type": "string", "format": "date"},
        "color": {"type": "string", "format": "color"}, "currency": {"type": "string"}}},
      "items": {"type": "array", "items": {"type": "object", "required": ["title", "cents"],
        "properties": {"title": {"type": "string"}, "cents": {"type": "integer"},
          "new": {"type": "boolean"}}}}}}
    """

  private static let layout = """
    <mjml><mj-head><lp-subject>For {{ profile.user.name | default: "you" }}</lp-subject>
      <lp-header name="X-Points">{{ profile.user.points }}</lp-header></mj-head><mj-body>
      {% assign total = profile.user.points | times: 3 | minus: 1 %}
      <mj-section><mj-column>
        <mj-text>{{ profile.user.name | default: "friend" }}, {{ profile.user.name | default: "x" | upcase }}, {{ total }}</mj-text>
        <mj-text>{% if profile.user.tier == "gold" %}G{% elsif profile.user.points > 10 %}P{% else %}-{% endif %}</mj-text>
        <mj-text>{% if profile.user.since %}{{ profile.user.since | date: "%B %d, %Y" }}{% endif %} {{ profile.user.points | pluralize: "point", "points" }}</mj-text>
        <mj-text><a href="mailto:{{ profile.user.email }}">m</a>
          <a href="https://example.com/?e={{ profile.user.email | url_encode }}">p</a></mj-text>
        <mj-button href="{{ profile.user.site | default: 'https://example.com/' }}" background-color="{{ profile.user.color | default: '#123' }}">{{ profile.user.site | default: 'site' }}</mj-button>
        {% for item in profile.items %}
        <mj-text>{{ forloop.index }} {{ item.title }} {{ item.cents | money }} {{ item.cents | money: profile.user.currency }} {% if item.new %}new{% endif %}</mj-text>
        {% else %}
        <mj-text>nothing</mj-text>
        {% endfor %}
      </mj-column></mj-section>
    </mj-body></mjml>
    """

  private static let profiles = """
    {"user":{"name":"Ada <b>","email":"ada@example.com","tier":"gold","points":4,"site":"https://a.example/?a=1&b=2","since":"2026-03-14","color":"#336699","currency":"EUR"},"items":[{"title":"A & B","cents":123456,"new":true},{"title":"C","cents":5}]}
    {"user":{"email":"o'hara@example.com","points":11,"color":"#39f","currency":"USD"},"items":[]}
    {"user":{"name":"Zoe","email":"z@example.com","points":1,"currency":"USD"},"items":[{"title":"🎈","cents":-100,"new":false}]}

    """
}
