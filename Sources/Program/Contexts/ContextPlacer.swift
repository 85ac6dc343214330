import LetterpressDiagnostics
import LetterpressTyping

/// Finds the place of every output: an abstract run of the HTML over all of its paths at once.
///
/// The reader walks the static bytes; where paths part, it walks each of them from the same place, and
/// where they meet, their places must be one (golang's html/template and Soy do the same):
///
///     <a href="{% if a %}https://a.example/{% else %}https://b.example/?q={% endif %}{{ x }}">
///             start of a URL ──▶ path ─────────┐
///                            ──▶ query ────────┴─▶ ambiguous: an error at x, with both paths
struct ContextPlacer {
  /// Liquid in Liquid and loops in loops; more than 100 is refused by the parser already, parts that are
  /// laid out by variants nest in addition.
  private static let depthLimit = 400

  let options: PlacementOptions
  let texts: TypedTextLowering
  var reader = HTMLReader()
  /// The nodes are a URL by themselves, not in HTML.
  private(set) var isURL = false
  private(set) var diagnostics: [Diagnostic] = []

  /// Whether a path goes on; not behind `break`, `continue` and `abort`.
  private var isReachable = true
  /// Where `continue` and `break` of the loops around leave: their readers.
  private var interrupts: [(leaves: Bool, reader: HTMLReader)] = []
  /// What variables were last given: the arguments of blocks among them.
  var assigned: [VariableID: TypedExpression] = [:]
  /// The variants in whose bodies the walk is.
  private var chosen: [Specialisation.ID: Int] = [:]
  private var depth = 0

  init(options: PlacementOptions, texts: TypedTextLowering) {
    self.options = options
    self.texts = texts
  }

  /// Reads nodes that are a URL by themselves (a header's).
  mutating func startURL() {
    isURL = true
    reader.context.state = .value
    // No byte of a text.
    reader.context.quote = 0xFF
    reader.context.attribute = "href"
    reader.context.value = .url(URLContext(.link))
  }

  mutating func report(_ diagnostic: Diagnostic, _ stack: [Diagnostic.Frame] = []) {
    var diagnostic = diagnostic
    diagnostic.stack = stack
    // A placeholder comes out in several places, and the body of a loop is walked twice: once is enough.
    let isKnown = diagnostics.contains {
      $0.id == diagnostic.id && $0.primary.range == diagnostic.primary.range
    }
    if !isKnown { diagnostics.append(diagnostic) }
  }

  /// Finds the places in nodes that follow on those before.
  mutating func place(_ nodes: [HTMLNode]) -> [PlacedNode] {
    depth += 1
    defer { depth -= 1 }
    var placed: [PlacedNode] = []
    placed.reserveCapacity(nodes.count)
    for node in nodes { place(node, into: &placed) }
    return placed
  }

  private mutating func place(_ node: HTMLNode, into placed: inout [PlacedNode]) {
    switch node {
    case .bytes(let bytes):
      reader.read(bytes)
      placed.append(.bytes(bytes))
    case .output(let output):
      placed.append(
        .output(output.expression, sink(for: output.expression, stack: output.stack))
      )
    case .branch(let alternatives, let otherwise):
      placed.append(place(alternatives, otherwise: otherwise))
    case .loop(let loop):
      placed.append(place(loop))
    case .statement(let statement):
      if case .assign(let variable, let value) = statement { assigned[variable] = value }
      placed.append(place(statement))
    case .turn(let loop, let index, let body):
      // `continue` ends the turn; a `break` there would leave a layout that nobody has laid out.
      let outer = interrupts
      interrupts = []
      let body = place(body)
      meetInterrupts(of: loop.range)
      interrupts = outer
      placed.append(.turn(loop, index, body))
    case .loopEnd(let loop):
      placed.append(.loopEnd(loop))
    case .transformed(let transform, let body):
      placed.append(.transformed(transform, place(body)))
    case .url, .changing:
      preconditionFailure("only a text part holds this")
    case .specialised(let part):
      placed.append(place(part))
    case .select(let id, let choices):
      guard let variant = chosen[id] else {
        preconditionFailure("a choice stands outside of its specialised part")
      }
      for choice in choices where choice.variants.contains(variant) {
        placed.append(contentsOf: place(choice.body))
      }
    }
  }

