import LetterpressDiagnostics
import LetterpressSchema

/// Names that nothing reads.
extension Checker {
  /// Makes a name of the scope that has its declared type.
  func declare(_ parameter: BlockDeclaration.Parameter) {
    let variable = variable(named: parameter.name)
    scope.parameters.insert(parameter.name)
    state.variables[variable] = FlowState.Variable(
      knowledge: Knowledge(parameter.declaredType),
      finiteValues: parameter.type.finiteValues,
      personalSources: parameter.isPersonal ? [parameter.name] : [],
      isMaybeUnassigned: false,
      assignments: [parameter.range],
      isParameter: true
    )
  }

  func reportUnusedAssignments() {
    for (name, range) in scope.assignments.sorted(by: { $0.value.start < $1.value.start })
    where !scope.readNames.contains(name) && !name.isEmpty && !name.hasPrefix("_")
      && !structure.suspectNames.contains(name)
    {
      report(.unusedAssignment(name, at: range, isWhole: isAssignTag(range)))
    }
  }

  /// Whether the place is all of an `assign`, which does nothing else; a `capture` may.
  private func isAssignTag(_ range: SourceRange) -> Bool {
    let inside = text(range).drop { !$0.isLetter }
    return text(range).hasPrefix("{%") && inside.hasPrefix("assign")
  }

  func reportUnusedParameters(_ parameters: [BlockDeclaration.Parameter], of block: String) {
    for parameter in parameters
    where !scope.readNames.contains(parameter.name) && parameter.type != .unknown {
      report(.unusedParameter(parameter.name, of: block, at: parameter.range))
    }
  }
}

extension BlockDeclaration.Parameter {
  /// The type in the block: a default may be anything that the type allows, and takes nil away.
  var declaredType: ValueType { defaultValue == nil ? type : type.unwrapped }
}
