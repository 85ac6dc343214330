import LetterpressDiagnostics

/// The names that one file sees: a layout's, a block's or a partial's.
///
/// `assign` and `capture` make names of the whole scope, loops make names of their bodies. The numbers of
/// variables are kept over the passes that find a loop's fixed point.
final class Scope {
  enum Kind {
    case layout
    case block
    case partial
    /// `lp-example`: sees `personas` in place of `profile`.
    case example
  }

  struct RunningLoop {
    var id: LoopID
    var isTableRow: Bool
    var bound: Int?
    var minimum: Int
  }

  let kind: Kind
  /// Assigned names and parameters.
  var variables: [String: VariableID] = [:]
  var parameters: Set<String> = []
  /// The variables of the loops around the current place, innermost last.
  var loopVariables: [(name: String, variable: VariableID, range: SourceRange)] = []
  var loops: [RunningLoop] = []
  var loopsByPlace: [SourceRange: (loop: LoopID, variable: VariableID)] = [:]
  var counters: [String: CounterID] = [:]
  var cycles: [String: CycleID] = [:]
  var resumeGroups: [String: Int] = [:]
  var changesByPlace: [SourceRange: Int] = [:]

  /// Where each name was first assigned: the tag.
  var assignments: [String: SourceRange] = [:]
  var readNames: Set<String> = []
  /// Names that a loop's variable has hidden since they were last assigned.
  var hiddenNames: [String: SourceRange] = [:]

  init(_ kind: Kind) { self.kind = kind }
}
