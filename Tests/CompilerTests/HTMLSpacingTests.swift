import Letterpress
import Testing

/// What minifying and beautifying take away and put in, and what they never touch.
@Suite("White space of the HTML")
struct HTMLSpacingTests {
  @Test(arguments: [
    // Beside blocks and the parts of tables white space never shows.
    ("<table>\n <tr>\n  <td> a  b </td>\n </tr>\n</table>", "<table><tr><td>a b</td></tr></table>"),
    ("<div> <p> a </p>\n\n<p> b </p> </div>", "<div><p>a</p><p>b</p></div>"),
    // In a line it does, once.
    ("<p>a <b> b </b>\n<i>c</i></p>", "<p>a <b> b </b> <i>c</i></p>"),
    (
      "<td> <a href=\"x\" >  <img  src=\"y\" /> </a> </td>",
      "<td><a href=\"x\"> <img src=\"y\" /> </a></td>"
    ),
    ("<p>a <br> b</p>", "<p>a <br> b</p>"),
    // What flows with the text is in a line, whatever its name.
    (
      "<div style=\"display:inline-block\"> a </div> <div style=\"display:inline-block\">b</div>",
      "<div style=\"display:inline-block\"> a </div> <div style=\"display:inline-block\">b</div>"
    ),
    ("a <table align=\"left\"><tr><td>b</table> c", "a <table align=\"left\"><tr><td>b</table> c"),
    (
      "<style>p { display: inline }</style><p>a</p> <p>b</p>",
      "<style>p{display: inline}</style><p>a</p> <p>b</p>"
    ),
    // White space that is kept by a style counts everywhere.
    (
      "<p style=\"white-space: pre-wrap\"> a  b\n</p>",
      "<p style=\"white-space: pre-wrap\"> a  b\n</p>"
    ),
    (
      "<div> <pre> a\n  b </pre> <textarea>  c </textarea> </div>",
      "<div><pre> a\n  b </pre><textarea>  c </textarea></div>"
    ),
    ("<pre><pre> a </pre>  b </pre>", "<pre><pre> a </pre>  b </pre>"),
  ])
  func `only white space that never shows goes`(html: String, minified: String) {
    #expect(minify(html) == minified)
  }

  @Test(arguments: [
    "<p>{{ a  | default:  \"<td>  b\" }}  </p>",
    "<td> {%  if x   >  1 %} <b>y</b> {% endif %} </td>",
    "<td>{% raw %}  {{  <td>  {% endraw %}</td>",
    "<td>{% capture x %}  a  {% endcapture %}</td>",
    "<a href=\"{{ x | append: \"a  b\" }}\"  title='{%  if a  %}  {% endif %}'>x</a>",
    "<a {% if x %}href=\"a  b\"{% endif %} >x</a>",
    "<style>a { {{  c  }} } b { color : {{ d }} ; }</style>",
  ])
  func `Liquid is copied as it stands`(html: String) {
    for output in [minify(html), beautify(html)] {
      #expect(liquid(in: output) == liquid(in: html), "\(output)")
    }
  }

  @Test func `braces never become Liquid's`() {
    #expect(minify("<style>@media x { { a:b } }</style>") == "<style>@media x{ {a:b}}</style>")
    #expect(minify("<style>a { %b }</style>") == "<style>a{ %b}</style>")
  }

