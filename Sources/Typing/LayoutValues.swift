import LetterpressDiagnostics
import LetterpressMarkup
import LetterpressSchema

/// Values that the layout computes with (`width`, `padding`): known when the template is compiled, or one of
/// finitely many.
///
/// A block may take such a value as a parameter. What it is then is known at each use, so it is the use that is
/// reported, at the argument.
extension Checker {
  func checkLayoutValue(_ nodes: [TypedNode], of attribute: Attribute, _ element: Element) {
    for node in nodes {
      switch node {
      case .output(let expression): checkLayoutValue(expression, of: attribute, element)
      case .branch(let branch):
        for alternative in branch.alternatives {
          checkLayoutValue(alternative.body, of: attribute, element)
        }
        checkLayoutValue(branch.otherwise, of: attribute, element)
      case .loop(let loop): reportLayoutValue(loop.range, of: attribute, element)
      case .scope(let scope): checkLayoutValue(scope.body, of: attribute, element)
      case .statement(.cycle(_, let values)):
        for value in values { checkLayoutValue(value, of: attribute, element) }
      case .statement, .text, .literal, .element, .comment, .raw: break
      }
    }
  }

  private func checkLayoutValue(
    _ expression: TypedExpression,
    of attribute: Attribute,
    _ element: Element
  ) {
    guard expression.finiteValues == nil, expression.type != .unknown, !isProbing else { return }
    let variable = expression.firstVariable
    if checksDeclaration, variable != nil { return }
    guard isMuted, let variable, let argument = argument(behind: variable) else {
      return reportLayoutValue(expression.range, of: attribute, element)
    }
    reportAlways(.dynamicLayoutArgument(attribute.name, of: element.name, at: argument.range))
  }

  private func reportLayoutValue(
    _ range: SourceRange,
    of attribute: Attribute,
    _ element: Element
  ) {
    report(.dynamicLayoutAttribute(attribute.name, of: element.name, at: range))
  }

  /// What the caller passed for a block's parameter, through the blocks between.
  private func argument(behind variable: VariableID) -> TypedExpression? {
    var argument: TypedExpression?
    var next: VariableID? = variable
    while let variable = next, let value = boundArguments[variable] {
      argument = value
      next = value.firstVariable
    }
    return argument
  }
}

extension TypedExpression {
  /// The variable that it is read from.
  package var firstVariable: VariableID? {
    switch kind {
    case .variable(let variable): return variable
    case .field(let base, _, _), .key(let base, _), .size(let base), .first(let base),
      .last(let base):
      return base.firstVariable
    case .index(let a, let b), .range(let a, let b): return a.firstVariable ?? b.firstVariable
    case .filter(let use):
      return use.input.firstVariable
        ?? use.arguments.lazy.compactMap(\.firstVariable).first
        ?? use.namedArguments.lazy.compactMap(\.value.firstVariable).first
    case .text(let nodes):
      for case .output(let expression) in nodes {
        if let variable = expression.firstVariable { return variable }
      }
      return nil
    case .literal, .profile, .now, .forloop, .array, .object: return nil
    }
  }
}
