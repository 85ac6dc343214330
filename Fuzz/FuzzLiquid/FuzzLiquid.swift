import FuzzSupport
@testable import LetterpressDiagnostics
@testable import LetterpressLiquid

/// Any bytes as a Liquid template, parsed and rendered without types, as `letterpress liquid` does it.
///
/// What stands before a separator is a partial, which the template and itself can reach. The law: it ends
/// within the limits, with a text or with an error at a place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLiquid(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let parts = FuzzInput(data, count).parts
  let partial = parts.count > 1 ? parts[0] : nil
  let template = parts[parts.count - 1]
  var renderer = LiquidRenderer(SourceFile(path: "fuzz.liquid", bytes: template)) { _ in
    partial.map { SourceFile(path: "partial.liquid", bytes: $0) }
  }
  requireShowable(renderer.diagnostics, in: renderer.sources)
  var limits = RenderLimits()
  limits.steps = 20_000
  limits.output = 1 << 18
  limits.value = 1 << 16
  limits.variables = 1 << 20
  do {
    let context = FilterContext(
      now: Moment(seconds: 1_700_000_000),
      locales: locales,
      budget: RenderBudget(limits)
    )
    let text = try renderer.render(values, context: context)
    precondition(text.count <= limits.output, "the limit of the output holds")
  } catch {
    requireShowable([error.diagnostic], in: renderer.sources)
  }
  return 0
}

private let locales = LocaleCache()

/// The variables: something of each kind.
private let values: Object = {
  let json = """
    {"name": "Ada <b>", "n": 42, "x": -1.5, "big": 9007199254740993, "yes": true, "no": false, "nil": null,
     "list": [3, 1, 2, "b", null, [1, [2]]], "empty": [], "text": "a,b,,c d\\n e\\u00e9\\ud83d\\ude00",
     "date": "2026-03-01T10:00:00+02:00", "day": "2024-02-29",
     "items": [{"k": "a", "v": 1, "in": {"deep": [1, 2]}}, {"k": "b", "v": 2.5}, {"k": null}],
     "map": {"size": 9, "first": "f", "a b": 1}}
    """
  guard case .object(let object)? = try? JSONReader.read(Array(json.utf8)) else {
    fatalError("the variables are an object")
  }
  return object
}()
