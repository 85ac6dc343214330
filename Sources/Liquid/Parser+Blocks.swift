import LetterpressDiagnostics

/// Opening, continuing and closing of blocks.
extension Parser {
  mutating func push(_ block: OpenBlock) {
    open.append(block)
    openCounts[block.tag.name.name, default: 0] += 1
    // The template does not count. Deeper blocks are read, so that their ends find them, and
    // dropped.
    if open.count - 1 == limits.blockDepth + 1 {
      report(.tooDeep(block.tag.name, limit: limits.blockDepth))
    }
  }

  /// The innermost block of that name which a tag in the current list may close or continue.
  private func innermost(named name: String) -> Int? {
    guard openCounts[name, default: 0] > 0 else { return nil }
    return open.lastIndex { $0.tag.name.name == name }
  }

  /// `endif` and its like.
  mutating func readEnd(_ tag: TagSource) {
    let name = String(tag.name.name.dropFirst(3))
    if let index = innermost(named: name) {
      forceClosed(downTo: index, by: tag.name.name, at: tag.range)
      return closeInnermost(at: tag.range)
    }
    if let late = closedByForce[name], late > 0 {
      closedByForce[name] = late - 1
      return
    }
    let block = open[open.count - 1]
    if block.head.isKnown, remaining["end" + block.tag.name.name, default: 0] == 0 {
      report(.mismatchedEnd(tag.name, at: tag.range, of: block.tag))
      return closeInnermost(at: tag.range)
    }
    if Tags.blocks.contains(name) {
      reportStray(tag)
    } else {
      report(.unknownTag(tag.name, suggestion: nameMeant(by: tag)))
    }
  }

  /// `else`, `elsif` and `when`: the next branch of the innermost block.
  mutating func readBranch(_ tag: TagSource) {
    // No copy of the whole block: it would make each new branch copy all branches before it.
    let (head, otherwise) = (open[open.count - 1].head, open[open.count - 1].otherwise)
    switch (head, tag.name.name) {
    case (.conditional, "elsif"): readElsif(tag, condition: tag.markup)
    case (.conditional, "else"), (.caseSwitch, "else"), (.loop, "else"): readElse(tag)
    case (.caseSwitch, "when"):
      if let otherwise {
        reportTolerable(.branchAfterElse(tag.name, at: tag.range, after: otherwise))
      }
      startBranch(.when(whenValues(tag)), at: tag.range)
    case (.unknown, _): break
    default: readBranchOfOuterBlock(tag)
    }
  }

  /// A branch that the innermost block cannot have: it ends blocks that will not have an end.
  private mutating func readBranchOfOuterBlock(_ tag: TagSource) {
    // An `else` ends a few forgotten blocks, not a hundred.
    let index = open.indices.suffix(8).last { index in
      let block = open[index]
      return block.head.isBoundary || block.head.takesBranches(named: tag.name.name)
        || remaining["end" + block.tag.name.name, default: 0] > 0
    }
    guard let index, open[index].head.takesBranches(named: tag.name.name) else {
      if !continuesLateBlock(tag.name.name) { reportStray(tag) }
      return
    }
    forceClosed(downTo: index, by: tag.name.name, at: tag.range)
    readBranch(tag)
  }

  /// Whether it may belong to a block whose opening was reported.
  private func continuesLateBlock(_ name: String) -> Bool {
    let openers =
      switch name {
      case "when": ["case"]
      case "elsif": ["if", "unless"]
      default: ["if", "unless", "case", "for"]
      }
    return openers.contains { closedByForce[$0, default: 0] > 0 }
  }

  /// Closes all blocks within another one, which ends or goes on.
  private mutating func forceClosed(downTo index: Int, by name: String, at range: SourceRange) {
    while open.count > index + 1 {
      let block = open[open.count - 1]
      if block.head.isKnown {
        report(.unclosedBlock(block.tag, before: range, named: name))
        closedByForce[block.tag.name.name, default: 0] += 1
      }
      closeInnermost(at: range)
    }
  }

  private mutating func reportStray(_ tag: TagSource) {
    if result.stray.count < LiquidLimits.findings { result.stray.append(tag.unmatched) }
  }

  private mutating func readElse(_ tag: TagSource) {
    let (head, otherwise) = (open[open.count - 1].head, open[open.count - 1].otherwise)
    if let condition = misplacedCondition(of: tag), case .conditional = head {
      let word = SourceRange(
        file: tag.range.file,
        start: tag.name.range.start,
        end: condition.start
      )
      reportTolerable(.elseIf(tag.name, word: word))
      if dialect == .letterpress {
        let rest = SourceRange(file: tag.range.file, start: condition.start, end: condition.end)
        return readElsif(tag, condition: rest)
      }
    } else if !tag.markup.isEmpty {
      if case .caseSwitch = head {
        report(.elseCondition(tag.markup))
      } else {
        reportTolerable(.elseCondition(tag.markup))
      }
    }
    guard let otherwise else { return startBranch(.otherwise, at: tag.range) }
    reportTolerable(.branchAfterElse(tag.name, at: tag.range, after: otherwise))
    if case .caseSwitch = head {
      startBranch(.otherwise, at: tag.range)
    } else {
      startBranch(.ignored, at: tag.range)
    }
  }

