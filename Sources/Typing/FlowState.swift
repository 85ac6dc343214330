import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// What holds at one point of a template: the variables' values and what tests have told of places.
///
/// The checker threads one state through the template in the order in which it runs. A branch starts from
/// a copy that its condition has narrowed; where branches meet, their states are joined: what holds on
/// every path that arrives.
struct FlowState {
  /// Where a variable's value comes from, so that a test of the variable tells of its source, too.
  enum Origin: Hashable {
    /// `assign first = profile.first_name`.
    case copy(Place)
    /// `assign count = profile.cart.size`, `… | size`.
    case size(Place)

    var place: Place {
      switch self {
      case .copy(let place), .size(let place): place
      }
    }
  }

  struct Variable: Equatable {
    var knowledge: Knowledge
    /// All values that it can have, where they are known.
    var finiteValues: [Literal]?
    var personalSources: [String]
    /// Some path arrives without an assignment: the variable is nil there.
    var isMaybeUnassigned: Bool
    /// Where it got its value, for messages.
    var assignments: [SourceRange]
    /// The path of its value from the profile on (`Operand.schemaPath`).
    var schemaPath: String?
    /// A parameter that still has the value it was passed.
    var isParameter = false
    /// `Operand.isNumericText`.
    var isNumericText = false
  }

  /// False after `break`, `continue` and `abort`, and behind a condition that cannot hold: nothing that
  /// is known here counts where paths meet.
  var isReachable = true
  var variables: [VariableID: Variable] = [:]
  var facts: [Place: Knowledge] = [:]
  var comparisons: [KnownComparison: Bool] = [:]
  /// What variables were assigned from.
  var origins: [VariableID: Origin] = [:]

  /// How much is remembered, for every path copies and compares it; templates of people stay far below.
  enum Limits {
    static let facts = 96
    static let comparisons = 16
    static let excluded = 32
    static let origins = 64
    static let assignments = 8
  }

  /// Gives a variable a new value: whatever was known of the old one is gone.
  mutating func assign(
    _ variable: VariableID,
    _ value: Variable,
    from origin: Origin? = nil,
    in places: PlaceTable
  ) {
    forget(variable, in: places)
    variables[variable] = value
    if let origin, origins.count < Limits.origins,
      !places.does(origin.place, dependOn: variable)
    {
      origins[variable] = origin
    }
  }

  /// Drops the facts about a variable, and about places and values that depend on it.
  mutating func forget(_ variable: VariableID, in places: PlaceTable) {
    forget { places.does($0, dependOn: variable) }
    if !origins.isEmpty {
      origins[variable] = nil
      origins = origins.filter { !places.does($0.value.place, dependOn: variable) }
    }
  }

  /// Drops what tests have told of some places.
  private mutating func forget(_ isGone: (Place) -> Bool) {
    if facts.keys.contains(where: isGone) { facts = facts.filter { !isGone($0.key) } }
    if comparisons.keys.contains(where: { $0.places.contains(where: isGone) }) {
      comparisons = comparisons.filter { !$0.key.places.contains(where: isGone) }
    }
  }

  /// Notes what a test has told of a place.
  mutating func learn(_ place: Place, _ knowledge: Knowledge) {
    if facts.count < Limits.facts || facts[place] != nil { facts[place] = knowledge }
  }

  /// Drops the facts about a loop's turn.
  mutating func forget(_ loop: LoopID, in places: PlaceTable) {
    forget { places.does($0, belongTo: loop) }
  }

  func unreachable() -> FlowState {
    var state = self
    state.isReachable = false
    return state
  }
}

extension FlowState.Variable {
  /// At most so many values are kept apart; beyond, only the type is.
  static let finiteLimit = 24

  func joined(with other: Self) -> Self {
    var finite: [Literal]?
    if let a = finiteValues, let b = other.finiteValues {
      let all = a + b.filter { !a.contains($0) }
      finite = all.count <= Self.finiteLimit ? all : nil
    }
    return Self(
      knowledge: knowledge.joined(with: other.knowledge),
      finiteValues: finite,
      personalSources: personalSources.union(other.personalSources),
      isMaybeUnassigned: isMaybeUnassigned || other.isMaybeUnassigned,
      assignments: Array(
        (assignments + other.assignments.filter { !assignments.contains($0) })
          .prefix(FlowState.Limits.assignments)
      ),
      schemaPath: schemaPath == other.schemaPath ? schemaPath : nil,
      isParameter: isParameter && other.isParameter,
      isNumericText: isNumericText && other.isNumericText
    )
  }

  /// On a path where it was not assigned it is nil.
  var orUnassigned: Self {
    var variable = self
    variable.knowledge = Knowledge(knowledge.type.withNil)
    variable.finiteValues = finiteValues.map { $0.contains(.nil) ? $0 : $0 + [.nil] }
    variable.isMaybeUnassigned = true
    return variable
  }
}

extension [String] {
  /// Both, without repetitions, in order.
  func union(_ other: [String]) -> [String] {
    other.isEmpty ? self : self + other.filter { !contains($0) }
  }
}
