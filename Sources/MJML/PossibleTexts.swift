package import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema
package import LetterpressTyping

/// Which texts a value with Liquid in it can have, where they are finitely many.
///
///     {% if gold %}60%{% else %}40%{% endif %}       60%, 40%
///     {{ profile.tone }}px   (enum: 1, 2)            1px, 2px
package struct PossibleTexts {
  let sources: SourceSet
  /// More texts than variants are allowed are of no use.
  let maximum = 64

  package init(sources: SourceSet) { self.sources = sources }

  /// The texts, each once, in the order of the source; nil where they are not finitely many.
  package func texts(of nodes: [TypedNode]) -> [String]? {
    var texts = [""]
    for node in nodes {
      guard let next = self.texts(of: node) else { return nil }
      if next == [""] { continue }
      texts = unique(texts.flatMap { head in next.map { head + $0 } })
      guard texts.count <= maximum else { return nil }
    }
    return texts
  }

  private func texts(of node: TypedNode) -> [String]? {
    switch node {
    case .text(let range), .raw(let range): return [sources.text(range)]
    case .literal(let text): return [text]
    case .comment, .element: return nil
    case .output(let expression): return texts(of: expression)
    case .branch(let branch):
      return texts(ofEach: branch.bodies)
    case .scope(let scope): return texts(of: scope.body)
    case .loop: return nil
    case .statement(.assign), .statement(.capture), .statement(.abort): return [""]
    case .statement(.cycle(_, let values)):
      return values.reduce(into: Optional([])) { all, value in
        all = texts(of: value).flatMap { texts in all.map { unique($0 + texts) } }
      }
    case .statement: return nil
    }
  }

  private func texts(of expression: TypedExpression) -> [String]? {
    if case .text(let nodes) = expression.kind { return texts(of: nodes) }
    return expression.finiteValues.map { unique($0.map(\.printed)) }
  }

  private func texts(ofEach bodies: [[TypedNode]]) -> [String]? {
    var all: [String] = []
    for body in bodies {
      guard let texts = texts(of: body) else { return nil }
      all += texts
    }
    all = unique(all)
    return all.count <= maximum ? all : nil
  }

  /// Whether the text is empty: always (true), never (false), or that depends (nil).
  package func emptiness(of nodes: [TypedNode]) -> Bool? {
    if let texts = texts(of: nodes) {
      if texts.allSatisfy(\.isEmpty) { return true }
      return texts.contains("") ? nil : false
    }
    return nodes.contains(where: isNeverEmpty) ? false : nil
  }

  private func isNeverEmpty(_ node: TypedNode) -> Bool {
    switch node {
    case .text(let range), .raw(let range): !range.isEmpty
    case .literal(let text): !text.isEmpty
    case .output(let expression): expression.printsSomething
    case .branch(let branch):
      branch.bodies.allSatisfy {
        $0.contains(where: isNeverEmpty)
      }
    case .scope(let scope): scope.body.contains(where: isNeverEmpty)
    case .comment, .element, .loop, .statement: false
    }
  }

  private func unique(_ texts: [String]) -> [String] {
    var seen: Set<String> = []
    return texts.filter { seen.insert($0).inserted }
  }
}

extension TypedExpression {
  /// Whether its type alone says that it prints at least one byte.
  fileprivate var printsSomething: Bool {
    if case .text(let nodes) = kind {
      return nodes.contains {
        if case .text(let range) = $0 { return !range.isEmpty }
        return false
      }
    }
    switch type {
    case .boolean, .integer, .number: return true
    case .string(let facts): return facts.minLength > 0 || facts.format != nil
    case .enumeration(let constants):
      return !constants.contains(.string(""))
    default: return false
    }
  }
}

extension Literal {
  /// As Liquid prints it.
  fileprivate var printed: String {
    switch self {
    case .nil, .blank, .empty: ""
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let value): value.description
    case .string(let value): value
    }
  }
}
