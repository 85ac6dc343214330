import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Operands with filters.
extension Checker {
  func value(_ expression: FilteredExpression) -> Operand {
    var value = operand(expression.base)
    for call in expression.filters {
      let input = value
      if input.type != .unknown, call.name.name == "reveal", self.input.revealsTypes {
        report(.revealed(input, in: types))
        return unknown(at: expression.range)
      }
      let arguments = call.arguments.map { operand($0) }
      let named = call.namedArguments.map { ($0.name.name, operand($0.value)) }
      var result = TypedExpression(
        .filter(
          FilterUse(
            name: call.name.name,
            input: input.expression,
            arguments: arguments.map(\.expression),
            namedArguments: named.map { (name: $0.0, value: $0.1.expression) }
          )
        ),
        type: .unknown,
        range: expression.base.sourceRange.to(call.range),
        personalSources: (arguments + named.map(\.1)).reduce(input.expression.personalSources) {
          $0.union($1.expression.personalSources)
        }
      )
      if call.name.name == "default", let other = arguments.first {
        result.type = input.type.unwrapped.joined(with: other.type)
        if let a = input.finiteValues, let b = other.finiteValues {
          result.finiteValues = a.filter { $0 != .nil } + b
        }
      }
      value = Operand(expression: result, written: text(result.range))
    }
    return value
  }
}