  /// The condition of `{% else if condition %}`, from the byte after `if`.
  private func misplacedCondition(of tag: TagSource) -> SourceRange? {
    let bytes = bytes(tag.range)
    let (start, end) = (tag.markup.start, tag.markup.end)
    guard bytes[..<end].has("if", at: start), start + 2 < end, bytes[start + 2].isSpace else {
      return nil
    }
    return SourceRange(file: tag.range.file, start: start + 2, end: end)
  }

  /// `elsif`, whatever it is spelled like.
  mutating func readElsif(_ tag: TagSource, condition markup: SourceRange) {
    if let otherwise = open[open.count - 1].otherwise {
      reportTolerable(.branchAfterElse(tag.name, at: tag.range, after: otherwise))
      return startBranch(.ignored, at: tag.range)
    }
    let condition = condition(markup, of: tag)
    startBranch(.condition(condition, isNegated: false), at: tag.range)
  }

  private mutating func startBranch(_ header: OpenBlock.Header, at range: SourceRange) {
    open[open.count - 1].startBranch(header, at: range)
  }

  // MARK: Closing

  /// Closes the innermost block and gives its node to the one around it.
  mutating func closeInnermost(at range: SourceRange) {
    guard open.count > 1, var block = open.popLast() else { return }
    openCounts[block.tag.name.name, default: 1] -= 1
    block.startBranch(.ignored, at: range)
    let whole = block.tag.range.to(range)
    let body = block.branches[0].body
    var node: Node?
    switch block.head {
    case .template, .unknown: return
    case .verbatim:
      guard open.count <= limits.blockDepth else { return }
      return body.nodes.forEach { append($0, isBlank: false) }
    case .comment(let kind):
      let content = SourceRange(
        file: range.file,
        start: block.tag.range.end,
        end: max(range.start, block.tag.range.end)
      )
      node = .comment(Comment(kind: kind, content: content, range: whole))
    case .liquid: node = .group(body.nodes, block.tag.range)
    case .conditional:
      block.removeBlankText()
      node = .conditional(conditional(block.branches, range: whole))
    case .caseSwitch(let subject):
      block.removeBlankText()
      node = caseNode(subject, block, range: whole)
    case .loop(var loop), .tableRow(var loop):
      if case .loop = block.head { block.removeBlankText() }
      loop.body = block.branches[0].body
      for branch in block.branches {
        if case .otherwise = branch.header { loop.otherwise = branch.body }
      }
      loop.range = whole
      if case .loop = block.head { node = .loop(loop) } else { node = .tableRow(loop) }
    case .capture(let target):
      node = .capture(Capture(target: target, body: body))
      block.isBlank = true
    case .ifChanged: node = .ifChanged(body)
    }
    if let node, open.count <= limits.blockDepth { append(node, isBlank: block.isBlank) }
  }

  private func conditional(_ branches: [OpenBlock.Branch], range: SourceRange) -> Conditional {
    var result = Conditional(branches: [], otherwise: nil, range: range)
    for branch in branches {
      switch branch.header {
      case .condition(let condition, let isNegated):
        result.branches.append(
          Conditional.Branch(condition: condition, isNegated: isNegated, body: branch.body)
        )
      case .otherwise: result.otherwise = branch.body
      case .body, .when, .ignored: break
      }
    }
    return result
  }

  private mutating func caseNode(
    _ subject: Expression,
    _ block: OpenBlock,
    range: SourceRange
  ) -> Node {
    if let unprinted = block.branches[0].body.nodes.lazy.compactMap(printedRange).first {
      reportTolerable(.contentBeforeWhen(unprinted ?? block.tag.range))
    }
    // A branch after an `else` has a `case` of its own, which knows the `when`s before it: an
    // `else` is taken only where none of them matched.
    var cases: [Case] = []
    var current = Case(subject: subject, whens: [], otherwise: nil, range: range)
    for branch in block.branches.dropFirst() {
      switch branch.header {
      case .when(let values):
        if current.otherwise != nil {
          guard cases.count < LiquidLimits.casesInCase else {
            report(.tooManyElses(branch.body.openRange))
            return .caseSwitch(current)
          }
          cases.append(current)
          current.otherwise = nil
          for index in current.whens.indices { current.whens[index].body.nodes = [] }
        }
        current.whens.append(Case.When(values: values, body: branch.body))
      case .otherwise:
        if current.otherwise == nil {
          current.otherwise = branch.body
        } else {
          current.otherwise?.nodes += branch.body.nodes
        }
      case .body, .condition, .ignored: break
      }
    }
    cases.append(current)
    return cases.count == 1
      ? .caseSwitch(current) : .group(cases.map { .caseSwitch($0) }, range)
  }

  /// The place of a node that would print something, nil inside where its place is not known; nil
  /// for white space and comments.
  private func printedRange(_ node: Node) -> SourceRange?? {
    switch node {
    case .comment: nil
    case .text(let range): isWhiteSpace(range) ? nil : .some(trimmed(range))
    case .output(let output): .some(output.range)
    default: .some(nil)
    }
  }

  private func trimmed(_ range: SourceRange) -> SourceRange {
    let bounds = bytes(range).trimmed(range.bounds)
    return SourceRange(file: range.file, start: bounds.lowerBound, end: bounds.upperBound)
  }
}
