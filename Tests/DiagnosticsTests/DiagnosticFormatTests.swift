import LetterpressDiagnostics
import TestSupport
import Testing

struct DiagnosticFormatTests {
  /// Two files, with what can be hard to show: a tab, an emoji, a long line, a control character.
  private static func findings() -> ([Diagnostic], SourceSet) {
    var sources = SourceSet()
    let layout = sources.add(
      SourceFile(
        path: "layouts/mail.mjml",
        text: "<mjml>\n\t<mj-text>🎉 {{ profile.frist_name }}</mj-text>\n"
          + String(repeating: "x", count: 200) + "{{ y }}" + String(repeating: "z", count: 200)
          + "\n\u{1B}[31mred\n"
      )
    )
    let schema = sources.add(
      SourceFile(path: "fixtures/profile.schema.json", text: "{\n  \"a\": 1\n}")
    )
    func range(_ file: SourceFile.ID, _ text: String) -> SourceRange {
      let bytes = sources[file].bytes
      let needle = Array(text.utf8)
      let start = bytes.indices.first { bytes[$0...].starts(with: needle) } ?? 0
      return SourceRange(file: file, start: start, end: start + needle.count)
    }
    let name = range(layout, "frist_name")
    return (
      [
        Diagnostic(
          DiagnosticID("unknown-field"),
          .error,
          "'profile' has no 'frist_name'",
          at: name,
          label: "did you mean 'first_name'?",
          labels: [.init(range(schema, "\"a\""), "declared here")],
          notes: ["names are case-sensitive"],
          fixIts: [
            .init("replace by 'first_name'", edits: [.init(name, "first_name")])
          ],
          stack: [.init("in 'price-tag'", range(layout, "<mj-text>"))]
        ),
        Diagnostic(
          DiagnosticID("long-line"),
          .warning,
          "a line, with: 100 % of \"it\" <too> long",
          at: range(layout, "{{ y }}")
        ),
        Diagnostic(
          DiagnosticID("control-character"),
          .error,
          "a control character \u{1B}[31m",
          at: range(layout, "\u{1B}")
        ),
      ], sources
    )
  }

  @Test(arguments: DiagnosticFormat.allCases)
  func `findings in each form`(format: DiagnosticFormat) {
    let (diagnostics, sources) = Self.findings()
    let text = format.render(diagnostics, in: sources)
    expectSnapshot(text, named: "diagnostics-format/\(format.rawValue).txt")
    #expect(!text.utf8.contains(0x1B), "nothing may reach a terminal unescaped")
  }

  @Test func `nothing found is nothing said to people, and a document to machines`() {
    for format in DiagnosticFormat.allCases {
      #expect(
        format.render([], in: SourceSet()).isEmpty == !format.isForMachines || format == .github
      )
    }
  }

  @Test func `colour changes nothing but colour`() {
    let (diagnostics, sources) = Self.findings()
    let plain = DiagnosticFormat.text.render(diagnostics, in: sources)
    var colored = DiagnosticFormat.text.render(diagnostics, in: sources, color: true)[...]
    var text = ""
    while let start = colored.firstIndex(of: "\u{1B}") {
      text += colored[..<start]
      colored = colored[start...].drop { $0 != "m" }.dropFirst()
    }
    #expect(text + colored == plain)
  }

  @Test func `columns count scalars, a byte order mark does not count, CRLF is one line end`() {
    let file = SourceFile(path: "a", text: "\u{FEFF}é🎉x\r\n\ty\rz")
    #expect(file.position(at: 3 + 2 + 4) == .init(line: 1, column: 3))
    #expect(file.position(at: 3 + 2 + 4 + 1 + 2 + 1) == .init(line: 2, column: 2))
    #expect(file.position(at: file.bytes.count - 1) == .init(line: 3, column: 1))
  }

  @Test(arguments: [
    ("frist_name", "first_name"), ("nmae", "name"), ("Name", "name"), ("zzz", nil), ("", nil),
    ("NAME", "name"), ("vip", "VIP"),
  ])
  func `a near name is suggested`(written: String, meant: String?) {
    #expect(suggestion(for: written, among: ["first_name", "name", "city", "VIP"]) == meant)
  }
}
