import LetterpressLiquid
import LetterpressSchema

/// A value that a test can tell something of and that a later expression can name again.
///
///     profile.orders[0].total     profile · orders · 0 · total
///     profile.orders.first.total  the same place
///     profile.labels[key]         profile · labels · (variable key)
struct Place: Hashable {
  enum Root: Hashable {
    case profile
    case now
    case variable(VariableID)
    case loop(LoopID, LoopProperty)
  }

  enum Step: Hashable {
    case name(String)
    /// -1 is the last one.
    case index(Int)
    case variable(VariableID)
  }

  var root: Root
  var steps: [Step] = []

  func appending(_ step: Step) -> Place {
    var place = self
    place.steps.append(step)
    return place
  }

  /// The place that holds this one; nil of a root.
  var parent: Place? {
    guard !steps.isEmpty else { return nil }
    var place = self
    place.steps.removeLast()
    return place
  }

  /// Whether a new value of the variable makes it another place.
  func depends(on variable: VariableID) -> Bool {
    root == .variable(variable) || steps.contains(.variable(variable))
  }

  func belongs(to loop: LoopID) -> Bool {
    if case .loop(loop, _) = root { return true }
    return false
  }
}

/// What a test is about: a place, or the size of what is there.
enum Subject: Hashable {
  case value(Place)
  case size(Place)

  var place: Place {
    switch self {
    case .value(let place), .size(let place): place
    }
  }
}

/// A comparison as it is remembered, so that it is not asked twice: `!=` is kept as `==`.
struct KnownComparison: Hashable {
  enum Operand: Hashable {
    case subject(Subject)
    case literal(Literal)
  }

  var left: Operand
  var relation: Condition.Operator
  var right: Operand

  func depends(on variable: VariableID) -> Bool {
    [left, right].contains { operand in
      guard case .subject(let subject) = operand else { return false }
      return subject.place.depends(on: variable)
    }
  }

  func belongs(to loop: LoopID) -> Bool {
    [left, right].contains { operand in
      guard case .subject(let subject) = operand else { return false }
      return subject.place.belongs(to: loop)
    }
  }
}
