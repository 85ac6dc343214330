import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
import Testing

/// A text without markup comes out of the program as Liquid's own renderer writes it.
struct LiquidAgreementTests {
  private static let schema = """
    {"type":"object","properties":{
      "name":{"type":"string"},"nick":{"type":"string"},"age":{"type":"integer"},
      "price":{"type":"number"},"vip":{"type":"boolean"},"tier":{"enum":["gold","silver"]},
      "born":{"type":"string","format":"date"},"seen":{"type":"string","format":"date-time"},
      "tags":{"type":"array","items":{"type":"string"}},
      "numbers":{"type":"array","items":{"type":"integer"}},
      "orders":{"type":"array","items":{"$ref":"#/$defs/order"}},
      "extra":true,"scores":{"type":"object","additionalProperties":{"type":"integer"}}},
     "$defs":{"order":{"type":"object","properties":{"id":{"type":"string"},
      "total":{"type":"integer"},"lines":{"type":"array","items":{"type":"string"}}}}}}
    """

  private static let profiles = [
    """
    {"name":"Ada Lovelace","age":36,"price":12.5,"vip":true,"tier":"gold","born":"1815-12-10",
     "seen":"2026-03-04T05:06:07+02:00","tags":["a","b","c","d"],"numbers":[3,1,2],
     "orders":[{"id":"o1","total":1999,"lines":["x","y"]},{"id":"o2","total":250},{"id":"o3"}],
     "extra":{"k":[1,{"z":"deep"}],"size":7,"t":"text"},"scores":{"b":2,"a":1}}
    """,
    #"{"name":"","vip":false,"tags":[],"orders":[],"numbers":[7],"extra":null,"scores":{}}"#,
    #"{"name":"Grüße 🎉  x","nick":"é","age":-7,"price":1e21,"tags":["one"],"extra":"str","numbers":[]}"#,
  ]

