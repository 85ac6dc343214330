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
    #expect(try Self.counts(project.root, "mail") == [0, 0, 0])
  }

  /// The counts of the probe for the file `profiles.ndjson`.
  private static func counts(_ root: URL, _ layout: String) throws -> [Int] {
    let file = root.appending(path: "profiles.ndjson")
    let run = try ProgramRun("AllocationProbe", [root.path, layout, file.path])
    #expect(run.code == 0, "\(run.errors)")
    return run.output.split(separator: "\n").compactMap { Int($0) }
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
