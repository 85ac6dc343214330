import LetterpressProgram
import Testing

/// Values that are HTML on purpose.
struct MarkupTests {
  @Test(
    "HTML of the data passes an allow-list",
    arguments: [
      ("<b>a</b> &amp; c", "<b>a</b> &amp; c"),
      ("<B CLASS=x>a", "<b class=\"x\">a</b>"),
      ("a<br/>b<hr>", "a<br>b<hr>"),
      ("<script>alert(1)</script>b", "b"),
      ("<script>alert(1)", ""),
      ("<img src=x onerror=alert(1)>", "<img>"),
      (
        "<img src='https://x.test/a.png' alt='\"'>",
        "<img src=\"https://x.test/a.png\" alt=\"&quot;\">"
      ),
      ("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>"),
      ("<a href=\"java&#115;cript:alert(1)\">x</a>", "<a>x</a>"),
      (
        "<a href='https://x.test/?a=1&amp;b=2'>x</a>",
        "<a href=\"https://x.test/?a=1&amp;b=2\">x</a>"
      ),
      (
        "<a href='https://b\u{FC}cher.test'>x</a><a href='https://b%C3%BCcher.test'>y</a>",
        "<a href=\"https://b%C3%BCcher.test\">x</a><a href=\"https://b%C3%BCcher.test\">y</a>"
      ),
      (
        "<a href='https://x.test%2F.evil.test'>x</a><a href='https://x.test%C'>y</a>",
        "<a>x</a><a>y</a>"
      ),
      ("<svg><a href='https://x.test'>y</a></svg>z", "z"),
      (
        "<p style='color:red;position:fixed;background:url(x)'>y</p>",
        "<p style=\"color:red;\">y</p>"
      ),
      ("</td></tr></table><b>x", "<b>x</b>"),
      ("<b><i>x</b>y</i>", "<b><i>x</i></b>y"),
      ("<!-- <b>x</b> -->y", "y"), ("<!--[if mso]><b>x</b><![endif]-->y", "y"),
      ("a < b > c", "a &lt; b &gt; c"), ("<a title='<b>'>x", "<a title=\"&lt;b&gt;\">x</a>"),
      ("<form action=x><input name=y>z</form>", "z"), ("<textarea><b>x</b></textarea>y", "y"),
      ("<b", ""), ("<b title=\"", ""), ("&lt;script&gt;", "&lt;script&gt;"),
      ("&bogus; &", "&amp;bogus; &amp;"), ("<p id=a name=b>x</p>", "<p>x</p>"),
    ]
  )
  func sanitising(html: String, expected: String) throws {
    let json = html.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    #expect(
      try render("<div>{{ x }}</div>", "x: html", "{\"x\":\"\(json)\"}") == "<div>\(expected)</div>"
    )
  }

  @Test("where no HTML may stand, its text does")
  func reduced() throws {
    let profile = #"{"x":"<p>Tom &amp; <b>Jerry</b></p><p>\"2\"</p>"}"#
    #expect(
      try render("<i title=\"{{ x }}\">", "x: html", profile)
        == "<i title=\"Tom &amp; Jerry &quot;2&quot;\">"
    )
    #expect(try render("{{ x }}", "x: html", profile, as: .text(.subject)) == "Tom & Jerry \"2\"")
    #expect(try render("<title>{{ x }}</title>", "x: html", profile).contains("Tom &amp; Jerry"))
  }

  @Test("what is escaped by the author is not escaped once more")
  func escapedOnce() throws {
    #expect(try render("<b>{{ x | escape }}</b>", "x", #"{"x":"<"}"#) == "<b>&lt;</b>")
    #expect(
      try render("<b title=\"{{ x | escape }}\"></b>", "x", #"{"x":"<"}"#)
        == "<b title=\"&lt;\"></b>"
    )
  }

  @Test("a captured piece of HTML is HTML where it is printed")
  func captures() throws {
    #expect(
      try render(
        "{% capture c %}<b>{{ x }}</b>{% endcapture %}<p title=\"{{ c }}\">{{ c }}</p>",
        "x",
        #"{"x":"<"}"#
      ) == "<p title=\"&lt;\"><b>&lt;</b></p>"
    )
  }
}
