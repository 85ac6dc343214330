import LetterpressLiquid
import LetterpressProgram
import Testing

/// What templates print.
struct RenderProgramTests {
  @Test("static text comes out as it stands")
  func staticText() throws {
    #expect(try render("<p>Hello, world &amp; all</p>") == "<p>Hello, world &amp; all</p>")
  }

  @Test("values are escaped as HTML text")
  func text() throws {
    #expect(
      try render("<p>{{ name }}</p>", "name", #"{"name":"<b>\"Tom\" & 'Jerry'</b>"}"#)
        == "<p>&lt;b&gt;&quot;Tom&quot; &amp; &#39;Jerry&#39;&lt;/b&gt;</p>"
    )
  }

  @Test("fields of fields, missing ones and numbers")
  func paths() throws {
    let schema = """
      {"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"object",
      "properties":{"c":{"type":"string"},"n":{"type":"integer"},"x":{"type":"number"},
      "t":{"type":"boolean"}}}}}}}
      """
    let template = "[{{ a.b.c }}|{{ a.b.n }}|{{ a.b.x }}|{{ a.b.t }}]"
    #expect(
      try render(template, schema, #"{"a":{"b":{"c":"hi","n":-42,"x":1.5,"t":false}}}"#)
        == "[hi|-42|1.5|false]"
    )
    #expect(try render(template, schema, #"{"a":{}}"#) == "[|||]")
    #expect(try render(template, schema, "{}") == "[|||]")
  }

  @Test("branches", arguments: [("gold", "G"), ("silver", "S"), ("tin", "-")])
  func branches(tier: String, expected: String) throws {
    #expect(
      try render(
        "{% if t == 'gold' %}G{% elsif t == 'silver' %}S{% else %}-{% endif %}",
        "t",
        #"{"t":"\#(tier)"}"#
      ) == expected
    )
  }

  @Test("loops with all that they know of themselves")
  func loops() throws {
    #expect(
      try render(
        "{% for x in xs %}{{ forloop.index }}/{{ forloop.length }}{{ x }}{% unless forloop.last %},{% endunless %}{% else %}none{% endfor %}",
        "xs: strings",
        #"{"xs":["a","b","c"]}"#
      ) == "1/3a,2/3b,3/3c"
    )
    #expect(
      try render("{% for x in xs %}{{ x }}{% else %}none{% endfor %}", "xs: strings", #"{"xs":[]}"#)
        == "none"
    )
  }

  @Test("break and continue end what they are in")
  func interrupts() throws {
    #expect(
      try render(
        "{% for i in (1..9) %}{% if i == 2 %}{% continue %}{% endif %}{% if i == 5 %}{% break %}{% endif %}{{ i }}{% endfor %}!"
      ) == "134!"
    )
    #expect(
      try render(
        "{% for i in (1..3) %}{% capture c %}[{{ i }}{% if i == 2 %}{% break %}{% endif %}]{% endcapture %}{{ c }}{% endfor %}{{ c }}"
      ) == "[1][2"
    )
  }

  @Test("assigned values, captures and counters")
  func statements() throws {
    #expect(
      try render(
        "{% assign x = name | upcase %}{% capture y %}<i>{{ name }}</i>{% endcapture %}{{ x }} {{ y }} {{ y }}{% increment n %}{% increment n %}{% decrement n %}",
        "name",
        #"{"name":"a<"}"#
      ) == "A&lt; <i>a&lt;</i> <i>a&lt;</i>011"
    )
  }

  @Test("default stands in for nil, false and the empty string")
  func defaults() throws {
    let template = "{{ name | default: 'a & b' }}"
    #expect(try render(template, "name", "{}") == "a &amp; b")
    #expect(try render(template, "name", #"{"name":""}"#) == "a &amp; b")
    #expect(try render(template, "name", #"{"name":"<"}"#) == "&lt;")
  }

  @Test("abort skips the recipient with a reason")
  func abort() throws {
    let sample = try Sample("a{% if x %}{% abort 'no stock' %}{% endif %}b", "x: boolean")
    #expect(try sample.render(#"{"x":false}"#) == "ab")
    #expect {
      try sample.render(#"{"x":true}"#)
    } throws: { error in
      (error as? RenderError)?.reason == .skipped && (error as? RenderError)?.message == "no stock"
    }
  }

  @Test("money and dates")
  func filters() throws {
    #expect(
      try render(
        "{{ c | money }} {{ d | date: '%B %d, %Y' }} {{ d | date: '%-d.%-m.%y %a' }}",
        "c: integer, d: date",
        #"{"c":123456,"d":"2026-03-04"}"#
      )
        == "$1,234.56 March 04, 2026 4.3.26 Wed"
    )
  }

  @Test("a subject is one line without white space at its ends")
  func subject() throws {
    #expect(
      try render(
        "\n Hello {{ name }} &amp; co ",
        "name",
        #"{"name":"<Tom>"}"#,
        as: .text(.subject)
      )
        == "Hello <Tom> & co"
    )
    #expect(throws: RenderError.self) {
      try render("Hello {{ name }}", "name", #"{"name":"a\nBcc: b"}"#, as: .text(.subject))
    }
  }

  @Test func `a frame learns nothing from one recipient that another's message shows`() throws {
    let sample = try Sample("{{ n | money: currency: c }}", "n: integer, c")
    var frame = sample.program.makeFrame()
    for currency in ["EUR", #"EUR\u0000"#, "EU", "", "USD", #"USD\u0000\u0000"#] {
      let record = try sample.record(#"{"n":1234567,"c":"\#(currency)"}"#)
      var reused = OutputBuffer()
      var fresh = OutputBuffer()
      let now = Moment(seconds: 0)
      frame.begin(now: now)
      try? sample.program.render(sample.part, of: record, in: &frame, into: &reused)
      try? sample.program.render(sample.part, of: record, now: now, into: &fresh)
      #expect(reused.bytes() == fresh.bytes(), "\(currency)")
    }
  }
}
