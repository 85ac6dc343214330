import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// A filter where it is used.
struct FilterApplication {
  var call: FilterCall
  var signature: FilterSignature
  var input: Operand
  var arguments: [Operand]
  var named: [(name: String, value: Operand)]

  var name: String { call.name.name }

  /// `default: …, allow_false: true`.
  var allowsFalse: Bool {
    named.contains { $0.name == "allow_false" && $0.value.singleValue == .boolean(true) }
  }

  /// Whether what comes out is the input with markup in it, no safer than the input was.
  var addsMarkup: Bool { name == "newline_to_br" }

  /// Whether the input has to be escaped first: a text, for the result is `html`, which nothing escapes
  /// any more (LANGUAGE.md, D15).
  var escapesInput: Bool { addsMarkup && !input.type.isMarkup }

  /// Whether the elements of the result are the input's, with their fields.
  var keepsElements: Bool {
    switch signature.result {
    case .sameArray, .element, .sameAsInput, .inputOrArgument: true
    default: false
    }
  }

  /// The personal fields that the result is made of; a count tells none.
  var personalSources: [String] {
    switch signature.result {
    case .boolean: return []
    case .integer where signature.input == .array || signature.input == .any: return []
    default: break
    }
    let others = arguments + named.map(\.value)
    return others.reduce(input.expression.personalSources) {
      $0.union($1.expression.personalSources)
    }
  }

  /// The bounds of `size`.
  var sizeBounds: ValueType.IntegerBounds {
    guard name == "size" else {
      return name == "find_index" ? .init(minimum: 0) : .init()
    }
    switch input.type {
    case .array(let array): return .init(minimum: array.minItems, maximum: array.maxItems)
    case .string(let facts): return .init(minimum: facts.minLength, maximum: facts.maxLength)
    default: return .init(minimum: 0)
    }
  }

  /// A date written in digits, which math takes (LANGUAGE.md, D08).
  var givesNumericText: Bool {
    guard name == "date", case .string(let format)? = arguments.first?.singleValue else {
      return false
    }
    let directives = format.split(separator: "%", omittingEmptySubsequences: false).dropFirst()
    let digits = "sYmdjHMSyCuwNLGV"
    return !directives.isEmpty && format.hasPrefix("%")
      && directives.allSatisfy { directive in
        let letters = directive.drop { $0 == "-" || $0 == "0" }
        return letters.count == 1 && letters.first.map { digits.contains($0) } ?? false
      }
  }

  /// What `split` gives where all texts that it may split are known, or are dates of a known format.
  var splitParts: ValueType.ArrayType? {
    guard name == "split", case .string(let separator)? = arguments.first?.singleValue,
      !separator.isEmpty
    else { return nil }
    if case .filter(let date) = input.expression.kind, date.name == "date",
      case .literal(.string(let format))? = date.arguments.first?.kind, !format.isEmpty
    {
      let parts = Self.parts(of: format, by: separator)
      return .init(element: .string(.init()), minItems: parts.count)
    }
    var lists: [[String]] = []
    for value in input.finiteValues ?? [] {
      guard case .string(let text) = value else { return nil }
      lists.append(Self.parts(of: text, by: separator))
    }
    var words: [ValueType.Constant] = []
    for part in lists.joined() where !words.contains(.string(part)) { words.append(.string(part)) }
    guard let least = lists.map(\.count).min(), !words.isEmpty, words.count <= 64 else {
      return nil
    }
    return .init(
      element: .enumeration(words),
      minItems: least,
      maxItems: lists.map(\.count).max()
    )
  }

  /// As Liquid splits: nothing empty at the end, and white space by any run of it.
  private static func parts(of text: String, by separator: String) -> [String] {
    if separator == " " {
      return text.split { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }.map(String.init)
    }
    var parts = text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    while parts.last?.isEmpty == true { parts.removeLast() }
    return parts
  }

  // MARK: Known values

  /// The results for all values that input and arguments can have, where they are known.
  func foldedValues(by filter: Filter) -> [Literal]? {
    if name == "default" { return foldedDefault }
    guard !Self.impure.contains(name), named.isEmpty, let inputs = input.finiteValues else {
      return nil
    }
    var combinations: [[Literal]] = inputs.map { [$0] }
    for argument in arguments {
      guard let values = argument.finiteValues else { return nil }
      combinations = combinations.flatMap { head in values.map { head + [$0] } }
      guard combinations.count <= FlowState.Variable.finiteLimit else { return nil }
    }
    var results: [Literal] = []
    for combination in combinations {
      let values = combination.map(\.value)
      var context = FilterContext()
      guard let input = values.first,
        let value = try? filter(input, FilterArguments(Array(values.dropFirst())), &context),
        let literal = Literal(value), literal.isSmall
      else { return nil }
      if !results.contains(literal) { results.append(literal) }
    }
    return results
  }

  private var foldedDefault: [Literal]? {
    guard let values = input.finiteValues, let fallbacks = arguments.first?.finiteValues else {
      return nil
    }
    let kept = values.filter { value in
      switch value {
      case .nil, .blank, .empty, .string(""): false
      case .boolean(false): allowsFalse
      default: true
      }
    }
    if kept.count == values.count { return kept }
    return kept + fallbacks.filter { !kept.contains($0) }
  }

  /// Those that depend on the send time, the language or the project.
  private static let impure: Set<String> = ["date", "money", "number", "pluralize", "json"]
}

extension String {
  /// Whether it is worth while to keep it as a known value.
  var isShort: Bool { utf8.count <= 1_024 }
}

extension Literal {
  fileprivate var isSmall: Bool {
    if case .string(let text) = self { return text.isShort }
    return true
  }

  fileprivate var value: Value {
    switch self {
    case .nil: .nil
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .blank, .empty: .string("")
    }
  }

  fileprivate init?(_ value: Value) {
    switch value {
    case .nil: self = .nil
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .array, .object, .range, .date: return nil
    }
  }
}
