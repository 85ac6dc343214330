import LetterpressLiquid
import Testing

/// What Golden Liquid does not cover of Liquid's own filters, and the filters for email.
@Suite struct FilterTests {
  @Test(arguments: [
    Rendered("{{ 'ﬂuß' | upcase }} {{ 'ǆ' | capitalize }}", "FLUSS ǅ"),
    Rendered("{{ 'e\u{301}' | size }} {{ '👩‍👩' | size }}", "2 3"),
    Rendered("{{ 'e\u{301}a' | slice: 1 }}|{{ 'é' | slice: 0 }}", "\u{301}|é"),
    Rendered("{{ 'a,,b,,' | split: ',' | size }}", "3"),
    Rendered("{{ 'aXbxc' | split: 'x' | join: '-' }}", "aXb-c"),
    Rendered("{{ ' a \n b ' | squish }}", "a b"),
    Rendered("{{ 'aaa' | replace_last: 'aa', 'b' }}", "ab"),
    Rendered("{{ 'a\\1b' | replace: 'a', '\\0' }}", "\\0\\1b"),
    Rendered("{{ 'a+b%20c%' | url_decode }}", "a b c%"),
    Rendered("{{ 'a b/ü~*' | url_encode }}", "a+b%2F%C3%BC~%2A"),
    Rendered("{{ '%FF' | url_decode }}", "[argument: the decoded text is no UTF-8]"),
    Rendered("{{ 'a<script>b</script>c<!-- d -->e<br' | strip_html }}", "ace<br"),
    Rendered("{{ 'äö' | base64_encode | base64_decode }}", "äö"),
    Rendered("{{ 'a&amp;b&c &#12;<' | escape_once }}", "a&amp;b&amp;c &#12;&lt;"),
  ])
  func strings(_ rendered: Rendered) { expect(rendered) }

  @Test(arguments: [
    Rendered(
      "{{ 0.1 | plus: 0.2 }} {{ 1.1 | times: 3 }} {{ 0.3 | divided_by: 0.1 }}",
      "0.3 3.3 3.0"
    ),
    Rendered("{{ -7 | divided_by: 2 }} {{ -7 | modulo: 3 }} {{ 7 | modulo: -3 }}", "-4 2 -2"),
    Rendered(
      "{{ 1 | divided_by: 3.0 }} {{ 2 | divided_by: 3.0 }}",
      "0.3333333333333333 0.6666666666666666"
    ),
    Rendered("{{ 9223372036854775807 | plus: 1 }}", "9.223372036854776e+18"),
    Rendered(
      "{{ 1.5 | round }} {{ -1.5 | round }} {{ 2.5 | round }} {{ 15 | round: -1 }}",
      "2 -2 3 20"
    ),
    Rendered("{{ 1.005 | round: 2 }} {{ 1234.5 | round: -2 }} {{ 3 | round: 2 }}", "1.01 1200 3"),
    Rendered("{{ '1_000' | plus: 1 }} {{ '12abc' | plus: 1 }} {{ '1e3' | plus: 0 }}", "1001 13 1"),
    Rendered("{{ 1 | divided_by: 0 }}", "[zeroDivision: divided by 0]"),
    Rendered("{{ 1 | divided_by: 0.0 }}", "[zeroDivision: divided by 0]"),
    Rendered(
      "{{ 1e300 | times: 1e300 | ceil }}",
      "[argument: an infinite number cannot be rounded]"
    ),
    Rendered(
      "{{ 1e15 }} {{ 1e16 }} {{ 0.0001 }} {{ 0.00001 }} {{ 100.0 }} {{ -0.5 }}",
      "1000000000000000.0 1.0e+16 0.0001 1.0e-05 100.0 -0.5"
    ),
  ])
  func numbers(_ rendered: Rendered) { expect(rendered) }

