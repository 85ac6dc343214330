import LetterpressLiquid
import LetterpressSchema

/// One use of a filter over Liquid's own values.
struct FilterStep: Sendable {
  let filter: Filter
  let arguments: [Evaluation]
  let namedArguments: [(name: String, value: Evaluation)]
  let types: TypeTable

  func apply(
    _ input: Cell,
    _ frame: inout Frame,
    _ out: inout OutputBuffer
  ) throws(RenderFault) -> Cell {
    var positional: [Value] = []
    positional.reserveCapacity(arguments.count)
    for argument in arguments {
      let cell = try argument.value(&frame, &out)
      positional.append(try frame.value(of: cell, types))
    }
    var named: [(name: String, value: Value)] = []
    for argument in namedArguments {
      let cell = try argument.value.value(&frame, &out)
      named.append((argument.name, try frame.value(of: cell, types)))
    }
    let value = try frame.value(of: input, types)
    let result: Value
    do {
      result = try filter(value, FilterArguments(positional, named: named), &frame.context)
    } catch {
      throw RenderFault(error)
    }
    return try frame.cell(of: result)
  }
}
