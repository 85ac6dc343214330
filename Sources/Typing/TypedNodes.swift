import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Questions about lists of typed nodes.
extension Checker {
  /// Whether text between the outputs holds tags of HTML.
  func holdsMarkup(_ nodes: [TypedNode]) -> Bool {
    nodes.contains { node in
      switch node {
      case .text(let range):
        return sources.bytes(of: range.file)[range.bounds].contains(UInt8(ascii: "<"))
      case .output(let expression):
        if case .html = expression.type { return true }
        return false
      case .branch(let branch):
        return branch.alternatives.contains { holdsMarkup($0.body) }
          || holdsMarkup(branch.otherwise)
      case .loop(let loop): return holdsMarkup(loop.body) || holdsMarkup(loop.otherwise)
      case .scope(let scope): return holdsMarkup(scope.body)
      case .statement(.ifChanged(_, let nodes)): return holdsMarkup(nodes)
      case .element, .literal, .comment: return true
      case .raw, .statement: return false
      }
    }
  }

  /// The text, where nothing in it depends on anything.
  func staticText(_ nodes: [TypedNode]) -> String? {
    var text = ""
    for node in nodes {
      switch node {
      case .text(let range): text += sources.text(range)
      case .statement(.assign): break
      default: return nil
      }
    }
    return text
  }

  /// The personal fields that are printed.
  func personalSources(of nodes: [TypedNode]) -> [String] {
    var sources: [String] = []
    forEachOutput(in: nodes) { sources = sources.union($0.personalSources) }
    return sources
  }

  /// All that is printed, in order; without what `capture` collects.
  func forEachOutput(in nodes: [TypedNode], _ body: (TypedExpression) -> Void) {
    for node in nodes {
      switch node {
      case .output(let expression): body(expression)
      case .branch(let branch):
        for alternative in branch.alternatives { forEachOutput(in: alternative.body, body) }
        forEachOutput(in: branch.otherwise, body)
      case .loop(let loop):
        forEachOutput(in: loop.body, body)
        forEachOutput(in: loop.otherwise, body)
      case .scope(let scope): forEachOutput(in: scope.body, body)
      case .statement(.cycle(_, let values)): values.forEach(body)
      case .statement(.ifChanged(_, let nodes)): forEachOutput(in: nodes, body)
      case .element, .comment, .raw, .text, .literal, .statement: break
      }
    }
  }
}

extension [TypedNode] {
  /// Whether they are one run of the source and nothing else.
  var isText: Bool {
    guard count == 1, case .text = self[0] else { return false }
    return true
  }
}

extension TypedNode {
  /// Whether it runs and shows nothing: a statement, or conditions and loops with nothing else in them.
  var isStatement: Bool {
    switch self {
    case .statement: true
    case .branch(let branch):
      branch.otherwise.allSatisfy(\.isStatement)
        && branch.alternatives.allSatisfy { $0.body.allSatisfy(\.isStatement) }
    case .loop(let loop):
      loop.body.allSatisfy(\.isStatement) && loop.otherwise.allSatisfy(\.isStatement)
    case .element, .scope, .comment, .raw, .text, .literal, .output: false
    }
  }
}

/// The texts that nodes can print.
extension Checker {
  /// All texts, where they are finitely many and few; nil where anything can come.
  func possibleTexts(_ nodes: [TypedNode]) -> [String]? {
    var texts = [""]
    for node in nodes {
      guard let next = possibleTexts(node) else { return nil }
      let all = texts.flatMap { text in next.map { text + $0 } }
      var seen: Set<String> = []
      texts = all.filter { seen.insert($0).inserted }
      guard texts.count <= FlowState.Variable.finiteLimit else { return nil }
    }
    return texts
  }

  private func possibleTexts(_ node: TypedNode) -> [String]? {
    switch node {
    case .text(let range): return [sources.text(range)]
    case .literal(let text): return [text]
    case .output(let expression): return expression.finiteValues.map { $0.map(\.printed) }
    case .branch(let branch):
      var texts: [String] = []
      for body in branch.bodies {
        guard let some = possibleTexts(body) else { return nil }
        texts += some
      }
      return texts
    case .scope(let scope): return possibleTexts(scope.body)
    case .statement(.cycle(_, let values)):
      var texts: [String] = []
      for value in values {
        guard let some = value.finiteValues else { return nil }
        texts += some.map(\.printed)
      }
      return texts
    case .statement(.counter), .statement(.ifChanged): return nil
    case .statement: return [""]
    case .element, .comment, .raw, .loop: return nil
    }
  }

  /// Replaces text that holds character references by what they stand for: an argument is a value, not
  /// markup.
  func decodeEntities(in nodes: inout [TypedNode]) {
    for index in nodes.indices {
      switch nodes[index] {
      case .text(let range):
        let text = sources.text(range)
        let decoded = text.decodingEntities
        guard decoded != text else { continue }
        nodes[index] = .output(
          TypedExpression(
            .literal(.string(decoded)),
            type: .string(.init()),
            range: range,
            finiteValues: [.string(decoded)]
          )
        )
      case .branch(var branch):
        for alternative in branch.alternatives.indices {
          decodeEntities(in: &branch.alternatives[alternative].body)
        }
        decodeEntities(in: &branch.otherwise)
        nodes[index] = .branch(branch)
      case .loop(var loop):
        decodeEntities(in: &loop.body)
        decodeEntities(in: &loop.otherwise)
        nodes[index] = .loop(loop)
      case .element, .comment, .raw, .literal, .output, .statement, .scope: break
      }
    }
  }
}
