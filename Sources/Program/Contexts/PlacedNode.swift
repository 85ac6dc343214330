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
