import LetterpressLiquid
import LetterpressTyping

// Expressions and conditions.

extension ArtefactWriter {
  func write(_ expression: TypedExpression) {
    write(expression.kind)
    write(expression.type)
    write(expression.range)
    write(list: expression.personalSources) { write($0) }
    write(optional: expression.finiteValues) { write(list: $0) { write($0) } }
  }

  private func write(_ kind: TypedExpression.Kind) {
    switch kind {
    case .literal(let literal):
      write(byte: 0)
      write(literal)
    case .profile: write(byte: 1)
    case .now: write(byte: 2)
    case .variable(let variable):
      write(byte: 3)
      write(variable.index)
    case .field(let object, let slot, let name):
      write(byte: 4)
      write(object)
      write(slot)
      write(name)
    case .key(let object, let name):
      write(byte: 5)
      write(object)
      write(name)
    case .index(let object, let index):
      write(byte: 6)
      write(object)
      write(index)
    case .size(let object):
      write(byte: 7)
      write(object)
    case .first(let object):
      write(byte: 8)
      write(object)
    case .last(let object):
      write(byte: 9)
      write(object)
    case .range(let lower, let upper):
      write(byte: 10)
      write(lower)
      write(upper)
    case .filter(let use):
      write(byte: 11)
      write(use.name)
      write(use.input)
      write(list: use.arguments) { write($0) }
      write(list: use.namedArguments) { argument in
        write(argument.name)
        write(argument.value)
      }
    case .forloop(let loop, let property):
      write(byte: 12)
      write(loop.index)
      write(property.rawValue)
    case .text(let nodes):
      write(byte: 13)
      write(nodes)
    case .array(let elements):
      write(byte: 14)
      write(list: elements) { write($0) }
    case .object(let members):
      write(byte: 15)
      write(list: members) { name, value in
        write(name)
        write(value)
      }
    }
  }

  func write(_ condition: TypedCondition) {
    // A tag may have hundreds of operands, each in the second half of the one before: they are a list here,
    // not levels.
    var rest = condition
    while true {
      switch rest {
      case .and(let first, let second):
        write(byte: 3)
        write(first)
        rest = second
      case .or(let first, let second):
        write(byte: 4)
        write(first)
        rest = second
      case .constant(let value):
        write(byte: 0)
        return write(value)
      case .truth(let expression):
        write(byte: 1)
        return write(expression)
      case .comparison(let left, let comparison, let right):
        write(byte: 2)
        write(left)
        write(comparison.rawValue)
        return write(right)
      case .not(let inner):
        write(byte: 5)
        return write(inner)
      }
    }
  }
}

extension ArtefactReader {
  func expression() throws(ArtefactFault) -> TypedExpression {
    try nested { () throws(ArtefactFault) in
      TypedExpression(
        try kind(),
        type: try type(),
        range: try range(),
        personalSources: try list(string),
        finiteValues: try optional { () throws(ArtefactFault) in try list(literal) }
      )
    }
  }

  private func kind() throws(ArtefactFault) -> TypedExpression.Kind {
    switch try byte() {
    case 0: return .literal(try literal())
    case 1: return .profile
    case 2: return .now
    case 3: return .variable(try variable())
    case 4:
      return .field(try expression(), slot: try number(upTo: 1 << 20, "slots"), name: try string())
    case 5: return .key(try expression(), try string())
    case 6: return .index(try expression(), try expression())
    case 7: return .size(try expression())
    case 8: return .first(try expression())
    case 9: return .last(try expression())
    case 10: return .range(try expression(), try expression())
    case 11: return .filter(try filterUse())
    case 12: return .forloop(try loopID(), try loopProperty())
    case 13: return .text(try typedNodes())
    case 14: return .array(try list(expression))
    case 15:
      return .object(try list { () throws(ArtefactFault) in (try string(), try expression()) })
    case let other: throw fault("an expression of kind \(other)")
    }
  }

  /// A filter of the catalogue, with as many arguments as it takes.
  private func filterUse() throws(ArtefactFault) -> FilterUse {
    let use = FilterUse(
      name: try string(),
      input: try expression(),
      arguments: try list(expression),
      namedArguments: try list { () throws(ArtefactFault) in
        (name: try string(), value: try expression())
      }
    )
    guard let signature = catalog[use.name]?.signature else {
      throw fault("a filter '\(use.name)' that this compiler does not have")
    }
    guard signature.arity.contains(use.arguments.count) else {
      throw fault("\(use.arguments.count) arguments of the filter '\(use.name)'")
    }
    return use
  }

  private func loopProperty() throws(ArtefactFault) -> LoopProperty {
    let name = try string()
    guard let property = LoopProperty(rawValue: name) else {
      throw fault("a property '\(name)' of forloop")
    }
    return property
  }

  func condition() throws(ArtefactFault) -> TypedCondition {
    var firsts: [(isAnd: Bool, condition: TypedCondition)] = []
    while true {
      let kind = try byte()
      switch kind {
      case 3, 4:
        firsts.append((kind == 3, try nested(condition)))
        guard firsts.count <= LiquidLimits.mostOperands else {
          throw fault("more than \(LiquidLimits.mostOperands) operands of a condition")
        }
      case 0: return joined(firsts, .constant(try bool()))
      case 1: return joined(firsts, .truth(try expression()))
      case 2:
        return joined(
          firsts,
          .comparison(try expression(), try comparison(), try expression())
        )
      case 5: return joined(firsts, .not(try nested(condition)))
      default: throw fault("a condition of kind \(kind)")
      }
    }
  }

  private func joined(
    _ firsts: [(isAnd: Bool, condition: TypedCondition)],
    _ last: TypedCondition
  ) -> TypedCondition {
    firsts.reversed().reduce(last) { rest, first in
      first.isAnd ? .and(first.condition, rest) : .or(first.condition, rest)
    }
  }

  private func comparison() throws(ArtefactFault) -> Condition.Operator {
    let name = try string()
    guard let comparison = Condition.Operator(rawValue: name) else {
      throw fault("a comparison '\(name)'")
    }
    return comparison
  }
}
