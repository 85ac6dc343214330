import LetterpressDiagnostics
import LetterpressTyping

/// Gives every output of a text that is no HTML the one sink it has.
struct PlainPlacer {
  let sink: Sink
  let options: PlacementOptions
  let texts: TypedTextLowering
  /// Personal data is reported: in headers other than the subject (LANGUAGE.md, D11).
  var refusesPersonalData = false
  /// The text is one with marks (`TextMark`).
  var writesMarks = false
  /// What the places in captured markup have wrong.
  private(set) var diagnostics: [Diagnostic] = []
  /// What variables were last given: the arguments of blocks among them.
  private var assigned: [VariableID: TypedExpression] = [:]

  init(sink: Sink, options: PlacementOptions, texts: TypedTextLowering) {
    self.sink = sink
    self.options = options
    self.texts = texts
  }

  mutating func place(_ nodes: [HTMLNode]) -> [PlacedNode] { nodes.map { place($0) } }

  private mutating func place(url nodes: [HTMLNode]) -> [PlacedNode] {
    var placer = ContextPlacer(options: options, texts: texts)
    placer.startURL()
    placer.assigned = assigned
    let placed = placer.place(nodes)
    diagnostics += placer.finish()
    return placed
  }

  private mutating func place(_ node: HTMLNode) -> PlacedNode {
    switch node {
    case .bytes(let bytes): return .bytes(bytes)
    case .output(let output):
      var sink = sink
      if refusesPersonalData { checkPersonalData(output) }
      if output.expression.type.isMarkup, sink.kind != .verbatim {
        sink.markup = writesMarks ? .marked : .reduced
      }
      return .output(output.expression, sink)
    case .branch(let alternatives, let otherwise):
      return .branch(
        alternatives.map {
          PlacedAlternative(condition: $0.condition, body: place($0.body), range: $0.range)
        },
        otherwise: place(otherwise)
      )
    case .loop(let loop):
      return .loop(loop.head, body: place(loop.body), otherwise: place(loop.otherwise))
    case .turn(let loop, let index, let body): return .turn(loop, index, place(body))
    case .loopEnd(let loop): return .loopEnd(loop)
    case .transformed(let transform, let body): return .transformed(transform, place(body))
    case .statement(let statement): return place(statement)
    case .changing(let index, let body): return .ifChanged(index, place(body))
    case .url(let nodes): return .branch([], otherwise: place(url: nodes))
    case .specialised, .select:
      preconditionFailure("only HTML is laid out by variants")
    }
  }

  private mutating func checkPersonalData(_ output: HTMLOutput) {
    let sources = output.expression.personalSources.filter {
      !options.allowedPersonalFields.contains($0)
    }
    guard !sources.isEmpty else { return }
    var diagnostic = Diagnostic.personalData(
      sources,
      inURL: false,
      at: output.expression.range
    )
    diagnostic.stack = output.stack
    diagnostics.append(diagnostic)
  }

  private mutating func place(_ statement: TypedStatement) -> PlacedNode {
    switch statement {
    case .assign(let variable, let value):
      assigned[variable] = value
      return .assign(variable, value)
    case .capture(let variable, let content, let isMarkup):
      // Markup is escaped for its places wherever it is made: it may be printed in HTML later.
      let nodes = texts.nodes(content)
      if isMarkup {
        var inner = ContextPlacer(options: options, texts: texts)
        inner.assigned = assigned
        let body = inner.placeMarkup(nodes, at: content.firstRange)
        diagnostics += inner.finish()
        return .capture(variable, body, isMarkup: true)
      }
      var inner = PlainPlacer(sink: Sink(.verbatim), options: options, texts: texts)
      let body = inner.place(nodes)
      diagnostics += inner.diagnostics
      return .capture(variable, body, isMarkup: false)
    case .counter(let counter, let step): return .counter(counter, step: step)
    case .cycle(let cycle, let values): return .cycle(cycle, values, sink)
    case .interrupt(let leaves): return .interrupt(leaves: leaves)
    case .ifChanged(let index, let content): return .ifChanged(index, place(texts.nodes(content)))
    case .abort(let reason, let range): return .abort(reason, range)
    }
  }
}
