import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressProgram
import Testing

/// Renders are bounded, whatever template and data ask for.
struct LimitTests {
  /// The reason of the error that a render ends with; nil where it ends well.
  private func reason(
    _ template: String,
    _ properties: String = "",
    _ profile: String = "{}",
    limits: RenderLimits = RenderLimits()
  ) throws -> RenderError.Reason? {
    let sample = try Sample(template, properties, as: .text(.plain))
    do {
      _ = try sample.render(profile, limits: limits)
      return nil
    } catch let error as RenderError {
      return error.reason
    }
  }

  @Test(arguments: [
    "{% for i in (1..1000000000000) %}{% endfor %}",
    "{% for i in (1..9223372036854775807) %}{% endfor %}",
    "{% for i in (-9223372036854775807..9223372036854775807) %}{{ i }}{% endfor %}",
    "{% for i in (1..2000) %}{% for j in (1..2000) %}{% endfor %}{% endfor %}",
    "{% assign x = 'aaaaaaaaaaaaaaaa' %}{% for i in (1..40) %}{% assign x = x | append: x %}{% endfor %}",
    "{% for i in (1..100000) %}{% capture x %}aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa{% endcapture %}{% endfor %}",
    "{% assign x = (1..10000000) | join: ',' %}{{ x }}",
    "{% for i in (1..900000) %}aaaaaaaaaaaaaaaaaaaa{% endfor %}",
    "{% assign a = 'a,b,c,d' | split: ',' %}{% for i in (1..40) %}{% assign a = a | concat: a %}{% endfor %}",
  ])
  func `what grows without end is an error`(template: String) throws {
    #expect(try reason(template) == .limit)
  }

  @Test func `the steps are counted`() throws {
    var limits = RenderLimits()
    limits.steps = 100
    #expect(try reason("{% for i in (1..10) %}x{% endfor %}", limits: limits) == nil)
    #expect(try reason("{% for i in (1..1000) %}x{% endfor %}", limits: limits) == .limit)
  }

  @Test func `the output is bounded, and nothing of it stays`() throws {
    var limits = RenderLimits()
    limits.output = 5_000
    let sample = try Sample("{% for i in (1..n) %}0123456789{% endfor %}", "n: integer")
    var out = OutputBuffer()
    try sample.program.render(
      sample.part,
      of: sample.record(#"{"n":400}"#),
      now: Moment(seconds: 0),
      limits: limits,
      into: &out
    )
    #expect(out.count == 4_000)
    #expect(throws: RenderError.self) {
      try sample.program.render(
        sample.part,
        of: sample.record(#"{"n":600}"#),
        now: Moment(seconds: 0),
        limits: limits,
        into: &out
      )
    }
    #expect(out.count == 4_000)
  }

  @Test func `an error names its place`() throws {
    let template = "ok {{ a }} {{ b | divided_by: c }}"
    let sample = try Sample(template, "a, b: integer, c: integer")
    #expect {
      try sample.render(#"{"a":"x","b":1,"c":0}"#)
    } throws: { error in
      guard let error = error as? RenderError else { return false }
      let text = Array(template.utf8)[error.range.bounds]
      return error.reason == .filter
        && String(decoding: text, as: UTF8.self) == "b | divided_by: c"
    }
  }

  @Test(arguments: ["limit: x", "offset: x"])
  func `a limit that is no number is an error`(option: String) throws {
    let template = "{% for i in (1..3) \(option) %}{{ i }}{% endfor %}"
    #expect(try reason(template, "x", #"{"x":"many"}"#) == .filter)
    #expect(try reason(template, "x", #"{"x":"2"}"#) == nil)
    #expect(try reason(template, "x", "{}") == nil)
  }

  @Test func `numbers at the ends of their range`() throws {
    let max = Int.max
    let sample = try Sample(
      "{% for i in (n..n) %}{{ i }}{% endfor %}{% for i in (1..3) offset: n limit: n %}{{ i }}{% endfor %}{{ n | plus: 1 }}{{ n | money }}",
      "n: integer",
      as: .text(.plain)
    )
    #expect(try sample.render("{\"n\":\(max)}").hasPrefix("\(max)"))
    #expect(try sample.render("{\"n\":\(Int.min)}").hasPrefix("\(Int.min)"))
  }
}
