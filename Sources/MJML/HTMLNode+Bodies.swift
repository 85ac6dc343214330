import LetterpressProgram

extension HTMLNode {
  /// The lists of nodes inside.
  var bodies: [[HTMLNode]] {
    switch self {
    case .branch(let alternatives, let otherwise): alternatives.map(\.body) + [otherwise]
    case .loop(let loop): [loop.body, loop.otherwise]
    case .turn(_, _, let body): [body]
    case .specialised(let part): [part.body]
    case .select(_, let choices): choices.map(\.body)
    case .bytes, .output, .statement, .loopEnd, .transformed, .url, .changing: []
    }
  }

  /// Whether what is inside is there only sometimes, or several times.
  var isControlFlow: Bool {
    switch self {
    case .branch, .loop, .select: true
    default: false
    }
  }

  /// The same node with other lists inside.
  func withBodies(_ bodies: [[HTMLNode]]) -> HTMLNode {
    switch self {
    case .branch(let alternatives, _):
      return .branch(
        zip(alternatives, bodies).map { alternative, body in
          HTMLAlternative(condition: alternative.condition, body: body, range: alternative.range)
        },
        otherwise: bodies.last ?? []
      )
    case .loop(var loop):
      loop.body = bodies[0]
      loop.otherwise = bodies[1]
      return .loop(loop)
    case .turn(let loop, let number, _): return .turn(loop, number, bodies[0])
    case .specialised(var part):
      part.body = bodies[0]
      return .specialised(part)
    case .select(let id, let choices):
      return .select(
        id,
        zip(choices, bodies).map { HTMLChoice(variants: $0.variants, body: $1) }
      )
    case .bytes, .output, .statement, .loopEnd, .transformed, .url, .changing: return self
    }
  }
}
