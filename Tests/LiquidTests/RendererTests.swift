import LetterpressDiagnostics
import LetterpressLiquid
import Testing

@Suite struct RendererTests {
  @Test(arguments: [
    Rendered("{% for i in (1..3) %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}", "1"),
    Rendered(
      "{% for x in a %}{% assign x = 9 %}{{ x }}{% endfor %}{{ x }}",
      #"{"a":[1,2]}"#,
      "129"
    ),
    Rendered("{% for f in a reversed limit: 2 %}{{ f }}{% endfor %}", #"{"a":[1,2,3]}"#, "21"),
    Rendered(
      "{% for f in a %}{% for g in a %}{{ forloop.parentloop.name }}{% endfor %}{% endfor %}",
      #"{"a":[1]}"#,
      "f-a"
    ),
    Rendered("{% cycle a, b %}{% cycle a, b %}", #"{"a":1,"b":2}"#, "11"),
    Rendered("{% increment n %}{{ n }}", #"{"n":5}"#, "56"),
    Rendered(
      "{{ a['size'] }}{{ a.size }}{{ o.size }}{{ o['size'] }}",
      #"{"a":[1],"o":{"size":7}}"#,
      "177"
    ),
    Rendered("{{ é }}", "[template: unexpected 'é']"),
    Rendered("{{ ['é'] }}{{ ['e\u{301}'] }}", #"{"é":1}"#, "1"),
    Rendered("{% if 'a' contains blank and a != blank %}yes{% endif %}", #"{"a":" x"}"#, "yes"),
    Rendered(
      "{% if s == blank %}b{% endif %}{% if s == empty %}e{% endif %}",
      #"{"s":" \n"}"#,
      "b"
    ),
    Rendered(
      "{% case x %}{% when 1 or 2 %}a{% when 2 %}b{% else %}c{% endcase %}",
      #"{"x":2}"#,
      "ab"
    ),
    Rendered("{% if true %} {% raw %} {% endraw %} {% endif %}", "   "),
    Rendered("{% abort 'unsubscribed' %}", "[abort: unsubscribed]"),
    Rendered(
      "{{ '2' | plus: 1 }}{% if 1 < 'x' %}{% endif %}",
      "[argument: a string and a number cannot be compared]"
    ),
  ])
  func templates(_ rendered: Rendered) { expect(rendered) }

  @Test func partials() {
    let partials = [
      "card": "[{{ card }}{{ a }}{% assign x = 1 %}]", "shared": "{% assign x = 5 %}",
      "broken": "{{ a b }}",
      "loop": "{% for i in (1..2) %}{{ forloop.parentloop.index }}{% endfor %}",
      "includes": "{% include 'shared' %}",
    ]
    func rendered(_ template: String, _ data: String = "{}") -> String {
      render(template, data, partials: partials)
    }
    #expect(rendered("{% render 'card' with v, a: 2 %}{{ x }}", #"{"v":1,"a":9}"#) == "[12]")
    #expect(rendered("{% render 'card' for vs as card %}", #"{"vs":[1,2]}"#) == "[1][2]")
    #expect(rendered("{% include 'shared' %}{{ x }}") == "5")
    #expect(rendered("{% for i in (1..2) %}{% render 'loop' %}{% endfor %}") == "")
    #expect(rendered("{% render 'gone' %}") == "[partial: there is no partial 'gone']")
    #expect(rendered("{% render 'broken' %}") == "[template: unexpected 'b']")
    #expect(
      rendered("{% render 'includes' %}")
        == "[partial: 'include' cannot stand in a partial of 'render']"
    )
  }

  @Test func failuresHaveTheirPlaceInThePartial() throws {
    var renderer = LiquidRenderer(SourceFile(path: "main", text: "a{% render 'p' %}")) { name in
      SourceFile(path: name, text: "bc{{ 1 | divided_by: 0 }}")
    }
    let failure = #expect(throws: RenderFailure.self) { try renderer.render(Object([])) }
    let diagnostic = try #require(failure?.diagnostic)
    #expect(diagnostic.id.name == "division-by-zero")
    #expect(renderer.sources.text(diagnostic.primary.range) == "divided_by: 0")
    #expect(renderer.sources[diagnostic.primary.range.file].path == "p")
    #expect(diagnostic.stack.map { renderer.sources.text($0.range) } == ["{% render 'p' %}"])
  }

  @Test func limitsCanBeSet() {
    var limits = RenderLimits()
    limits.steps = 10
    limits.output = 20
    let context = FilterContext(budget: RenderBudget(limits))
    #expect(
      render("{% for i in (1..99) %}{% endfor %}", context: context)
        == "[limit: more than 10 steps]"
    )
    #expect(
      render("0123456789{{ 1 }}0123456789", context: context)
        == "[limit: an output of more than 20 bytes]"
    )
  }

  @Test(
    "what takes time by its size costs steps by its size",
    arguments: [
      "{{ s.size }}", "{% if s == t %}{% endif %}", "{% if s contains 'b' %}{% endif %}",
      "{% if s < t %}{% endif %}", "{% if w == blank %}{% endif %}",
      "{% capture c %}{{ s }}{% endcapture %}",
      "{% cycle s: 1, 2 %}", "{% assign x = a | where: 'b' %}", "{% assign x = a | sort | uniq %}",
      "{% assign x = s | append: s %}", "{% if a contains s %}{% endif %}",
      "{% ifchanged %}{{ s }}{% endifchanged %}",
    ]
  )
  func sizes(_ body: String) {
    let text = String(repeating: "a", count: 100_000)
    let space = String(repeating: " ", count: 100_000)
    let data = #"{"s":"\#(text)","t":"\#(text)","w":"\#(space)","a":["\#(text)"]}"#
    let rendered = render("{% for i in (1..1000) %}\(body){% endfor %}", data)
    #expect(rendered == "[limit: more than 1000000 steps]")
  }

  @Test("deep blocks in deep partials end before the stack does") func nesting() {
    let block = String(repeating: "{% if true %}{% for i in (1..1) %}", count: 45)
    let end = String(repeating: "{% endfor %}{% endif %}", count: 45)
    let partials = ["p": block + "{% include 'p' %}" + end]
    #expect(
      render("{% include 'p' %}", partials: partials)
        == "[limit: blocks are nested more than 200 deep]"
    )
  }

  @Test func variablesTogetherAreBounded() {
    let template =
      "{% capture s %}{% for i in (1..99999) %}12345678{% endfor %}{% endcapture %}"
      + (0..<30).map { "{% assign v\($0) = s %}" }.joined()
    #expect(render(template) == "[limit: variables of more than 16777216 bytes]")
  }

  @Test("a template with a mistake is not rendered") func mistakes() {
    #expect(
      render("{{ 'a' | upcse }}") == "[template: unknown filter 'upcse'; did you mean 'upcase'?]"
    )
    #expect(
      render("{{ 'a' | append }}").hasPrefix("[template: 'append' takes 1 argument, and has none")
    )
    #expect(render("{{ 'a' | default: allow_flase: 1 }}").contains("did you mean 'allow_false'?"))
    #expect(render("{{ 'a' | raw }}").contains("nothing turns escaping off"))
  }
}