  @Test(arguments: [
    Rendered("{{ a | sort: 'n' | map: 'n' | join }}", #"{"a":[{"n":2},{},{"n":1}]}"#, "1 2 "),
    Rendered(
      "{{ a | uniq | size }}",
      #"{"a":["é","e\u0301",1,1.0,{"x":1,"y":2},{"y":2,"x":1}]}"#,
      "5"
    ),
    Rendered(
      "{{ a | where: 'b', 1 | size }}{{ a | reject: 'b' | size }}",
      #"{"a":[{"b":1},{"b":1.0},{}]}"#,
      "21"
    ),
    Rendered("{{ o | map: 'a' | first }}", #"{"o":{"a":5}}"#, "5"),
    Rendered(
      "{{ a | first }} {{ a | last }} {{ a | size }}",
      #"{"a":[[1,2],{"b":"c"}]}"#,
      #"12 {"b"=>"c"} 2"#
    ),
    Rendered("{{ a | join: ', ' }}", #"{"a":["b",["c",["d"]]]}"#, "b, c, d"),
    Rendered("{{ a | append: '!' }}", #"{"a":["b\"c",null,1.5]}"#, #"["b\"c", nil, 1.5]!"#),
    Rendered(
      "{{ a | json }}",
      #"{"a":{"b":["c\"\n",null,true,1.5]}}"#,
      #"{"b":["c\"\n",null,true,1.5]}"#
    ),
    Rendered("{{ (1..1000000) | join }}", "[limit: a value of more than 1048576 bytes]"),
  ])
  func arrays(_ rendered: Rendered) { expect(rendered) }

  @Test(arguments: [
    Rendered("{{ 1 | pluralize: 'item', 'items' }} {{ 0 | pluralize: 'item' }}", "item items"),
    Rendered("{{ '👩‍👩‍👧 family' | truncate_graphemes: 4 }}", "👩‍👩‍👧 f…"),
    Rendered("{{ 'short' | truncate_graphemes: 5 }}", "short"),
    Rendered("{{ 'abc' | truncate_graphemes: 0 }}", "…"),
    Rendered(
      "{{ 'https://a.example/b?c=d#e' | url_param: 'x y', 'é&' }}",
      "https://a.example/b?c=d&x%20y=%C3%A9%26#e"
    ),
    Rendered(
      "{{ 'https://a.example/?c=1&d=2' | url_param: 'c', 3 }}",
      "https://a.example/?d=2&c=3"
    ),
    Rendered("{{ '/' | url_param: 'a', 1 | url_param: 'b', 2 }}", "/?a=1&b=2"),
  ])
  func email(_ rendered: Rendered) { expect(rendered) }

  @Test func `without a project a key is its own translation`() {
    #expect(render("{{ 'cart.title' | t: name: 'Ada' }}", context: testContext) == "cart.title")
  }

  @Test func everyFilterHasASignatureOfUse() {
    for filter in FilterCatalog.standard.filters {
      let signature = filter.signature
      #expect(signature.summary.hasSuffix("."), "\(signature.name)")
      // Whatever is given to it, a filter gives a value or an error.
      for input in Self.awkward {
        for argument in Self.awkward {
          for count in signature.arity {
            var context = testContext
            let arguments = Array(repeating: argument, count: count)
            _ = try? filter(input, FilterArguments(arguments), &context)
          }
        }
      }
    }
  }

  private static let awkward: [Value] = [
    .nil, .boolean(false), .integer(.min), .integer(.max), .integer(-1), .number(.infinity),
    .number(-1e308), .number(.nan), .number(.leastNonzeroMagnitude), .string(""),
    .string("e\u{301}<%&"),
    .string("99999999999999999999"), .string("-0.5"), .array([]),
    .array([.nil, .array([.integer(1)])]),
    .object(Object([("a", .nil)])), .range(IntegerRange(.min, .max)), .range(IntegerRange(5, 1)),
    .date(Moment(seconds: .max)), .date(Moment(seconds: .min, clock: .offset(3_600))),
  ]
}
