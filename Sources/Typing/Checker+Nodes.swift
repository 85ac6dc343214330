import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressMarkup
import LetterpressSchema

/// Where a list of nodes stands.
struct Region {
  enum Kind {
    /// Between elements: text and outputs have no place there.
    case elements
    case text
  }

  var kind: Kind
  /// What `opaque` numbers count.
  var children: [MarkupNode] = []
  /// The element around it, for messages.
  var element = ""
  /// Whether text in other systems' brackets is looked for (CSS is full of braces).
  var findsMergeTags = true
  /// Within `capture`: what is printed goes to the variable.
  var isCapture = false

  static let text = Region(kind: .text)
}

extension Checker {
  func nodes(_ nodes: [Node], in region: Region) -> [TypedNode] {
    guard depth < ExpansionLimits.levels else {
      reportTooDeep(nodes.lazy.compactMap { self.place(of: $0, in: region) }.first)
      return []
    }
    depth += 1
    defer { depth -= 1 }
    var result: [TypedNode] = []
    result.reserveCapacity(nodes.count)
    visits += nodes.count
    for node in nodes { append(node, in: region, to: &result) }
    return result
  }

  /// The children of an element: as its Liquid pairs them, or one after the other where there is none.
  func list(_ liquid: [Node]?, in region: Region) -> [TypedNode] {
    if let liquid { return nodes(liquid, in: region) }
    guard depth < ExpansionLimits.levels else {
      reportTooDeep(region.children.lazy.compactMap(\.place).first)
      return []
    }
    depth += 1
    defer { depth -= 1 }
    var result: [TypedNode] = []
    visits += region.children.count
    for child in region.children { append(child, in: region, to: &result) }
    return result
  }

  /// The text of a region, with its Liquid.
  func text(at range: SourceRange, in region: Region) -> [TypedNode] {
    if let liquid = structure.texts[range] { return nodes(liquid, in: region) }
    guard depth < ExpansionLimits.levels else {
      reportTooDeep(range)
      return []
    }
    visits += 1
    var result: [TypedNode] = []
    text(range, in: region, to: &result)
    return result
  }

  /// What is dropped must be told: at the use of the block it came from, or where it stands.
  private func reportTooDeep(_ first: SourceRange?) {
    guard !isTooDeep else { return }
    if let place = expansionPlace {
      reportAlways(
        .expansionTooDeep(expansion.last ?? "", limit: ExpansionLimits.levels, at: place)
      )
    } else if let first {
      reportAlways(.levelsTooDeep(at: first))
    } else {
      return
    }
    isTooDeep = true
  }

  /// Where a node stands, but for those that print nothing and change nothing.
  private func place(of node: Node, in region: Region) -> SourceRange? {
    switch node {
    case .text(let range), .group(_, let range): range
    case .output(let output): output.range
    case .assign(let assign): assign.range
    case .capture(let capture): capture.body.openRange
    case .conditional(let conditional): conditional.range
    case .caseSwitch(let caseSwitch): caseSwitch.range
    case .loop(let loop), .tableRow(let loop): loop.range
    case .cycle(let cycle): cycle.range
    case .counter(let counter): counter.range
    case .interrupt(let interrupt): interrupt.range
    case .partial(let partial): partial.range
    case .ifChanged(let block): block.openRange
    case .abort(let abort): abort.range
    case .opaque(let number): region.children[number].place
    case .comment: nil
    }
  }

  private func append(_ node: Node, in region: Region, to result: inout [TypedNode]) {
    switch node {
    case .text(let range): text(range, in: region, to: &result)
    case .opaque(let number):
      guard region.children.indices.contains(number) else { return }
      append(region.children[number], in: region, to: &result)
    case .output(let output): self.output(output, in: region, to: &result)
    case .assign(let assign): self.assign(assign, to: &result)
    case .capture(let capture): self.capture(capture, in: region, to: &result)
    case .conditional(let conditional): result += self.conditional(conditional, in: region)
    case .caseSwitch(let caseSwitch): result += self.caseSwitch(caseSwitch, in: region)
    case .loop(let loop): result.append(self.loop(loop, in: region))
    case .tableRow(let loop):
      reportPrinting("tablerow", loop.range, in: region)
      result += tableRow(loop, in: region)
    case .cycle(let cycle):
      reportPrinting("cycle", cycle.range, in: region)
      result.append(self.cycle(cycle))
    case .counter(let counter):
      reportPrinting(counter.step > 0 ? "increment" : "decrement", counter.range, in: region)
      result.append(self.counter(counter))
    case .interrupt(let interrupt): result += self.interrupt(interrupt)
    case .partial(let partial): result += self.partial(partial, placedIn: region)
    case .ifChanged(let block): result.append(ifChanged(block, in: region))
    case .comment: break
    case .abort(let abort):
      let reason = abort.reason.map { printable(operand($0)) }
      state.isReachable = false
      result.append(.statement(.abort(reason, abort.range)))
    case .group(let nodes, _): result += self.nodes(nodes, in: region)
    }
  }

  // MARK: Text and elements

  private func text(_ range: SourceRange, in region: Region, to result: inout [TypedNode]) {
    if case .elements = region.kind, !region.isCapture {
      if let ends = trimmed(range), isKnown(region.element), isFirstOfRun(ends) {
        report(.strayText(ends, in: region.element))
      }
      return
    }
    if region.findsMergeTags { reportMergeTags(in: range) }
    if !range.isEmpty { result.append(.text(range)) }
  }