  @Test func `conditional comments stay, and what they hold is markup`() {
    let html = """
      <!--[if mso | IE]>
        <table> <tr> <td>
      <![endif]-->
      <div>a</div>
      <!--[if !mso]><!--> <b>b</b> <!--<![endif]-->
      <!-- plain  comment -->
      """
    #expect(
      minify(html) == """
        <!--[if mso | IE]><table><tr><td><![endif]--><div>a</div><!--[if !mso]><!--> <b>b</b> <!--<![endif]--> <!-- plain  comment -->
        """
    )
    let without = String(decoding: HTMLMinifier.removeComments(Array(html.utf8)), as: UTF8.self)
    #expect(!without.contains("plain"))
    #expect(without.contains("<!--[if mso | IE]>") && without.contains("<!--<![endif]-->"))
  }

  @Test func `style sheets lose space beside punctuation only`() {
    let css = """
      @media only screen and (min-width:480px) {
        .a , .b > c { color : red ; background: url( a b;c ) }
      }
      /* a  ;  b */ .d::after { content: "  ;  " }
      """
    #expect(
      minify("<style>\n\(css)\n</style>")
        == "<style>@media only screen and (min-width:480px){.a,.b > c{color : red;"
        + "background: url( a b;c )}}/* a  ;  b */ .d::after{content: \"  ;  \"}</style>"
    )
    #expect(
      beautify("<style>.a,.b{c:d;e:url(x;y)}@media z{f{g:h}}</style>") == """
        <style>
          .a,.b {
            c:d;
            e:url(x;y)
          }
          @media z {
            f {
              g:h
            }
          }
        </style>

        """
    )
  }

  @Test func `lines break where space stands or never shows`() {
    #expect(
      beautify("<body><table><tr><td>a <b>b</b>\n<i>c</i></td></tr></table></body>") == """
        <body>
          <table>
            <tr>
              <td>
                a <b>b</b>
                <i>c</i>
              </td>
            </tr>
          </table>
        </body>

        """
    )
  }

  @Test(arguments: [
    "<!-- never closed <td>  a", "<a title=\"never  closed>", "<style> a {", "<pre>  a", "{{ a  b",
    "{% raw %}  a", "<", "<a", "</", "<!", "<!--[if mso]", "<?php  a", "<%  b", "", "{", "{%", "{{",
    "<style>a { content: \"", "<style>a { b: url(", "a < b  > c", "<p =  \"  >",
  ])
  func `broken documents come out whole`(html: String) {
    #expect(minify(html).filter { !$0.isWhitespace } == html.filter { !$0.isWhitespace })
    #expect(beautify(html).filter { !$0.isWhitespace } == html.filter { !$0.isWhitespace })
  }

  /// Only white space differs, and what one of them does the other undoes.
  @Test(arguments: Sample.all)
  func `documents keep all but white space`(sample: Sample) throws {
    let html = try #require(sample.html)
    let minified = HTMLMinifier.minify(html)
    #expect(HTMLMinifier.minify(minified) == minified)
    #expect(minified.count < html.count)
    let beautified = HTMLBeautifier.beautify(minified)
    #expect(HTMLBeautifier.beautify(beautified) == beautified)
    #expect(HTMLMinifier.minify(beautified) == HTMLMinifier.minify(HTMLBeautifier.beautify(html)))
    for output in [minified, beautified] {
      #expect(output.filter { !isSpace($0) } == html.filter { !isSpace($0) })
    }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private func minify(_ html: String) -> String {
    String(decoding: HTMLMinifier.minify(Array(html.utf8)), as: UTF8.self)
  }

  private func beautify(_ html: String) -> String {
    String(decoding: HTMLBeautifier.beautify(Array(html.utf8)), as: UTF8.self)
  }

  private func liquid(in text: String) -> [String] {
    text.matches(of: /\{\{.*?\}\}|\{%.*?%\}/.dotMatchesNewlines()).map { String($0.output) }
  }
}

/// The layouts of the sample project, with their blocks left out, as plain MJML.
struct Sample: CustomStringConvertible, Sendable {
  let name: String
  let source: String

  var description: String { name }

  /// The HTML that `compile` makes; nil where it refuses.
  var html: [UInt8]? {
    MJMLCompiler(validation: .skip).compile(Array(source.utf8), path: name, folder: ".").html
  }

  static let all: [Sample] = [
    ("text", "<mj-text>Hello <b>{{ name }}</b>,\n  how  are you?</mj-text>"),
    ("button", "<mj-button href=\"https://example.com/{{ id }}\">Buy</mj-button>"),
    ("image", "<mj-image src=\"a.png\" alt=\"\" fluid-on-mobile=\"true\" />"),
    (
      "social",
      "<mj-social><mj-social-element name=\"x\" href=\"y\">X</mj-social-element></mj-social>"
    ),
    (
      "navbar",
      "<mj-navbar hamburger=\"hamburger\"><mj-navbar-link href=\"/\">A</mj-navbar-link></mj-navbar>"
    ),
    (
      "table",
      "<mj-table>{% for l in lines %}\n<tr><td> {{ l }} </td></tr>\n{% endfor %}</mj-table>"
    ),
    (
      "accordion",
      "<mj-accordion><mj-accordion-element><mj-accordion-title>T</mj-accordion-title>"
        + "<mj-accordion-text>U</mj-accordion-text></mj-accordion-element></mj-accordion>"
    ),
    ("raw", "<mj-raw><!-- a  b --><pre>  x\n y</pre> <i>z</i></mj-raw>"),
    (
      "carousel",
      "<mj-carousel><mj-carousel-image src=\"a\" /><mj-carousel-image src=\"b\" /></mj-carousel>"
    ),
  ].map { name, content in
    Sample(
      name: name,
      source: "<mjml><mj-head><mj-style>.a { b : c }</mj-style></mj-head><mj-body><mj-section>"
        + "<mj-column>\(content)</mj-column><mj-column>\(content)</mj-column></mj-section></mj-body></mjml>"
    )
  }
}
