import LetterpressDiagnostics
import LetterpressTyping

/// HTML with holes whose places are known: each output has its sink, each variant its own body.
indirect enum PlacedNode: Sendable {
  case bytes([UInt8])
  case output(TypedExpression, Sink)
  case branch([PlacedAlternative], otherwise: [PlacedNode])
  case loop(TypedLoop, body: [PlacedNode], otherwise: [PlacedNode])
  case assign(VariableID, TypedExpression)
  case capture(VariableID, [PlacedNode], isMarkup: Bool)
  case counter(CounterID, step: Int)
  case cycle(CycleID, [TypedExpression], Sink)
  case interrupt(leaves: Bool)
  case ifChanged(Int, [PlacedNode])
  case abort(TypedExpression?, SourceRange)
  case turn(TypedLoop, Int, [PlacedNode])
  case loopEnd(TypedLoop)
  case transformed(Transform, [PlacedNode])
  case specialised(Specialisation, variants: [[PlacedNode]])
}

struct PlacedAlternative: Sendable {
  var condition: TypedCondition
  var body: [PlacedNode]
  var range: SourceRange
}

extension [PlacedNode] {
  /// Where they may skip the recipient.
  var aborts: Set<SourceRange> {
    var aborts: Set<SourceRange> = []
    collectAborts(into: &aborts)
    return aborts
  }

  private func collectAborts(into aborts: inout Set<SourceRange>) {
    for node in self {
      switch node {
      case .abort(_, let range): aborts.insert(range)
      case .branch(let alternatives, let otherwise):
        for alternative in alternatives { alternative.body.collectAborts(into: &aborts) }
        otherwise.collectAborts(into: &aborts)
      case .loop(_, let body, let otherwise):
        body.collectAborts(into: &aborts)
        otherwise.collectAborts(into: &aborts)
      case .capture(_, let body, _), .ifChanged(_, let body), .turn(_, _, let body),
        .transformed(_, let body):
        body.collectAborts(into: &aborts)
      case .specialised(_, let variants):
        for variant in variants { variant.collectAborts(into: &aborts) }
      case .bytes, .output, .assign, .counter, .cycle, .interrupt, .loopEnd: break
      }
    }
  }
}
