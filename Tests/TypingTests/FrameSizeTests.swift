import LetterpressDiagnostics
import Testing

struct FrameSizeTests {
  /// Each rendering of a partial has loops of its own: 261 times 250.
  @Test(arguments: [(240, false), (261, true)])
  func `loops are counted over all uses of a partial`(uses: Int, isRefused: Bool) {
    let loops = String(repeating: "{% for a in profile.list %}{% endfor %}", count: 249)
    let renders = String(repeating: "{% render 'loops' %}", count: uses)
    let project = CheckedProject(files: [
      ("fixtures/profile.schema.json", #"{"properties": {"list": {"type": "array"}}}"#),
      ("blocks/loops.liquid", "{% for b in (1..2) %}\(loops)x{% endfor %}"),
      (
        "layouts/mail.mjml",
        """
        <mjml><mj-body><mj-section><mj-column><mj-text>\(renders)</mj-text></mj-column></mj-section></mj-body></mjml>
        """
      ),
    ])
    let findings = project.check().diagnostics.filter { $0.id.name == "expansion-limit" }
    #expect(findings.count == (isRefused ? 1 : 0))
  }
}
