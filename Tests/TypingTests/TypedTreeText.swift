import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema
import LetterpressTyping

/// A typed tree in one line, for tests: `mj-text[Hi out(profile.name) if(v0 → …, else → …)]`.
struct TypedTreeText {
  let sources: SourceSet

  func text(_ nodes: [TypedNode]) -> String {
    nodes.map { text($0) }.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func text(_ node: TypedNode) -> String {
    switch node {
    case .element(let element): return text(element)
    case .comment(let nodes, _): return "comment[\(text(nodes))]"
    case .raw(let range): return "raw(\(sources.text(range)))"
    case .text(let range): return plain(sources.text(range))
    case .literal(let text): return plain("\(text)")
    case .output(let expression): return "out(\(text(expression)))"
    case .branch(let branch):
      let parts = branch.alternatives.map { "\(text($0.condition)) → \(text($0.body))" }
      let last = branch.otherwise.isEmpty ? [] : ["else → \(text(branch.otherwise))"]
      return "if(\((parts + last).joined(separator: "; ")))"
    case .loop(let loop):
      let bound = loop.bound.map { " ≤\($0)" } ?? ""
      let last = loop.otherwise.isEmpty ? "" : "; else → \(text(loop.otherwise))"
      return
        "for(v\(loop.variable.index) in \(text(loop.collection))\(bound) → \(text(loop.body))\(last))"
    case .statement(let statement): return text(statement)
    case .scope(let scope):
      let bindings = scope.bindings.map { "v\($0.0.index) = \(text($0.1))" }
      return "\(scope.name){\(bindings.joined(separator: ", "))}(\(text(scope.body)))"
    }
  }

  private func text(_ element: TypedElement) -> String {
    let attributes = element.attributes.map { " \($0.name)=\"\(text($0.value))\"" }
    let content = element.content ?? element.children
    return element.name + attributes.joined() + "[" + text(content) + "]"
  }

  private func plain(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func text(_ statement: TypedStatement) -> String {
    switch statement {
    case .assign(let variable, let value): "v\(variable.index) := \(text(value))"
    case .capture(let variable, let nodes, let isMarkup):
      "v\(variable.index) := \(isMarkup ? "html" : "text")[\(text(nodes))]"
    case .counter(let id, let step): "counter\(id.index)(\(step))"
    case .cycle(let id, let values):
      "cycle\(id.index)(\(values.map { text($0) }.joined(separator: ", ")))"
    case .interrupt(let leaves): leaves ? "break" : "continue"
    case .ifChanged(_, let nodes): "changed[\(text(nodes))]"
    case .abort: "abort"
    }
  }

  private func text(_ condition: TypedCondition) -> String {
    switch condition {
    case .constant(let value): "\(value)"
    case .truth(let expression): text(expression)
    case .comparison(let left, let relation, let right):
      "\(text(left)) \(relation.rawValue) \(text(right))"
    case .and(let left, let right): "(\(text(left)) and \(text(right)))"
    case .or(let left, let right): "(\(text(left)) or \(text(right)))"
    case .not(let condition): "not \(text(condition))"
    }
  }

  private func text(_ expression: TypedExpression) -> String {
    switch expression.kind {
    case .literal(.string(let text)): "'\(text)'"
    case .literal(.integer(let value)): "\(value)"
    case .literal(.boolean(let value)): "\(value)"
    case .literal(let literal): "\(literal)"
    case .profile: "profile"
    case .now: "now"
    case .variable(let variable): "v\(variable.index)"
    case .field(let base, _, let name): "\(text(base)).\(name)"
    case .key(let base, let name): "\(text(base))['\(name)']"
    case .index(let base, let index): "\(text(base))[\(text(index))]"
    case .size(let base): "\(text(base)).size"
    case .first(let base): "\(text(base)).first"
    case .last(let base): "\(text(base)).last"
    case .range(let low, let high): "(\(text(low))..\(text(high)))"
    case .filter(let use):
      ([text(use.input), use.name] + use.arguments.map { text($0) }).joined(separator: "|")
    case .forloop(_, let property): "forloop.\(property.rawValue)"
    case .text(let nodes): "\"\(text(nodes))\""
    case .array(let elements): "[\(elements.map { text($0) }.joined(separator: ", "))]"
    case .object: "{…}"
    }
  }
}