  // MARK: - Paths that part

  /// Runs a path from a reader; gives where it ends, nil where it does not come to its end.
  private mutating func path(
    from start: HTMLReader,
    _ nodes: [HTMLNode]
  ) -> (nodes: [PlacedNode], end: HTMLReader?) {
    reader = start
    isReachable = true
    let placed = place(nodes)
    return (placed, isReachable ? reader : nil)
  }

  private mutating func place(
    _ alternatives: [HTMLAlternative],
    otherwise: [HTMLNode]
  ) -> PlacedNode {
    reader.settle()
    let (start, wasReachable) = (reader, isReachable)
    guard depth < Self.depthLimit, let first = alternatives.first else {
      if let range = alternatives.first?.range { report(.nestedTooDeep(at: range)) }
      return .bytes([])
    }
    var placed: [PlacedAlternative] = []
    var end: (reader: HTMLReader, range: SourceRange?)?
    for alternative in alternatives {
      let (body, reader) = path(from: start, alternative.body)
      placed.append(
        PlacedAlternative(
          condition: alternative.condition,
          body: body,
          range: alternative.range
        )
      )
      end = meet(end, reader, alternative.range, at: first.range)
    }
    let (otherwise, reader) = path(from: start, otherwise)
    end = meet(end, reader, nil, at: first.range)
    self.reader = end?.reader ?? start
    isReachable = wasReachable && end != nil
    return .branch(placed, otherwise: otherwise)
  }

  /// Where two paths meet; the first where they do not fit, which is reported.
  private mutating func meet(
    _ first: (reader: HTMLReader, range: SourceRange?)?,
    _ second: HTMLReader?,
    _ range: SourceRange?,
    at branch: SourceRange
  ) -> (reader: HTMLReader, range: SourceRange?)? {
    guard let second else { return first }
    guard let first else { return (second, range) }
    let place = JoinPlace(branch: branch, first: first.range, second: range)
    return (join(first.reader, second, at: place), first.range)
  }

  private mutating func join(
    _ first: HTMLReader,
    _ second: HTMLReader,
    at place: JoinPlace
  ) -> HTMLReader {
    var result = first
    guard let context = first.context.joined(with: second.context, at: place) else {
      report(.ambiguousContext(first.context, second.context, at: place))
      return first
    }
    result.context = context
    let (open, problem) = first.open.joined(with: second.open, at: place)
    let (openInOutlook, other) = first.openInOutlook.joined(with: second.openInOutlook, at: place)
    (result.open, result.openInOutlook) = (open, openInOutlook)
    if let problem = problem ?? other { report(.unbalancedElement(problem)) }
    return result
  }

  private mutating func place(_ loop: HTMLLoop) -> PlacedNode {
    reader.settle()
    let range = loop.head.range
    guard depth < Self.depthLimit else {
      report(.nestedTooDeep(at: range))
      return .bytes([])
    }
    let (outer, wasReachable) = (interrupts, isReachable)
    var start = reader
    var body: [PlacedNode] = []
    var end = start
    // Until the place after a turn is the place before it; each round can only make it less certain, a
    // URL's place to an ambiguous one, so that there are few.
    for _ in 0..<4 {
      interrupts = []
      let turn = path(from: start, loop.body)
      body = turn.nodes
      reader = turn.end ?? interrupts.first?.reader ?? start
      meetInterrupts(of: range)
      let place = JoinPlace(branch: range, first: range, second: nil)
      end = join(start, reader, at: place)
      if end.context == start.context, end.open == start.open,
        end.openInOutlook == start.openInOutlook
      {
        break
      }
      start = end
    }
    interrupts = outer
    let (otherwise, empty) = path(from: end, loop.otherwise)
    reader =
      empty.map { join(end, $0, at: JoinPlace(branch: range, first: nil, second: range)) } ?? end
    isReachable = wasReachable
    return .loop(loop.head, body: body, otherwise: otherwise)
  }

