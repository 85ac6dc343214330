import LetterpressDiagnostics
import LetterpressLiquid
import Testing

@Suite struct LexerTests {
  @Test(
    "a text is cut at its Liquid",
    arguments: [
      ("a {{ b }} c", "text 'a ' · output 'b' · text ' c'"),
      ("a {{- b -}} c", "text 'a' · output 'b' · text 'c'"),
      ("a {%- if b -%} \n{%- endif %}", "text 'a' · tag if 'b' · tag endif ''"),
      ("{% raw -%} {{ a }} {%- endraw %} b", "verbatim ' {{ a }} ' · text ' b'"),
      (
        "{%- comment -%} {% comment %}{% endcomment %} a {%- endcomment -%} b",
        "comment ' {% comment %}{% endcomment %} a ' · text 'b'"
      ),
      ("{% doc %}@param {string} a - b{% enddoc %}", "doc '@param {string} a - b'"),
      ("{%# a %}{% # b %}", "inline 'a' · inline 'b'"), ("{{-}}{{--}}", "output '' · output ''"),
      ("{ % a } {} %} }}", "text '{ % a } {} %} }}'"),
      ("{{ '}' }}", "output ''}''"), ("{% assign a = '{{' %}", "tag assign 'a = '{{''"),
      ("{%assign a=1%}", "tag assign 'a=1'"),
    ]
  )
  func items(_ template: String, _ items: String) {
    let (sources, range) = source(template)
    let lexed = Lexer.lex(range, in: Array(template.utf8))
    #expect(lexed.items.map { describe($0, in: sources) }.joined(separator: " · ") == items)
  }

  @Test(
    "one tag by itself",
    arguments: [
      ("{%- if a -%}", "tag if 'a'", true, true), ("{{ b }}", "output 'b'", false, false),
      ("{% # c -%}", "inline 'c'", false, true), ("{% if a %}x", "", false, false),
      ("{%", "", false, false),
      ("{% %}", "", false, false),
    ]
  )
  func singles(_ template: String, _ item: String, _ trimsBefore: Bool, _ trimsAfter: Bool) {
    let (sources, range) = source(template)
    let single = Lexer.lexSingle(range, in: Array(template.utf8))
    #expect((single.item.map { describe($0, in: sources) } ?? "") == item)
    #expect((single.item == nil) == (single.diagnostic != nil))
    #expect(single.trimsBefore == trimsBefore && single.trimsAfter == trimsAfter)
  }

  @Test("a part of a file keeps the file's offsets") func parts() {
    let template = "{{ x }}<p>{{ a b }}</p>"
    let (sources, whole) = source(template)
    let range = SourceRange(file: whole.file, start: 10, end: 19)
    let result = Parser.parse(range, in: sources)
    #expect(result.allDiagnostics.map { sources.text($0.primary.range) } == ["b"])
  }

  @Test("items of a caller keep their order, and are passed over in comments") func opaqueItems() {
    let template = "{% if a %}{% endif %}{% comment %}{% endcomment %}"
    let (sources, range) = source(template)
    var items = Lexer.lex(
      SourceRange(file: range.file, start: 0, end: 21),
      in: Array(template.utf8)
    ).items
    items.insert(.opaque(7), at: 1)
    let comment = [(21, 34), (34, 50)].map { SourceRange(file: range.file, start: $0.0, end: $0.1) }
    for (index, range) in comment.enumerated() {
      if let item = Lexer.lexSingle(range, in: Array(template.utf8)).item { items.append(item) }
      if index == 0 { items.append(.opaque(8)) }
    }
    let result = Parser.parse(items, in: sources, end: range.endPoint)
    #expect(result.allDiagnostics.isEmpty)
    guard case .conditional(let conditional)? = result.template.nodes.first,
      case .opaque(7)? = conditional.branches.first?.body.nodes.first,
      case .comment(let comment)? = result.template.nodes.last
    else {
      Issue.record("\(result.template)")
      return
    }
    #expect(comment.content.isEmpty && comment.range.start == 21)
  }

  @Test("any prefix of a template, and a template without any byte, is read to its end")
  func prefixes() {
    let template =
      "{%- if a.b[0] == 'x' and c contains \"y\" -%}{{ d | e: 1, f: (1..2) }}{% else %}{% liquid\n"
      + "for i in j limit:2\n echo i\nendfor %}{% raw %}{{{% endraw %}{% comment %}{% endcomment %}"
      + "{% endif %}"
    let bytes = Array(template.utf8)
    for cut in bytes.indices {
      for text in [bytes[..<cut], bytes[..<cut] + bytes[(cut + 1)...]] {
        var sources = SourceSet()
        let file = sources.add(SourceFile(path: "test", bytes: Array(text)))
        _ = Parser.parse(SourceRange(file: file, start: 0, end: text.count), in: sources)
      }
    }
  }

  // MARK: Descriptions

  private func source(_ text: String) -> (SourceSet, SourceRange) {
    var sources = SourceSet()
    let file = sources.add(SourceFile(path: "test.liquid", text: text))
    return (sources, SourceRange(file: file, start: 0, end: text.utf8.count))
  }

  private func describe(_ item: Item, in sources: SourceSet) -> String {
    func text(_ range: SourceRange) -> String { "'\(sources.text(range))'" }
    func inside(_ range: SourceRange) -> String {
      "'"
        + sources.text(range).trimmingPrefix { $0 == " " }.reversed().drop { $0 == " " }.reversed()
        + "'"
    }
    switch item {
    case .text(let range): return "text " + text(range)
    case .verbatim(let range): return "verbatim " + text(range)
    case .output(let markup, _): return "output " + inside(markup)
    case .tag(let name, let markup, _): return "tag \(name.name) " + text(markup)
    case .comment(let comment):
      let kind =
        switch comment.kind {
        case .comment: "comment"
        case .inline: "inline"
        case .doc: "doc"
        }
      return kind + " " + text(comment.content)
    case .broken(let name): return "broken \(name.name)"
    case .opaque(let number): return "opaque \(number)"
    }
  }
}
