import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Operands with filters: what goes in, what comes out.
extension Checker {
  func value(_ expression: FilteredExpression) -> Operand {
    var value = operand(expression.base)
    value.isFilterable = true
    for (number, call) in expression.filters.enumerated() {
      if call.name.name == "reveal", input.revealsTypes {
        if value.type != .unknown { report(.revealed(value, in: types)) }
        return unknown(at: expression.range)
      }
      let rest = expression.filters[(number + 1)...]
      value = apply(call, to: value, from: expression.base.sourceRange, before: rest)
      value.isFilterable = true
    }
    return value
  }

  private func apply(
    _ call: FilterCall,
    to input: Operand,
    from start: SourceRange,
    before rest: ArraySlice<FilterCall>
  ) -> Operand {
    let arguments = call.arguments.map { operand($0) }
    let named = call.namedArguments.map { (name: $0.name.name, value: operand($0.value)) }
    let range = start.to(call.range)
    func failed() -> Operand {
      if call.name.name == "t" { translationUses.isOpen = true }
      var operand = unknown(at: range)
      operand.expression = operand.expression.with(
        personalSources: input.expression.personalSources
      )
      return operand
    }
    guard let filter = FilterCatalog.standard[call.name.name] else {
      FilterCatalog.standard.check(call).map(report)
      return failed()
    }
    if let mistake = FilterCatalog.check(call, against: filter.signature) {
      report(mistake)
      return failed()
    }
    let use = FilterApplication(
      call: call,
      signature: filter.signature,
      input: input,
      arguments: arguments,
      named: named
    )
    guard check(use, before: rest) else { return failed() }
    if use.name == "t" { return translated(use, at: range) ?? unknown(at: range) }
    let expression = TypedExpression(
      .filter(
        FilterUse(
          name: call.name.name,
          input: use.escapesInput ? escaped(input.expression) : input.expression,
          arguments: arguments.map(\.expression),
          namedArguments: named.map { (name: $0.name, value: $0.value.expression) }
        )
      ),
      type: resultType(of: use),
      range: range,
      personalSources: use.personalSources,
      finiteValues: use.escapesInput ? nil : use.foldedValues(by: filter)
    )
    var result = Operand(
      expression: expression,
      schemaRoot: use.keepsElements ? input.schemaPath : nil,
      source: source(range)
    )
    result.isNumericText = use.givesNumericText
    if result.type.admitsNil { result.nilCause = .filter(call.name.name) }
    if case .value(let place)? = input.subject {
      switch call.name.name {
      case "size": result.subject = .size(place)
      case "first": result.subject = .value(places.appending(.index(0), to: place))
      case "last": result.subject = .value(places.appending(.index(-1), to: place))
      default: break
      }
    }
    if case .value(let place)? = result.subject, let known = state.facts[place] {
      result.type = known.type
    }
    return result
  }

  private func escaped(_ text: TypedExpression) -> TypedExpression {
    TypedExpression(
      .filter(FilterUse(name: "escape", input: text, arguments: [], namedArguments: [])),
      type: .html(isClean: true),
      range: text.range,
      personalSources: text.personalSources
    )
  }

  // MARK: What comes out

  private func resultType(of use: FilterApplication) -> ValueType {
    let input = use.input.type.unwrapped
    if use.input.isOpaque, use.signature.result.dependsOnInput {
      return use.call.name.name == "default" ? defaulted(use) : input == .any ? .any : .unknown
    }
    switch use.signature.result {
    case .any: return .any
    case .string, .currency, .locale, .timeZone, .translationKey, .property:
      return .string(.init())
    case .integer: return .integer(use.sizeBounds)
    case .number: return isWhole(use) ? .integer(.init()) : .number(.init())
    case .boolean: return .boolean
    case .date: return .string(.init(format: .dateTime))
    case .html: return use.addsMarkup && input.isMarkup ? input : .html(isClean: true)
    case .uri: return .string(.init(format: .uri))
    case .array: return .array(use.splitParts ?? .init(element: .string(.init())))
    case .sameAsInput: return sameAsInput(use)
    case .element: return elementType(of: use)
    case .sameArray: return sameArray(use)
    case .arrayOfProperty: return arrayOfProperty(use)
    case .inputOrArgument: return defaulted(use)
    case .arithmetic: return arithmetic(use)
    }
  }

  /// `round` without digits, and the sum of integers.
  private func isWhole(_ use: FilterApplication) -> Bool {
    switch use.name {
    case "round":
      return use.arguments.first.map { $0.singleValue == .integer(0) } ?? true
    case "sum":
      guard case .array(let array) = use.input.type else { return false }
      let element =
        use.arguments.isEmpty ? array : arrayOfProperty(use).arrayType ?? array
      switch element.element.unwrapped {
      case .integer: return true
      case .enumeration(let members):
        return members.allSatisfy { if case .integer = $0 { true } else { false } }
      default: return false
      }
    default: return false
    }
  }

