import Letterpress
import Testing

/// One compiled email in many threads at once; `make tsan` runs it under ThreadSanitizer.
struct ConcurrentRenderingTests {
  private static let files = [
    "fixtures/profile.schema.json": """
    {"type": "object", "required": ["name", "cents", "at", "items", "url"], "properties": {
      "name": {"type": "string"}, "cents": {"type": "integer"}, "url": {"type": "string", "format": "uri"},
      "at": {"type": "string", "format": "date-time"}, "note": {"type": "string", "contentMediaType": "text/html"},
      "any": true, "items": {"type": "array", "maxItems": 3, "items": {"type": "string"}}}}
    """,
    "layouts/mail.mjml": """
    <mjml><mj-head><lp-subject>{{ profile.name }}, {{ profile.cents | money: 'EUR' }}</lp-subject>
    <mj-preview>{{ profile.at | date: '%A %-d %B %Y' }}</mj-preview></mj-head><mj-body>
    <mj-section>{% for item in profile.items %}<mj-column><mj-text>{{ item | upcase }}
      {{ forloop.index }}</mj-text></mj-column>{% endfor %}</mj-section>
    <mj-section><mj-column><mj-text>{{ profile.any.a | split: ',' | sort | join: '; ' }}
      {{ profile.note | default: 'none' }} {% capture x %}{{ profile.name | truncate: 5 }}{% endcapture %}{{ x }}
      {{ profile.cents | number }}</mj-text>
      <mj-button href="{{ profile.url }}">{{ profile.name }}</mj-button></mj-column></mj-section>
    </mj-body></mjml>
    """,
  ]

  private static func profile(_ number: Int) -> String {
    let items = (0..<number % 4).map { "\"i\($0)<\(number)\"" }.joined(separator: ",")
    return """
      {"name": "N<\(number)>", "cents": \(number * 37), "url": "https://x.example/?n=\(number)",
       "at": "2026-0\(number % 9 + 1)-03T10:00:00Z", "note": "<b onclick=x>\(number)</b><script>y</script>",
       "any": {"a": "z\(number),a,b"}, "items": [\(items)]}
      """
  }

  @Test func `renders in many threads are those of one`() async throws {
    let compiler = try TestProject(Self.files).compiler()
    let email = try #require(compiler.compile("mail")?.email)
    let recipients = try (0..<60).map {
      try compiler.recipient(profile: Array(Self.profile($0).utf8), path: "profile.json")
    }
    let now = "2026-03-01T10:00:00Z"
    let expected = try recipients.map { try email.render($0, now: now).html }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for worker in 0..<8 {
        group.addTask {
          var isSame = true
          for turn in 0..<120 {
            let index = (turn * 7 + worker * 13) % recipients.count
            let html = try email.render(recipients[index], now: now).html
            isSame = isSame && html == expected[index]
          }
          return isSame
        }
      }
      for try await isSame in group { #expect(isSame) }
    }
  }

  @Test func `many threads compile the same project`() async throws {
    let project = try TestProject(Self.files)
    let expected = try project.html("mail", profile: Self.profile(3))
    try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<4 { group.addTask { try project.html("mail", profile: Self.profile(3)) } }
      for try await html in group { #expect(html.utf8.count == expected.utf8.count) }
    }
  }
}
