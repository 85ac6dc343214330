import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Makes typed nodes of translations.
struct TranslatedText {
  /// The use of `t`, which all nodes stand for.
  let range: SourceRange
  /// The result is markup: what is put into it is escaped here, since its place no longer does.
  let isHTML: Bool
  let arguments: [String: TypedExpression]
  /// This key's own text is no markup, but another one's is.
  var escapesText = false
  /// Whether the markup is what the translator wrote and nothing else: no value stands in a tag, no markup of
  /// others was put in.
  private(set) var isClean = true

  init(range: SourceRange, isHTML: Bool, arguments: [String: TypedExpression]) {
    self.range = range
    self.isHTML = isHTML
    self.arguments = arguments
  }

  mutating func nodes(of entry: Translations.Entry, in tag: String) -> [TypedNode] {
    // The last one is for all numbers that have no form of their own.
    let texts =
      entry.texts.filter { $0.form != .other } + entry.texts.filter { $0.form == .other }
    guard let last = texts.last else { return [] }
    guard texts.count > 1, let count = arguments["count"] else { return nodes(of: last) }
    return choice(
      of: filter(
        FilterCatalog.pluralFormName,
        count,
        [tag] + texts.map(\.form.rawValue)
      ),
      among: texts.dropLast().map { ($0.form.rawValue, nodes(of: $0)) },
      otherwise: nodes(of: last)
    )
  }

  private mutating func nodes(of text: Translations.Text) -> [TypedNode] {
    var nodes: [TypedNode] = []
    var isInTag = false
    for piece in text.pieces {
      switch piece {
      case .text(let text):
        if let bracket = text.utf8.last(where: { $0 == 0x3C || $0 == 0x3E }) {
          isInTag = bracket == 0x3C
        }
        nodes.append(.output(literal(escapesText ? text.escapingMarkup : text)))
      case .placeholder(let name):
        guard let argument = arguments[name] else { continue }
        if isInTag { isClean = false }
        nodes.append(.output(isHTML ? escaped(argument) : argument))
      }
    }
    return nodes
  }

  private mutating func escaped(_ argument: TypedExpression) -> TypedExpression {
    switch argument.type {
    case .html(let isArgumentClean):
      if !isArgumentClean { isClean = false }
      return argument
    case .integer, .number, .boolean: return argument
    default:
      let use = FilterUse(name: "escape", input: argument, arguments: [], namedArguments: [])
      return TypedExpression(
        .filter(use),
        type: .html(isClean: true),
        range: argument.range,
        personalSources: argument.personalSources
      )
    }
  }

  // MARK: Choices

  /// The nodes of the value that an expression has.
  func choice(
    of expression: TypedExpression,
    among bodies: [(value: String, nodes: [TypedNode])],
    otherwise: [TypedNode]
  ) -> [TypedNode] {
    guard !bodies.isEmpty else { return otherwise }
    let alternatives = bodies.map { body in
      TypedBranch.Alternative(
        condition: .comparison(expression, .equal, literal(body.value)),
        body: body.nodes
      )
    }
    return [
      .branch(TypedBranch(alternatives: alternatives, otherwise: otherwise, range: range))
    ]
  }

  func filter(
    _ name: String,
    _ input: TypedExpression,
    _ arguments: [String]
  ) -> TypedExpression {
    let use = FilterUse(
      name: name,
      input: input,
      arguments: arguments.map(literal),
      namedArguments: []
    )
    return TypedExpression(.filter(use), type: .string(.init()), range: range)
  }

  private func literal(_ text: String) -> TypedExpression {
    TypedExpression(
      .literal(.string(text)),
      type: isHTML ? .html(isClean: true) : .string(.init()),
      range: range,
      finiteValues: [.string(text)]
    )
  }
}

extension String {
  /// As text of HTML.
  fileprivate var escapingMarkup: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