  /// Text and placeholders after each other are one mistake.
  private func isFirstOfRun(_ range: SourceRange) -> Bool {
    defer { lastStray = range }
    guard let last = lastStray, last.file == range.file, last.end <= range.start else {
      return true
    }
    let between = SourceRange(file: range.file, start: last.end, end: range.start)
    return trimmed(between) != nil
  }

  /// Whether an element is one; of others the content model is not known.
  private func isKnown(_ element: String) -> Bool {
    element.isEmpty || input.roles[element] != nil || input.blocks[element] != nil
  }

  /// Without the white space at its ends; nil where nothing else is there.
  private func trimmed(_ range: SourceRange) -> SourceRange? {
    let bytes = self.bytes(range)
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = range.bounds.first(where: { !isSpace(bytes[$0]) }),
      let last = range.bounds.last(where: { !isSpace(bytes[$0]) })
    else { return nil }
    return SourceRange(file: range.file, start: first, end: last + 1)
  }

  private func append(_ child: MarkupNode, in region: Region, to result: inout [TypedNode]) {
    switch child {
    case .element(let element):
      if region.isCapture { report(.elementInCapture(element)) }
      self.element(element, in: region, to: &result)
    case .comment(let range):
      let inside = SourceRange(
        file: range.file,
        start: min(range.start + 4, range.end),
        end: max(range.start, range.end - 3)
      )
      var text = Region.text
      text.findsMergeTags = false
      result.append(.comment(self.text(at: inside, in: text), range))
    case .text(let range): self.text(range, in: region, to: &result)
    // It is paired, or was told to be odd.
    case .liquid: break
    }
  }

  /// Tags that print have no place between elements.
  private func reportPrinting(_ tag: String, _ range: SourceRange, in region: Region) {
    if case .elements = region.kind, !region.isCapture {
      report(.strayOutput(range, what: "'\(tag)'", in: region.element))
    }
  }

  /// A partial between elements may assign; what it prints has no place there.
  private func partial(_ partial: Partial, placedIn region: Region) -> [TypedNode] {
    let nodes = self.partial(partial, in: region)
    guard case .elements = region.kind, !region.isCapture else { return nodes }
    let statements = withoutBlankText(nodes)
    if statements.contains(where: prints) {
      let tag = partial.isIsolated ? "render" : "include"
      report(.strayOutput(partial.range, what: "'\(tag)'", in: region.element))
    }
    return statements
  }

  private func withoutBlankText(_ nodes: [TypedNode]) -> [TypedNode] {
    nodes.compactMap { node in
      switch node {
      case .text(let range): return trimmed(range).map { .text($0) }
      case .branch(var branch):
        for index in branch.alternatives.indices {
          branch.alternatives[index].body = withoutBlankText(branch.alternatives[index].body)
        }
        branch.otherwise = withoutBlankText(branch.otherwise)
        return .branch(branch)
      case .loop(var loop):
        loop.body = withoutBlankText(loop.body)
        loop.otherwise = withoutBlankText(loop.otherwise)
        return .loop(loop)
      case .scope(var scope):
        scope.body = withoutBlankText(scope.body)
        return scope.body.isEmpty ? nil : .scope(scope)
      case .element, .comment, .raw, .literal, .output, .statement: return node
      }
    }
  }

  private func prints(_ node: TypedNode) -> Bool {
    switch node {
    case .text, .literal, .output, .raw, .comment: true
    case .branch(let branch):
      branch.alternatives.contains { $0.body.contains(where: prints) }
        || branch.otherwise.contains(where: prints)
    case .loop(let loop):
      loop.body.contains(where: prints) || loop.otherwise.contains(where: prints)
    case .scope(let scope): scope.body.contains(where: prints)
    case .statement(.counter), .statement(.cycle), .statement(.ifChanged): true
    case .statement, .element: false
    }
  }

  // MARK: Outputs

  private func output(_ output: Output, in region: Region, to result: inout [TypedNode]) {
    if case .elements = region.kind, !region.isCapture {
      if isKnown(region.element), isFirstOfRun(output.range) {
        report(.strayOutput(output.range, what: "a placeholder", in: region.element))
      }
      _ = muted { self.value(output.expression) }
      return
    }
    result.append(.output(printable(self.value(output.expression))))
  }

  /// Reports what cannot be printed; such a value is unknown from then on.
  func printable(_ operand: Operand) -> TypedExpression {
    if operand.type.admitsNil {
      report(.optionalPrinted(operand, cause: operand.nilCause))
    } else if let reason = unprintable(operand.type) ?? unprintableInput(operand.expression) {
      report(.objectPrinted(operand, reason, in: types))
    } else {
      return operand.expression
    }
    return unknown(at: operand.range).expression.with(
      personalSources: operand.expression.personalSources
    )
  }

  /// What `default` lets through: with a text for a fallback the type says nothing any more.
  private func unprintableInput(_ expression: TypedExpression) -> String? {
    guard case .filter(let use) = expression.kind, use.name == "default" else { return nil }
    return unprintable(use.input.type.unwrapped)
  }

  /// What a value is that Liquid would print as Ruby's own notation; nil where it prints well.
  private func unprintable(_ type: ValueType) -> String? {
    switch type {
    case .object, .union: "an object"
    case .map: "a map"
    case .array(let array):
      switch array.element.unwrapped {
      case .object, .union, .map: "an array of objects"
      default: nil
      }
    default: nil
    }
  }
}

extension MarkupNode {
  /// Where it stands; nil of a comment, which prints nothing that a layout could miss.
  fileprivate var place: SourceRange? {
    switch self {
    case .element(let element): element.startTag
    case .text(let range): range
    case .comment, .liquid: nil
    }
  }
}
