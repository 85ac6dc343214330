import LetterpressDiagnostics
import LetterpressMarkup
import Testing

/// What parses, and into which tree.
///
/// `T"…"` is text, `L"…"` Liquid, `C"…"` a comment, `["…"]` raw content.
struct MarkupParserTests {
  @Test func `a template is a tree of elements`() {
    let parsed = Parsed(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <mjml lang="en">
        <!-- hello -->
        <mj-body><mj-section><mj-column><mj-text color="red">Hi</mj-text></mj-column></mj-section></mj-body>
      </mjml>
      """
    )
    #expect(parsed.findings == [])
    #expect(
      parsed.outline
        == #"mjml(lang=en){C"<!-- hello -->" mj-body{mj-section{mj-column{mj-text(color=red)["Hi"]}}}}"#
    )
  }

  @Test(
    arguments: [
      // Void tags, entities, bare & and <: raw content is nobody's XML.
      ("<mj-text>a<br>b &nbsp; & < c</mj-text>", #"mj-text["a<br>b &nbsp; & < c"]"#),
      ("<mj-text/><mj-text></mj-text>", #"mj-text[""] mj-text[""]"#),
      ("<mj-button href='/?a=1&b=2'>x</mj-button>", #"mj-button(href=/?a=1&b=2)["x"]"#),
      ("<mj-image alt=\"a < b & c > d\" />", "mj-image(alt=a < b & c > d)"),
      ("<mj-image alt='say \"hi\"'/>", #"mj-image(alt=say "hi")"#),
      ("<mj-image fluid-on-mobile src=\"a\">\n</mj-image>", "mj-image(fluid-on-mobile, src=a)"),
      ("<mj-image\n  src = \"a\"\n/>", "mj-image(src=a)"),
      ("<mj-image src=\"a\" / alt=\"b\" />", "mj-image(src=a, alt=b)"),
      ("<MJ-Image src=\"a\"/>", "mj-image(src=a)"),
      ("<MJ-COLUMN></mj-COLUMN>", "mj-column"),
      ("<mj-text>a</mj-text ><mj-text\n>b</mj-text\n>", #"mj-text["a"] mj-text["b"]"#),
      // Liquid in values, with quotes of its own.
      (
        #"<mj-button href="{{ "a" | append: 'b' }}">x</mj-button>"#,
        #"mj-button(href={{ "a" | append: 'b' }})["x"]"#
      ),
      (
        #"<mj-image alt="{% if a < "b" %}x{% endif %}"/>"#,
        #"mj-image(alt={% if a < "b" %}x{% endif %})"#
      ),
      // Liquid between elements.
      (
        "{% if a < b %}<mj-text>x</mj-text>{%- else -%}{{ y }}{% endif %}",
        #"L"{% if a < b %}" mj-text["x"] L"{%- else -%}" L"{{ y }}" L"{% endif %}""#
      ),
      ("{% if a contains '?>' %}{% endif %}", #"L"{% if a contains '?>' %}" L"{% endif %}""#),
      (
        "{% comment %}<mj-text>{% comment %}{% endcomment %}{% endcomment %}",
        #"L"{% comment %}<mj-text>{% comment %}{% endcomment %}{% endcomment %}""#
      ),
      (
        "{% raw %}<mj-text a=\"{{ \">{% if x %}</mj-text> {{ y{% endraw %}{{ z }}",
        #"mj-text(a={{ )["{% if x %}"] T"{{ y" L"{{ z }}""#
      ),
      ("{% capture x %}a{% endcapture %}", #"L"{% capture x %}a{% endcapture %}""#),
      (
        "{% capture x %}<mj-image/>{% endcapture %}",
        #"L"{% capture x %}" mj-image L"{% endcapture %}""#
      ),
      ("{%- raw -%}<a>{% if %}{% endraw %}", #"L"{%- raw -%}<a>{% if %}{% endraw %}""#),
      ("{% doc %} @param </mj-body>{% enddoc %}", #"L"{% doc %} @param </mj-body>{% enddoc %}""#),
      ("{% # isn't it {{ %}", #"L"{% # isn't it {{ %}""#),
      ("{% liquid\n assign a = 'x'\n # don't\n%}", "L\"{% liquid\n assign a = 'x'\n # don't\n%}\""),
      // Comments.
      ("<!-- a -- b ---><!--><!---->", #"C"<!-- a -- b --->" C"<!-->" C"<!---->""#),
      // Text is for the checker to refuse, as are elements that nobody knows.
      ("a & b < c ]]> d", #"T"a & b < c ]]> d""#),
      ("<p>x<br>y</p>", #"p{T"x" br T"y"}"#),
      ("<style>a > b { } </mj-text></style>", #"style["a > b { } </mj-text>"]"#),
      ("<mj-image v:x=\"1\" xml:base=\"2\"/>", "mj-image(v:x=1, xml:base=2)"),
    ])
  func `in a column`(source: String, outline: String) {
    let parsed = Parsed(column: source)
    #expect(parsed.findings == [])
    #expect(parsed.outline(parsed.column) == outline)
  }

  /// The rules by which MJML finds the end of an ending tag.
  @Test(
    arguments: [
      ("a <mj-text>b</mj-text> c", "same names nest"),
      ("<!-- </mj-text> -->", "comments hide tags"),
      ("<!--[if !mso]><!--> x <!--<![endif]-->", "conditional comments are comments"),
      ("<style>a{content:'</mj-text>'}</style>", "style is raw text"),
      ("<SCRIPT>'</mj-text>'</SCRIPT>", "script is raw text"),
      ("<textarea></mj-text></textarea><title></mj-text></title>", "so are textarea and title"),
      ("<![CDATA[a]]]]><![CDATA[> b]]>", "CDATA is copied"),
      ("a]]>b", "the end of CDATA is no end"),
      ("<a title=\"</mj-text>\">x</a>", "values hide tags"),
      ("<a title='{{ \"'</mj-text>\" }}'>x</a>", "Liquid in values hides quotes"),
      ("{{ \"</mj-text>\" }}", "Liquid hides tags"),
      ("{% if a > b %}</p>{% endif %}", "what Liquid opens is not the scan's business"),
      ("{% comment %}</mj-text>{% endcomment %}", "Liquid's comments hide tags"),
      ("{% raw %}</mj-text>{{ {% endraw %}", "so does raw"),
      ("<mj-column>x</mj-column>", "elements around it may be opened anew"),
      ("</p></div><td>", "HTML need not balance"),
      ("{{ unclosed", "delimiters that are not closed are for the Liquid stage"),
      ("a < b, 1 <2 </ x <", "not every angle bracket is a tag"),
      ("<a href=x/y>z</a><mj-button/>", "self-closing tags open nothing"),
    ])
  func `raw content`(content: String, rule: Comment) {
    let parsed = Parsed(column: "<mj-text>\(content)</mj-text><mj-image/>")
    #expect(parsed.findings == [], rule)
    #expect(parsed.outline(parsed.column) == "mj-text[\"\(content)\"] mj-image", rule)
  }

  @Test func `a BOM and namespaces of the root are nothing`() {
    let parsed = Parsed(
      "\u{FEFF}<mjml xmlns=\"http://mjml.io\" lang=\"en\" xmlns:v=\"urn:v\" xmlns:o='urn:o'></mjml>"
    )
    #expect(parsed.findings == [])
    #expect(parsed.outline == "mjml(lang=en)")
    #expect(parsed.document?.root?.range.start == 3)
  }

  @Test func `an included file may hold several elements and text`() {
    let parsed = Parsed("<mj-text>a</mj-text>\n{% if x %}b{% endif %}<mj-image/>", as: .fragment)
    #expect(parsed.findings == [])
    #expect(
      parsed.outline == #"mj-text["a"] L"{% if x %}" T"b" L"{% endif %}" mj-image"#
    )
  }

  @Test func `carriage returns stay where they are`() {
    let parsed = Parsed("<mjml>\r\n<mj-body>\r<mj-raw>a\r\nb</mj-raw></mj-body>\r\n</mjml>\r\n")
    #expect(parsed.outline == "mjml{mj-body{mj-raw[\"a\r\nb\"]}}")
  }

  @Test func `places cover what they name`() throws {
    let parsed = Parsed(column: #"<mj-button href="x" align='left' >y</mj-button >"#)
    guard case .element(let button)? = parsed.column.first else {
      Issue.record("no button")
      return
    }
    #expect(parsed.text(button.range) == #"<mj-button href="x" align='left' >y</mj-button >"#)
    #expect(parsed.text(button.startTag) == #"<mj-button href="x" align='left' >"#)
    #expect(parsed.text(button.endTag) == "</mj-button >")
    #expect(parsed.text(button.nameRange) == "mj-button")
    #expect(button.attributes.map { parsed.text($0.nameRange) } == ["href", "align"])
    #expect(button.attributes.map { parsed.text($0.value) } == ["x", "left"])
  }
}
