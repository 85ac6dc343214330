import Letterpress
import LetterpressDiagnostics
import Testing

/// The text part that is derived from a layout: template in, text out.
@Suite("Plain text")
struct PlainTextTests {
  // MARK: HTML in texts

  @Test("Tags are gone, references are characters, white space collapses")
  func reducesHTML() throws {
    #expect(
      try text(
        """
        <mj-text>
          <b>Gold</b>   &amp;
          <i>proud</i>, &#x201C;ever&#8221;&hellip;
        </mj-text>
        """
      ) == "Gold & proud, “ever”…\n"
    )
  }

  @Test("Paragraphs stand apart, divisions and breaks end the line")
  func setsBlocksApart() throws {
    #expect(
      try text("<mj-text><p>One</p><p>Two<br>three</p><div>four</div><div>five</div></mj-text>")
        == """
        One

        Two
        three

        four
        five

        """
    )
  }

  @Test("There is never more than one blank line")
  func keepsBlankLinesApart() throws {
    #expect(
      try text("<mj-text>A<br><br><br><br>B<p>&nbsp;</p><p></p><p>C</p></mj-text><mj-spacer/>")
        == "A\n\nB\n\nC\n"
    )
  }

  @Test("Headings are underlined; the smaller ones stand apart")
  func marksHeadings() throws {
    #expect(
      try text("<mj-text><h1>Grüße</h1>Hi<h2>{{ profile.name }}’s</h2>there<h3>So</h3>x</mj-text>")
        == """
        Grüße
        =====

        Hi

        Ada’s
        -----

        there

        So

        x

        """
    )
  }

  @Test("A link shows its target, unless its label is the target")
  func showsTargets() throws {
    #expect(
      try text(
        """
        <mj-text>Read <a href="https://a.example/?a=1&amp;b={{ profile.name }}">the
          <b>news</b></a>, see <a href="https://a.example/">a.example</a>,
          <a href="https://b.example/x">https://b.example/x</a>, write to
          <a href="mailto:hi@a.example">hi@a.example</a>, <a href="#top">go up</a>,
          <a href="tel:+441">+44 1</a>, <a name="here">stay</a>.</mj-text>
        """
      ) == """
        Read the news <https://a.example/?a=1&b=Ada>, see a.example, 
        https://b.example/x, write to hi@a.example, go up, +44 1, stay.

        """
    )
  }

  @Test("What nobody sees is not in the text")
  func dropsWhatIsHidden() throws {
    #expect(
      try text(
        """
        <mj-text>A<!-- no --><!--[if mso]><p>Outlook</p><![endif]-->
        <style>p { color: red }</style><div style="color:red; Display : none">x<div>y</div>z</div>
        <span hidden>h</span><img src="a.png"><img src="a.png" alt="">B</mj-text>
        <mj-raw><!-- htmlmin:ignore --></mj-raw><!-- neither this -->
        """
      ) == "A B\n"
    )
  }

  @Test("Lists have bullets or numbers, lists in lists are indented")
  func writesLists() throws {
    #expect(
      try text(
        """
        <mj-text>We have:
          <ul>
            <li>Paper</li>
            <li>Pens
              <ol><li>red</li><li></li><li>blue</li></ol>
            </li>
            {% for i in (1..2) %}<li>No. {{ i }}</li>{% endfor %}
          </ul>
          Come!</mj-text>
        """
      ) == """
        We have:

        - Paper
        - Pens
           1. red
           3. blue
        - No. 1
        - No. 2

        Come!

        """
    )
  }

  @Test("A table of data has its cells side by side, a break in a cell is a comma")
  func writesTables() throws {
    #expect(
      try text(
        """
        <mj-table>
          <tr><th>Day</th> <th>What</th><th align="right">Points</th></tr>
          {% for i in (1..2) %}
          <tr>
            <td>{{ i }} May</td>
            <td>Order<br><small>A-{{ i }}</small></td>
            <td>+{{ i }}0</td>
          </tr>
          {% endfor %}
          <tr><td></td><td>Sum.<br>All</td><td></td></tr>
        </mj-table>
        """
      ) == """
        Day | What | Points
        1 May | Order, A-1 | +10
        2 May | Order, A-2 | +20
        | Sum. All

        """
    )
  }

  @Test("A table that only puts things in their places has a line for each cell")
  func writesLayoutTables() throws {
    #expect(
      try text(
        """
        <mj-table role="presentation"><tr><td>A<br>B</td><td>C</td></tr><tr><td>D</td></tr></mj-table>
        """
      ) == "A\nB\nC\nD\n"
    )
  }

  @Test("Quotations and text whose white space counts")
  func quotes() throws {
    #expect(
      try text(
        "<mj-text>She said:<blockquote>One<p>Two</p></blockquote><pre>a  b\n   c</pre></mj-text>"
      ) == """
        She said:

        > One
        >
        > Two

        a  b
            c

        """
    )
  }

  // MARK: Control flow

  @Test(
    "White space around holes and branches is as in HTML",
    arguments: [
      ("A{% if profile.city %} B{% endif %} C", "A C\n"),
      ("A {% if profile.name != 'x' %} B {% endif %} C", "A B C\n"),
      ("A{% if profile.name != 'x' %}, B{% endif %}.", "A, B.\n"),
      ("  {{ profile.name }}\n  <b> {{ profile.name }} </b>!", "Ada Ada !\n"),
      ("{% for i in (1..3) %}\n {{ i }}{% endfor %}", "1 2 3\n"),
      (
        "{% for i in (1..3) %}{{ i }}{% unless forloop.last %}, {% endunless %}{% endfor %}",
        "1, 2, 3\n"
      ),
      ("{% assign a = 'x' %} A {% capture b %} <i>c</i> {% endcapture %} {{ b }} d", "A c d\n"),
      (
        "{% for i in (1..3) %}{% ifchanged %}<p>{{ i | at_most: 2 }}</p>{% endifchanged %}{% endfor %}",
        "1\n\n2\n"
      ),
      ("{% for i in (1..3) %}{% cycle 'a', 'b' %} {% endfor %}", "a b a\n"),
    ]
  )
  func keepsWhiteSpaceRight(content: String, expected: String) throws {
    #expect(try text("<mj-text>\(content)</mj-text>") == expected)
  }

  @Test("An anchor opened on two paths has the target of the one that was taken")
  func joinsPaths() throws {
    #expect(
      try text(
        """
        <mj-text>{% if profile.name == 'Ada' %}<a href="https://a.example/">{% else %}<a
        href="https://b.example/">{% endif %}go</a> <a class="x"
        {% if profile.name == 'Ada' %}href="https://c.example/"{% endif %}>on</a></mj-text>
        """
      ) == "go <https://a.example/> on <https://c.example/>\n"
    )
  }

  @Test("Conditions and loops of elements, blocks and their slots")
  func walksStructure() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-body>
        {% for i in (1..2) %}<mj-section><mj-column><note-card text="{{ i }}">
          {% if i == 2 %}<mj-text>More</mj-text>{% endif %}</note-card></mj-column></mj-section>
        {% endfor %}
        {% if profile.city %}<mj-section><mj-column><mj-text>No</mj-text></mj-column></mj-section>
        {% else %}<mj-section><mj-column><mj-text>End</mj-text></mj-column></mj-section>{% endif %}
      </mj-body></mjml>
      """,
      "blocks/note-card.mjml": """
      <lp-block><lp-param name="text" type="string" />
        <mj-text>Note {{ text }}</mj-text><lp-slot /></lp-block>
      """,
    ])
    #expect(try project.plainText("mail") == "Note 1\n\nNote 2\n\nMore\n\nEnd\n")
  }

  // MARK: Components

  @Test("Buttons, images, dividers and links in rows")
  func knowsComponents() throws {
    #expect(
      try text(
        """
        <mj-text>Hi</mj-text>
        <mj-button href="https://a.example/">Look</mj-button><mj-button>Mere words</mj-button>
        <mj-image src="a.png" alt="A cat &amp; a dog" href="https://b.example/"/>
        <mj-image src="b.png" alt=""/><mj-image src="c.png" href="https://c.example/"/>
        <mj-divider/><mj-spacer/><mj-divider/>
        <mj-social>
          <mj-social-element name="facebook-noshare" href="https://f.example/"/>
          <mj-social-element name="github" href="https://g.example/">Code</mj-social-element>
          <mj-social-element src="x.png" alt="Blog" href="https://x.example/"/>
        </mj-social>
        <mj-navbar base-url="https://n.example"><mj-navbar-link href="/a">A</mj-navbar-link>
          <mj-navbar-link href="/b">B</mj-navbar-link></mj-navbar>
        <mj-accordion><mj-accordion-element><mj-accordion-title>Why?</mj-accordion-title>
          <mj-accordion-text>So.</mj-accordion-text></mj-accordion-element></mj-accordion>
        <mj-carousel><mj-carousel-image src="1.png" alt="One" href="https://1.example/"/>
          <mj-carousel-image src="2.png" alt="Two"/></mj-carousel>
        <mj-divider/>
        """
      ) == """
        Hi

        Look <https://a.example/>

        Mere words

        A cat & a dog <https://b.example/>

        ----------------------------------------

        Facebook <https://f.example/>
        Code <https://g.example/>
        Blog <https://x.example/>

        A <https://n.example/a>
        B <https://n.example/b>

        Why?

        So.

        One <https://1.example/>
        Two

        """
    )
  }

  @Test("A picture and a title below it that are one link are said once")
  func saysLinksOnce() throws {
    #expect(
      try text(
        """
        <mj-image src="https://a.example/{{ profile.name }}.png" alt="{{ profile.name }}" href="https://a.example/" />
        <mj-text><a href="https://a.example/"><b>{{ profile.name }}</b></a></mj-text>
        <mj-text><a href="https://a.example/">{{ profile.name }}</a></mj-text>
        <mj-text>Again: <a href="https://a.example/">{{ profile.name }}</a></mj-text>
        <mj-text><a href="https://a.example/">{{ profile.name }}</a> × 2</mj-text>
        """
      ) == """
        Ada <https://a.example/>

        Again: Ada <https://a.example/>

        Ada <https://a.example/> × 2

        """
    )
  }

  @Test("What mj-attributes and mj-class set counts")
  func readsDefaults() throws {
    let project = try TestProject([
      "layouts/mail.mjml": """
      <mjml><mj-head><mj-attributes><mj-divider lp-text="* * *" />
        <mj-class name="cta" href="https://a.example/" /></mj-attributes></mj-head>
      <mj-body><mj-section><mj-column><mj-button mj-class="cta">Go</mj-button><mj-divider />
      </mj-column></mj-section></mj-body></mjml>
      """
    ])
    #expect(try project.plainText("mail") == "Go <https://a.example/>\n\n* * *\n")
  }

  @Test("lp-text stands for what a block makes, where it is used")
  func replacesBlocks() throws {
    let project = try TestProject([
      "blocks/price-box.mjml": """
      <lp-block><lp-param name="price" type="string" /><mj-text>{{ price }} {% increment uses %}</mj-text></lp-block>
      """,
      "layouts/mail.mjml": TestProject.layout(
        """
        <price-box price="1" /><price-box price="2" lp-text="Two for {{ profile.name }} &amp; you" />
        <price-box price="3" lp-text="" /><mj-text>{% increment uses %}</mj-text>
        """
      ),
    ])
    #expect(try project.findings() == [])
    #expect(try project.plainText("mail") == "1 0\n\nTwo for Ada & you\n\n0\n")
    let html = try project.html("mail", profile: #"{"name": "Ada"}"#)
    #expect(html.contains(">2 0<") && html.contains(">3 0<") && !html.contains("Two for"))
    let skipping = try TestProject([
      "blocks/price-box.mjml": "<lp-block><mj-text>x</mj-text></lp-block>",
      "layouts/mail.mjml": TestProject.layout("<price-box lp-text=\"{% abort 'no' %}\" />"),
    ])
    #expect(throws: RenderFailure.self) { try skipping.html("mail", profile: #"{"name": "Ada"}"#) }
  }

  private func text(_ content: String) throws -> String {
    try TestProject(["layouts/mail.mjml": TestProject.layout(content)]).plainText("mail")
  }
}
