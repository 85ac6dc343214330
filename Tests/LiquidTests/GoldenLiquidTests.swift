import LetterpressDiagnostics
import LetterpressLiquid
import TestSupport
import Testing

/// Shopify's behaviour as Golden Liquid records it: 1,054 templates with data and output.
@Suite(.enabled(if: Conformance.isPresent, "needs ../shared/conformance"))
struct GoldenLiquidTests {
  @Test(arguments: GoldenLiquid.cases)
  func golden(_ golden: GoldenLiquid.Case) throws {
    let outcome = golden.outcome()
    if golden.isInvalid {
      #expect(outcome == nil, "\(golden.template) has to be refused")
    } else {
      let text = try #require(outcome, "\(golden.template) was refused")
      #expect(golden.results.contains(text), "\(golden.template) gave \(text)")
    }
  }
}

enum GoldenLiquid {
  struct Case: CustomTestStringConvertible, Sendable {
    var name: String
    var template: String
    var data: Object
    var partials: [String: String]
    /// The outputs that are right.
    var results: [String]
    var isInvalid: Bool
    /// Cases of Shopify's newer, stricter parser go by Letterpress's own rules.
    var dialect: Dialect

    var testDescription: String { name }

    /// What the template gives; nil where it is refused.
    func outcome() -> String? {
      let partials = partials
      var renderer = LiquidRenderer(
        SourceFile(path: "golden.liquid", text: template),
        dialect: dialect
      ) { name in partials[name].map { SourceFile(path: name, text: $0) } }
      return (try? renderer.render(data)).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  static let cases = (try? load()) ?? []

  private static func load() throws -> [Case] {
    let files = Conformance.files(in: "liquid", withExtension: "json")
    guard let file = files.first(where: { $0.name == "golden_liquid" }) else { return [] }
    let bytes = try file.bytes()
    guard case .array(let tests) = try JSONReader.read(bytes).member("tests") else { return [] }
    return tests.map { test in
      let tags = strings(test.member("tags"))
      var data = Object([])
      if case .object(let object) = test.member("data") { data = object }
      var partials: [String: String] = [:]
      if case .object(let object) = test.member("templates") {
        for entry in object.entries { partials[entry.key] = string(entry.value) }
      }
      let result = test.member("result")
      return Case(
        name: string(test.member("name")),
        template: string(test.member("template")),
        data: data,
        partials: partials,
        results: result.isNil ? strings(test.member("results")) : [string(result)],
        isInvalid: test.member("invalid").isTruthy,
        dialect: tags.contains("strict2") ? .letterpress : .shopify
      )
    }
  }

  private static func string(_ value: Value) -> String {
    if case .string(let text) = value { text } else { "" }
  }

  private static func strings(_ value: Value) -> [String] {
    if case .array(let items) = value { items.map(string) } else { [] }
  }
}
