import LetterpressProgram
import Testing

/// Where values may stand, and what is done to them there.
struct ContextTests {
  @Test(
    "a value is escaped for its place",
    arguments: [
      // (template, value of x, result)
      ("<b>{{ x }}</b>", "<&>", "<b>&lt;&amp;&gt;</b>"),
      ("<i title=\"{{ x }}\">", "a\"b'", "<i title=\"a&quot;b&#39;\">"),
      ("<i title='{{ x }}'>", "a\"b'", "<i title='a&quot;b&#39;'>"),
      ("<title>{{ x }}</title>", "</title>", "<title>&lt;/title&gt;</title>"),
      ("<!-- {{ x }} -->", "-->", "<!-- &#45;&#45;&gt; -->"),
      (
        "<a href=\"https://x.test/?q={{ x }}\">", "a b&c",
        "<a href=\"https://x.test/?q=a%20b%26c\">"
      ),
      ("<a href=\"https://x.test/{{ x }}/y\">", "../z", "<a href=\"https://x.test/..%2Fz/y\">"),
      ("<a href=\"https://x.test/#{{ x }}\">", "\"", "<a href=\"https://x.test/#%22\">"),
      ("<a href='mailto:{{ x }}'>", "a.b@x.test", "<a href='mailto:a.b@x.test'>"),
      ("<a href='tel:{{ x }}'>", "+49 30 1", "<a href='tel:+49%2030%201'>"),
      ("<p style=\"color:{{ x }};\">", "#1a2B3c", "<p style=\"color:#1a2B3c;\">"),
      (
        "<p style=\"color:{{ x }};\">", "rgba(1, 2, 3, 0.5)",
        "<p style=\"color:rgba(1, 2, 3, 0.5);\">"
      ),
      (
        "<p style=\"font-family:{{ x }}, Arial\">", "\"Open Sans\"",
        "<p style=\"font-family:&quot;Open Sans&quot;, Arial\">"
      ),
      ("<p style=\"font-family:'{{ x }}'\">", "a'b", "<p style=\"font-family:'a\\27 b'\">"),
      ("<style>.a { color: {{ x }} }</style>", "red", "<style>.a { color: red }</style>"),
      (
        "<style>@media (max-width:{{ x }}px) { .a { color: red } }</style>", "480",
        "<style>@media (max-width:480px) { .a { color: red } }</style>"
      ),
      (
        "<p style=\"background:url('https://x.test/{{ x }}.png')\">", "a)'b",
        "<p style=\"background:url('https://x.test/a%29%27b.png')\">"
      ),
      (
        "<!--[if mso]><b>{{ x }}</b><![endif]-->", "<![endif]-->",
        "<!--[if mso]><b>&lt;![endif]--&gt;</b><![endif]-->"
      ),
      (
        "<!--[if !mso]><!--><b>{{ x }}</b><!--<![endif]-->", "<",
        "<!--[if !mso]><!--><b>&lt;</b><!--<![endif]-->"
      ),
      (
        "<img srcset=\"https://x.test/a.png {{ x }}x\">", "2",
        "<img srcset=\"https://x.test/a.png 2x\">"
      ),
    ]
  )
  func escaping(template: String, value: String, expected: String) throws {
    let sample = try Sample(template, "x")
    let json =
      "{\"x\":\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"}"
    #expect(try sample.render(json) == expected)
  }

  @Test(
    "a value that no escaping makes safe is refused when it comes",
    arguments: [
      ("<a href=\"https://x.test/{{ x }}\">", ".."),
      ("<a href='mailto:{{ x }}'>", "a@x.test?bcc=b@y.test"),
      ("<a href='mailto:{{ x }}'>", "a@x.test,b@y.test"),
      ("<p style=\"color:{{ x }}\">", "red;position:fixed"),
      ("<p style=\"color:{{ x }}\">", "expression(1)"),
      ("<p style=\"color:{{ x }}\">", "rgb(1,2,3"),
      ("<p style=\"color:{{ x }}\">", "red !important"),
      ("<p style=\"background:{{ x }}\">", "url(https://x.test)"),
      ("<style>.a { color: {{ x }} }</style>", "red}</style>"),
      ("<style>@media (max-width:{{ x }}px) { .a { color: red } }</style>", "1px){}"),
      ("<img srcset=\"https://x.test/a.png {{ x }}x\">", "2x, https://y.test/"),
    ]
  )
  func refusals(template: String, value: String) throws {
    let sample = try Sample(template, "x")
    #expect {
      try sample.render("{\"x\":\"\(value)\"}")
    } throws: { error in
      (error as? RenderError)?.reason == .refusedValue
    }
  }

  @Test(
    "a whole URL has an allowed scheme and a host",
    arguments: [
      ("https://x.test/a?b=c&d=e", "https://x.test/a?b=c&amp;d=e"),
      ("https://x.test/%0d", "https://x.test/%0d"),
      ("mailto:a@x.test", "mailto:a@x.test"),
      ("HTTPS://x.test:80/a", "HTTPS://x.test:80/a"),
      ("javascript:alert(1)", nil), ("JaVaScRiPt:alert(1)", nil), ("data:text/html,x", nil),
      ("file://x/y", nil), ("ms-word:ofe|u|https://x", nil), ("https://a@b.test/", nil),
      ("https:////x.test/", nil), ("https://", nil), ("cid:x", nil),
      ("https://x.test/\\u202e", nil),
      ("https://x.test\\\\y", nil),
    ] as [(String, String?)]
  )
  func wholeURLs(value: String, expected: String?) throws {
    let sample = try Sample("<a href=\"{{ x }}\">y</a>", "x: uri")
    let result = Result { try sample.render("{\"x\":\"\(value)\"}") }
    if let expected {
      #expect(try result.get() == "<a href=\"\(expected)\">y</a>")
    } else {
      #expect(throws: (any Error).self) { try result.get() }
    }
  }

  @Test("what a URL cannot hold is encoded; a reference that looks like one is not one")
  func encodedURLs() throws {
    let template = "<a href=\"{{ x | append: y }}\">z</a>"
    #expect(
      try render(
        template,
        "x: uri, y",
        #"{"x":"https://x.test/","y":"<b> '(ä{{&amp;"}"#
      )
        == "<a href=\"https://x.test/%3Cb%3E%20%27%28%C3%A4%7B%7B&amp;amp;\">z</a>"
    )
  }

  @Test(
    "places that no value may have",
    arguments: [
      "<p {{ x }}=\"y\">z</p>", "<p {{ x }}>z</p>", "<{{ x }}>z", "<p title={{ x }}>z</p>",
      "<p onclick=\"{{ x }}\">z</p>", "<script>var a = \"{{ x }}\"</script>",
      "<p style=\"{{ x }}\">z</p>", "<p style=\"{{ x }}: red\">z</p>",
      "<iframe srcdoc=\"{{ x }}\"></iframe>", "<base href=\"{{ x }}\">",
      "<form action=\"{{ x }}\"></form>", "<xmp>{{ x }}</xmp>", "<![CDATA[ {{ x }} ]]>",
      "<!--[if {{ x }}]>x<![endif]-->", "<style>{{ x }} { color: red }</style>",
      "<style>.x { {{ x }}: red }</style>", "<style>@import \"{{ x }}\";</style>",
      "<link rel=\"stylesheet\" href=\"{{ x }}\">", "<meta content=\"{{ x }}\">",
      "<style>/* {{ x }} */</style>", "<a href=\"java{{ x }}\">z</a>",
      "<a href=\"javascript:{{ x }}\">z</a>", "<p style=\"behavior:{{ x }}\">z</p>",
    ]
  )
  func refusedPlaces(template: String) {
    #expect(findings(template, "x") == ["misplaced-placeholder at x"])
  }

  @Test(
    "a whole URL or its host must be a uri",
    arguments: [
      "<a href=\"{{ x }}\">z</a>", "<img src='{{ x }}'>", "<a href=\"https://{{ x }}.test/\">z</a>",
      "<p style=\"background:url({{ x }})\">z</p>", "<v:fill src=\"{{ x }}\" />",
      "<td background=\"{{ x }}/a.png\">z</td>",
    ]
  )
  func uriRequired(template: String) {
    #expect(findings(template, "x: color") == ["not-a-uri at x"])
  }

  @Test("a text may be a whole URL, but not decide the host behind a scheme")
  func textInURL() {
    #expect(findings("<a href=\"{{ x }}\">z</a>", "x") == [])
    #expect(findings("<a href=\"https://{{ x }}.test/\">z</a>", "x") == ["not-a-uri at x"])
  }

  @Test(
    "a text as a whole URL is held against the schemes and percent-encoded when it comes",
    arguments: [
      ("https://x.test/a b", "https://x.test/a%20b"),
      ("https://x.test/{{a}}?{%b%}", "https://x.test/%7B%7Ba%7D%7D?%7B%b%%7D"),
      ("https://x.test/<script>", "https://x.test/%3Cscript%3E"),
      (" https://x.test/\u{00E9}'(", "https://x.test/%C3%A9%27%28"),
      ("javascript:alert(1)", nil), ("JaVa\tScript:1", nil), ("//x.test/", nil),
      ("data:text/html,x", nil), ("ms-word:ofe", nil), ("\\\\x.test\\a", nil), ("file:///a", nil),
      ("https:x.test", nil), ("https://a@b.test/", nil), ("mailto:a@b.test,c@d.test", nil),
    ] as [(String, String?)]
  )
  func textAsURL(value: String, expected: String?) throws {
    let sample = try Sample("<a href=\"{{ x }}\">z</a>", "x")
    let quoted = "\"" + value.replacing("\\", with: "\\\\").replacing("\t", with: "\\t") + "\""
    let html = try? sample.render("{\"x\":\(quoted)}")
    #expect(html == expected.map { "<a href=\"\($0)\">z</a>" })
  }

  @Test("a uri, or literals that are one, may be a whole URL")
  func uris() {
    #expect(findings("<a href=\"{{ x }}\">z</a>", "x: uri") == [])
    #expect(findings("<a href=\"{{ x | append: '/y' }}\">z</a>", "x: uri") == [])
    let schema =
      #"{"type":"object","properties":{"x":{"enum":["https://a.test","https://b.test/"]}}}"#
    #expect(findings("<a href=\"{{ x }}\">z</a>", schema) == [])
    let bad = #"{"type":"object","properties":{"x":{"enum":["https://a.test","javascript:1"]}}}"#
    #expect(findings("<a href=\"{{ x }}\">z</a>", bad) == ["not-a-uri at x"])
    let host = #"{"type":"object","required":["x"],"properties":{"x":{"enum":["de","fr"]}}}"#
    #expect(findings("<a href=\"https://{{ x }}.shop.test\">z</a>", host) == [])
  }

  @Test("personal data must not reach a URL unless it is allowed by name")
  func personalData() {
    let template = "<a href=\"https://x.test/?e={{ mail }}\">{{ mail }}</a>"
    #expect(findings(template, "mail: pii") == ["personal-data-in-url at mail"])
    #expect(
      findings(template, "mail: pii", options: .init(allowedPersonalFields: ["mail"])) == []
    )
  }

  @Test(
    "paths that meet in one place",
    arguments: [
      "<p{% if x %} class=\"a\"{% endif %}>y</p>", "<p {% if x %}class=\"a\"{% endif %}>y</p>",
      "<td {% if x %}nowrap{% endif %} class=\"a\">y</td>",
      "<p style=\"{% if x %}color:red;{% endif %}margin:0\">y</p>",
      "<p style=\"color:{% if x %}red{% else %}blue{% endif %};margin:{{ x }}\">y</p>",
      "{% if x %}<div class=\"a\">{% else %}<div class=\"b\">{% endif %}y</div>",
      "<ul>{% for i in (1..3) %}<li>{{ i }}{% endfor %}</ul>",
      "<table>{% for i in (1..3) %}<tr><td>{{ i }}{% endfor %}</table>",
      "<p>a{% if x %}<p>b{% endif %}<div>c</div>", "{% if x %}<br>{% endif %}<img>",
      "<a href=\"{% if x %}https://a.test/{% else %}https://b.test/{% endif %}{{ x }}\">y</a>",
      "<a href=\"https://a.test/?{% for i in (1..3) %}i={{ i }}&{% endfor %}\">y</a>",
      "<!-- {% if x %}a -{% endif %} -->", "{% if x %}<!-- a -->{% endif %}b",
      "<!--[if mso]>{% if x %}<table><tr><td>{% endif %}{% if x %}y{% endif %}</td></tr></table><![endif]-->",
      "{% for i in (1..3) %}<b>{{ i }}</b>{% if x %}{% break %}{% endif %}{% endfor %}",
      "<p title={% if x %}a{% else %}b{% endif %}>y</p>",
      "<table>{% if x %}<tr><td>a</td></tr>{% endif %}</table>",
      "<a href=\"{% if x %}/foo?a={% else %}/bar/{% endif %}\">y</a>",
    ]
  )
  func meetingPaths(template: String) {
    let found = findings(template, "x").filter { !$0.hasPrefix("not-a-uri") }
    // The ghost table of an `if` that closes outside is a real difference.
    if template.contains("<!--[if mso]>{% if x %}<table>") {
      #expect(found.count == 1)
    } else {
      #expect(found == [])
    }
  }

  @Test(
    "paths that part for good",
    arguments: [
      ("{% if x %}<a href=\"{% endif %}\">y</a>", "ambiguous-context"),
      ("<b {% if x %}title=\"{% endif %}\">x</b>", "ambiguous-context"),
      ("<!--[if mso]>{% if x %}<![endif]-->{% endif %}", "ambiguous-context"),
      ("<a href=\"{% if x %}/foo?a={% else %}/bar/{% endif %}{{ x }}\">y</a>", "ambiguous-context"),
      ("{% if x %}<div>{% endif %}y</div>", "unbalanced-element"),
      ("<div>{% if x %}</div>{% endif %}", "unbalanced-element"),
      // Opened under one condition and closed under another: one mistake.
      ("{% if x %}<div>{% endif %}y{% if x %}</div>{% endif %}", "unbalanced-element"),
      (
        "{% for i in (1..3) %}{% if forloop.first %}<table><tr>{% endif %}<td>y</td>{% if forloop.last %}</tr></table>{% endif %}{% endfor %}",
        "unbalanced-element"
      ),
      ("{% for i in (1..3) %}<div>{% endfor %}", "unbalanced-element"),
      ("<table><tr>{% if x %}<td>{% endif %}y</td></tr></table>", "unbalanced-element"),
      (
        "{% for i in (1..3) %}<b>{% if x %}{% break %}{% endif %}</b>{% endfor %}",
        "unbalanced-element"
      ),
      ("<p title={% if x %}\"a{% else %}b{% endif %}>y</p>", "ambiguous-context"),
    ]
  )
  func partingPaths(template: String, id: String) {
    let found = findings(template, "x")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix(id + " ") == true, "\(found)")
  }
}