  /// `append` to a uri gives a uri; a part of an array is an array.
  private func sameAsInput(_ use: FilterApplication) -> ValueType {
    switch use.input.type {
    case .string(let facts):
      return .string(.init(format: facts.format == .uri ? .uri : nil))
    case .array(let array):
      let most = use.arguments.dropFirst().first?.singleValue
      var limit = array.maxItems
      if case .integer(let count)? = most { limit = min(limit ?? count, max(0, count)) }
      return .array(.init(element: array.element, maxItems: limit))
    default: return .string(.init())
    }
  }

  private func elementType(of use: FilterApplication) -> ValueType {
    guard case .array(let array) = use.input.type else { return .any }
    let finds = !use.arguments.isEmpty
    return finds ? selected(from: array.element, by: use).withNil : array.elementType(at: 0)
  }

  private func sameArray(_ use: FilterApplication) -> ValueType {
    guard case .array(var array) = use.input.type else { return use.input.type }
    switch use.call.name.name {
    case "sort", "sort_natural", "reverse": break
    case "uniq": array.minItems = min(array.minItems, 1)
    case "concat":
      guard case .array(let other)? = use.arguments.first?.type else { return .any }
      array.element = array.element.joined(with: other.element)
      array.minItems += other.minItems
      array.maxItems = array.maxItems.flatMap { a in other.maxItems.map { a + $0 } }
    case "compact":
      array.minItems = 0
      if use.arguments.isEmpty { array.element = array.element.unwrapped }
    default:
      array.minItems = 0
      array.element = selected(from: array.element, by: use)
    }
    return .array(array)
  }

  /// `where: 'kind', 'order'` leaves the variants of that tag.
  private func selected(from element: ValueType, by use: FilterApplication) -> ValueType {
    guard use.arguments.count == 2, case .union(let tag, let variants) = element,
      use.arguments[0].singleValue == .string(tag),
      let value = use.arguments[1].singleValue?.constant
    else { return element }
    let those = types.variants(variants, tag: tag, among: [value])
    let left = use.name == "reject" ? variants.filter { !those.contains($0) } : those
    return left.isEmpty ? element : .union(tag: tag, left)
  }

  private func arrayOfProperty(_ use: FilterApplication) -> ValueType {
    guard case .array(var array) = use.input.type else { return .any }
    let name = use.arguments.first?.singleValue?.printed ?? ""
    let type: ValueType =
      switch types.member(name, of: array.element.unwrapped) {
      case .field(let field): field.type
      case .entry(let type), .size(let type), .first(let type), .last(let type), .opaque(let type):
        type
      case .inVariants, .missing: .unknown
      }
    array.element = array.element.admitsNil ? type.withNil : type
    return .array(array)
  }

  /// What `default` leaves: the input where it is neither nil, false nor empty, else the argument.
  private func defaulted(_ use: FilterApplication) -> ValueType {
    guard let other = use.arguments.first else {
      return use.input.type.unwrapped.joined(with: .string(.init()))
    }
    let fallback = other.isLiteral ? other.type.loosened : other.type
    var input = use.input.type.unwrapped
    if case .enumeration(let members) = input, !use.allowsFalse {
      input = .enumeration(members.filter(\.isTruthy))
    }
    if use.input.type == .null { return fallback }
    // A fallback that is one of the enum's members leaves it that enum.
    if case .enumeration(let members) = input, other.isLiteral,
      let constant = other.singleValue?.constant, members.contains(constant)
    {
      return input
    }
    if case .html = input, other.isLiteral { return input }
    return input.joined(with: fallback)
  }

  private func arithmetic(_ use: FilterApplication) -> ValueType {
    let operands = [use.input] + use.arguments
    let areIntegers = operands.allSatisfy { operand in
      switch operand.type {
      case .integer: true
      case .enumeration(let members):
        members.allSatisfy { if case .integer = $0 { true } else { false } }
      default: false
      }
    }
    guard areIntegers else { return .number(.init()) }
    var bounds = ValueType.IntegerBounds()
    switch use.call.name.name {
    case "abs": bounds.minimum = 0
    case "at_least":
      if case .integer(let other)? = use.arguments.first?.type { bounds.minimum = other.minimum }
    case "at_most":
      if case .integer(let other)? = use.arguments.first?.type { bounds.maximum = other.maximum }
    default: break
    }
    return .integer(bounds)
  }
}

extension FilterType {
  /// Whether nothing is known of the result where nothing is known of the input.
  fileprivate var dependsOnInput: Bool {
    switch self {
    case .any, .sameAsInput, .element, .sameArray, .arrayOfProperty, .inputOrArgument: true
    default: false
    }
  }
}

extension ValueType {
  fileprivate var arrayType: ArrayType? {
    if case .array(let array) = self { return array }
    return nil
  }

  /// A fallback's type: without the length that only this literal has.
  fileprivate var loosened: ValueType {
    switch self {
    case .string(let facts):
      .string(.init(format: facts.format, minLength: min(facts.minLength, 1)))
    case .integer(let bounds): .integer(bounds)
    default: self
    }
  }
}