  /// The places where `break` and `continue` stand must fit the loop's.
  private mutating func meetInterrupts(of range: SourceRange) {
    for interrupt in interrupts {
      reader = join(
        reader,
        interrupt.reader,
        at: JoinPlace(branch: range, first: range, second: nil)
      )
    }
    isReachable = true
  }

  // MARK: - Statements and parts

  private mutating func place(_ statement: TypedStatement) -> PlacedNode {
    switch statement {
    case .assign(let variable, let expression):
      return .assign(variable, expression)
    case .capture(let variable, let content, let isMarkup):
      return .capture(variable, placeCapture(content, isMarkup: isMarkup), isMarkup: isMarkup)
    case .counter(let counter, let step):
      return .counter(counter, step: step)
    case .cycle(let cycle, let values):
      // All values come out at the one place.
      let start = reader
      var result = Sink.html
      for value in values {
        reader = start
        result = sink(for: value, stack: [])
      }
      return .cycle(cycle, values, result)
    case .interrupt(let leaves):
      interrupts.append((leaves, reader))
      isReachable = false
      return .interrupt(leaves: leaves)
    case .ifChanged(let index, let content):
      reader.settle()
      let start = reader
      let (body, end) = path(from: start, texts.nodes(content))
      let range = content.firstRange ?? SourceRange(file: .init(index: 0), start: 0, end: 0)
      reader = end.map { join(start, $0, at: JoinPlace(branch: range, first: range)) } ?? start
      isReachable = true
      return .ifChanged(index, body)
    case .abort(let reason, let range):
      isReachable = false
      return .abort(reason, range)
    }
  }

  /// A capture is text of its own: HTML from its start to its end, or a string.
  private mutating func placeCapture(_ content: [TypedNode], isMarkup: Bool) -> [PlacedNode] {
    let nodes = texts.nodes(content)
    if isMarkup { return placeMarkup(nodes, at: content.firstRange) }
    var inner = PlainPlacer(sink: Sink(.verbatim), options: options, texts: texts)
    let body = inner.place(nodes)
    for diagnostic in inner.diagnostics { report(diagnostic) }
    return body
  }

  /// Finds the places in HTML of its own: text from its start to its end.
  mutating func placeMarkup(_ nodes: [HTMLNode], at range: SourceRange?) -> [PlacedNode] {
    let (outer, wasReachable, outerInterrupts) = (reader, isReachable, interrupts)
    let start = HTMLReader()
    let (body, end) = path(from: start, nodes)
    if let end, let range {
      _ = join(end, start, at: JoinPlace(branch: range, first: range))
    }
    (reader, isReachable, interrupts) = (outer, wasReachable, outerInterrupts)
    return body
  }

  private mutating func place(_ part: Specialisation) -> PlacedNode {
    reader.settle()
    let (start, outer) = (reader, chosen[part.id])
    var variants: [[PlacedNode]] = []
    var end: (reader: HTMLReader, range: SourceRange?)?
    for variant in 0..<part.variants {
      chosen[part.id] = variant
      let (body, reader) = path(from: start, part.body)
      variants.append(body)
      end = meet(end, reader, part.range, at: part.range)
    }
    chosen[part.id] = outer
    reader = end?.reader ?? start
    isReachable = true
    return .specialised(part, variants: variants)
  }

  /// Reports end tags that match on some paths only; to be called at the end.
  mutating func finish() -> [Diagnostic] {
    for problem in reader.unbalanced { report(.unbalancedElement(problem)) }
    return diagnostics
  }
}
