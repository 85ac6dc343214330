import LetterpressDiagnostics
import LetterpressLiquid
import Testing

/// A template, data for it in JSON, and what comes of both.
struct Rendered: CustomTestStringConvertible, Sendable {
  let template: String
  let data: String
  let output: String

  init(_ template: String, _ output: String) { self.init(template, "{}", output) }

  init(_ template: String, _ data: String, _ output: String) {
    self.template = template
    self.data = data
    self.output = output
  }

  var testDescription: String { template }
}

/// 14 March 2026, 09:26:53 UTC.
let testContext = FilterContext(now: Moment(seconds: 1_773_480_413))

/// Renders a template; what stops it is given in brackets: `[limit: more than 10 steps]`.
func render(
  _ template: String,
  _ data: String = "{}",
  context: FilterContext = testContext,
  dialect: Dialect = .shopify,
  partials: [String: String] = [:]
) -> String {
  guard case .object(let object)? = try? JSONReader.read(Array(data.utf8)) else {
    return "[no data]"
  }
  var renderer = LiquidRenderer(
    SourceFile(path: "test.liquid", text: template),
    dialect: dialect
  ) { name in partials[name].map { SourceFile(path: name, text: $0) } }
  do throws(RenderFailure) {
    return String(decoding: try renderer.render(object, context: context), as: UTF8.self)
  } catch {
    return "[\(error.error.kind): \(error.diagnostic.message)]"
  }
}

/// Asserts what a template gives.
func expect(_ rendered: Rendered, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(
    render(rendered.template, rendered.data) == rendered.output,
    sourceLocation: sourceLocation
  )
}