  private static let templates = [
    "Hello {{ name }}{{ nick }}, {{ age }} {{ price }} {{ vip }} {{ tier }}",
    "{{ name | upcase }} {{ name | downcase }} {{ name | size }} {{ name | capitalize }}",
    "{{ name | append: '!' | prepend: '>' }}{{ nick | default: name }}{{ nick | default: 'none' }}",
    "{{ name | truncate: 7 }}{{ name | split: ' ' | join: '-' }}{{ name | replace: 'a', 'o' }}",
    "{{ name | url_encode }} {{ name | slice: 1, 3 }} {{ name | strip }}",
    "{{ age | plus: 4 }} {{ price | times: 2 }} {{ age | divided_by: 5 }} {{ age | modulo: 5 }}",
    "{{ born | date: '%Y-%m-%d' }} {{ born | date: '%A %-d %B %y %j' }} {{ born | date: '%e %b' }}",
    "{{ seen | date: '%H:%M:%S %d.%m.%Y' }} {{ seen | date: '%s %z' }} {{ seen | date: '%F %T %R' }}",
    "{{ 'now' | date: '%Y' }} {{ name | date: '%Y' }}",
    "{% if name == 'Ada Lovelace' %}A{% elsif name == '' %}E{% else %}-{% endif %}",
    "{% if name %}1{% endif %}{% if name != blank %}2{% endif %}{% if nick == nil %}3{% endif %}{% if name == empty %}4{% endif %}",
    "{% if age > 30 and vip %}1{% endif %}{% if age < 0 or vip == false %}2{% endif %}{% if age >= 36 %}3{% endif %}{% if age != 36 %}4{% endif %}",
    "{% if 30 < age %}1{% endif %}{% if 'gold' == tier %}2{% endif %}{% if price > 12 %}3{% endif %}{% if price <= 12.5 %}4{% endif %}",
    "{% unless vip %}no{% else %}yes{% endunless %}{% unless tier == 'gold' or age == 1 %}x{% endunless %}",
    "{% case tier %}{% when 'gold' %}G{% when 'silver', 'tin' %}S{% else %}?{% endcase %}",
    "{% if tags contains 'b' %}b{% endif %}{% if name contains 'da' %}da{% endif %}{% if numbers contains 2 %}2{% endif %}",
    "{% for t in tags %}{{ forloop.index }}{{ forloop.rindex0 }}{{ t }}{% if forloop.last %}.{% endif %}{% else %}none{% endfor %}",
    "{% for t in tags limit: 2 offset: 1 %}{{ t }}{% endfor %}|{% for t in tags offset: continue %}{{ t }}{% endfor %}",
    "{% for t in tags reversed limit: 2 %}{{ t }}{% endfor %}|{% for t in tags limit: 0 %}x{% else %}e{% endfor %}",
    "{% for t in tags limit: -1 %}{{ t }}{% endfor %}{% for t in tags offset: 9 %}{{ t }}{% else %}-{% endfor %}",
    "{% for i in (1..3) %}{{ i }}{% for j in (i..3) reversed %}{{ j }}{{ forloop.parentloop.index }}{% endfor %};{% endfor %}",
    "{% for i in (3..1) %}{{ i }}{% else %}empty{% endfor %}{% for i in (age..38) %}{{ i }},{% endfor %}",
    "{% for o in orders %}{{ o.id }}={{ o.total | default: 0 }}{% for l in o.lines %}{{ l }}{% endfor %}{{ o.lines.size }};{% endfor %}",
    "{% for p in scores %}{{ p[0] }}:{{ p[1] }} {% endfor %}{{ scores.a }}{{ scores['b'] }}{{ scores.size }}",
    "{{ orders[0].id }}{{ orders[-1].id }}{{ orders.first.total }}{{ orders.last.id }}{{ orders[9].id }}{{ orders.size }}",
    "{{ tags.first }}{{ tags.last }}{{ tags[1] }}{{ tags[-2] }}{{ tags }}{{ numbers }}{{ tags | size }}",
    "{{ extra.k[1].z }}{{ extra.k[0] }}{{ extra.size }}{{ extra.t.size }}{{ extra }}{{ extra.k.first }}{{ extra.nope.more }}",
    "{% assign x = 5 %}{% assign y = x | times: 2 %}{{ x }}{{ y }}{% assign x = 'a' %}{{ x }}{% capture z %}[{{ x }}{{ name }}]{% endcapture %}{{ z }}{{ z | size }}",
    "{% assign s = numbers | sort %}{{ s }}{% for n in s %}{{ n }}.{% endfor %}{% assign w = orders | where: 'id', 'o2' %}{{ w[0].total }}{{ w.size }}",
    "{% assign ids = orders | map: 'id' %}{{ ids | join: ',' }}{% assign f = tags | first %}{{ f }}{{ numbers | sum }}",
    "{% increment a %}{% increment a %}{% decrement b %}{% decrement b %}{% increment a %}",
    "{% for i in (1..5) %}{% cycle 'x', 'y', 'z' %}{% cycle 'g': 1, 2 %}{% endfor %}",
    "{% for i in (1..9) %}{% if i == 3 %}{% continue %}{% endif %}{% if i == 6 %}{% break %}{% endif %}{{ i }}{% endfor %}",
    "{% for t in tags %}{% ifchanged %}{{ t | size }}{% endifchanged %}{% endfor %}",
    "{% for t in name %}{{ t }}{% endfor %}{% for t in nick %}{{ t }}{% else %}n{% endfor %}{% for x in extra %}{{ x }};{% endfor %}",
    "{% assign n = 2 %}{% for t in tags limit: n offset: n %}{{ t }}{% endfor %}",
    "{{ 1.0 }} {{ 100000000000000000000.0 }} {{ 0.00001 }} {{ -0.5 }} {{ true }} {{ nil }} {{ (1..3) }}",
    "{% liquid\nassign q = 3\nfor i in (1..q)\necho i\nendfor\n%}",
    "  {%- if vip -%}  trimmed  {%- endif -%}  end",
  ]

  @Test(arguments: templates)
  func `the program writes what Liquid writes`(template: String) throws {
    let now = Moment(seconds: 1_772_444_400)
    let context = FilterContext(now: now)
    var dynamic = LiquidRenderer(
      SourceFile(path: "t.liquid", text: template),
      dialect: .letterpress
    )
    #expect(dynamic.diagnostics.isEmpty)
    let sample = try Sample(template, Self.schema, as: .text(.plain))
    for profile in Self.profiles {
      guard case .object(let data) = try JSONReader.read(Array(profile.utf8)) else {
        Issue.record("the profile is no object")
        continue
      }
      let expected = Result {
        try String(decoding: dynamic.render(data, context: context), as: UTF8.self)
      }
      let actual = Result { try sample.render(profile, now: now) }
      switch (expected, actual) {
      case (.success(let expected), .success(let actual)): #expect(actual == expected)
      case (.failure, .failure): break
      case (.failure(let error), .success(let actual)):
        // What the dynamic renderer has no order for, the checker would have reported.
        #expect("\(error)".contains("compar"), "\(actual)")
      case (.success(let expected), .failure(let error)): Issue.record("\(expected) ≠ \(error)")
      }
    }
  }
}
