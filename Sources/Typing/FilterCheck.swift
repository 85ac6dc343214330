import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// Whether a filter takes what it is given.
extension Checker {
  /// Reports what is wrong with a filter's input and arguments; false where the result is not known then.
  func check(_ use: FilterApplication, before rest: ArraySlice<FilterCall>) -> Bool {
    guard checkInput(use, before: rest) else { return false }
    var isRight = true
    for (number, argument) in use.arguments.enumerated()
    where use.signature.parameters.indices.contains(number) {
      let parameter = use.signature.parameters[number]
      isRight = check(argument, for: parameter.name, parameter.type, of: use) && isRight
    }
    for (name, argument) in use.named {
      let parameter = use.signature.namedParameters.first { $0.name == name }
      isRight = check(argument, for: name, parameter?.type ?? .any, of: use) && isRight
    }
    if isRight, use.name == "divided_by" || use.name == "modulo" { isRight = checkDivisor(of: use) }
    if isRight { isRight = checkWantedValue(of: use) }
    return isRight
  }

  private func checkInput(_ use: FilterApplication, before rest: ArraySlice<FilterCall>) -> Bool {
    let input = use.input
    if input.type == .unknown { return use.name == "default" }
    if use.name == "default" { return true }
    if input.type.admitsNil {
      report(.optionalFiltered(input, by: use.name, cause: input.nilCause, fix: swap(use, rest)))
      return false
    }
    guard takes(use.signature.input, input, isInput: true) else {
      report(.unfitInput(input, of: use.name, wanted: use.signature.input.noun, in: types))
      return false
    }
    return checkElements(of: use)
  }

  /// Without the name of a property these look at the elements themselves.
  private func checkElements(of use: FilterApplication) -> Bool {
    guard case .array(let array) = use.input.type, use.arguments.isEmpty || use.name == "join",
      let kinds = array.element.kinds
    else { return true }
    let wanted: (kinds: ValueKinds, noun: String)
    switch use.name {
    case "join", "sort", "sort_natural":
      wanted = ([.text, .number, .boolean], "an array of strings or numbers")
    case "sum": wanted = ([.number], "an array of numbers")
    default: return true
    }
    if kinds.isSubset(of: wanted.kinds) { return true }
    report(.unfitInput(use.input, of: use.name, wanted: wanted.noun, in: types))
    return false
  }

  /// `{{ x | upcase | default: 'y' }}`: the fallback comes too late, and belongs before the other filters.
  private func swap(
    _ use: FilterApplication,
    _ rest: ArraySlice<FilterCall>
  ) -> Diagnostic.FixIt? {
    guard let index = rest.firstIndex(where: { $0.name.name == "default" }) else { return nil }
    let call = rest[index]
    let before = index > rest.startIndex ? rest[index - 1].range : use.call.range
    let moved = SourceRange(file: before.file, start: before.end, end: call.range.end)
    return Diagnostic.FixIt(
      "move the default before '\(use.name)'",
      edits: [.init(use.input.range.endPoint, text(moved)), .init(moved, "")]
    )
  }

  private func check(
    _ argument: Operand,
    for name: String,
    _ type: FilterType,
    of use: FilterApplication
  ) -> Bool {
    if argument.type == .unknown { return use.name == "default" }
    if use.name == "default" { return true }
    // Who has no language gets the project's.
    let mayBeNil = use.name == "t" && name == "locale"
    if argument.type.admitsNil, !argument.isLiteral, !mayBeNil {
      report(.optionalFilterArgument(argument, of: use.name, cause: argument.nilCause))
      return false
    }
    if case .property = type { return checkProperty(argument, of: use) }
    guard takes(type, argument, isInput: false) else {
      report(
        .unfitFilterArgument(argument, name, of: use.name, wanted: type.noun, in: types)
      )
      return false
    }
    return checkText(of: argument, for: name, type, of: use)
  }

  /// A literal that says nothing to its filter: no currency, no time zone, no date.
  private func checkText(
    of argument: Operand,
    for name: String,
    _ type: FilterType,
    of use: FilterApplication
  ) -> Bool {
    guard let text = argument.singleValue?.printed else { return true }
    switch type {
    case .currency where !text.isCurrencyCode:
      report(.noCurrency(text, at: argument.range))
    case .timeZone where WallClock(identifier: text) == nil:
      report(.noTimeZone(text, at: argument.range))
    case .locale where use.name != "t" && !LocaleTag.isValid(text):
      report(.noLocale(text, at: argument.range))
    case .string where use.name == "date" && name == "format" && !text.isEmpty:
      let unknown = Strftime.unknownDirective(in: text)
      guard unknown != nil || !text.utf8.contains(UInt8(ascii: "%")),
        DateStyle(rawValue: text) == nil
      else { return true }
      report(.invalidDateFormat(text, unknown, isWritten: argument.isLiteral, at: argument.range))
      // A warning: the date is printed, though not as it was meant.
      return true
    default: return true
    }
    return false
  }

  // MARK: Types

  private func takes(_ type: FilterType, _ operand: Operand, isInput: Bool) -> Bool {
    if operand.isOpaque { return true }
    let value = operand.type
    switch type {
    case .any, .sameAsInput, .element, .sameArray, .arrayOfProperty, .inputOrArgument: return true
    case .string, .html, .property, .currency, .locale, .timeZone, .translationKey:
      // Numbers are text to Liquid, and everyday practice: price | prepend: '€'.
      let kinds: ValueKinds = isInput ? [.text, .number] : [.text, .number, .boolean]
      return value.kinds?.isSubset(of: kinds) ?? true
    case .integer: return isInteger(operand)
    case .number, .arithmetic: return isNumber(operand)
    case .boolean: return value.kinds == [.boolean]
    case .date: return isDate(operand)
    case .array: return value.kinds == [.array]
    case .uri:
      if case .string(let facts) = value, facts.format == .uri { return true }
      return operand.finiteValues?.allSatisfy(\.printed.isURLReference) ?? false
    }
  }

  private func isNumber(_ operand: Operand) -> Bool {
    if operand.isNumericText || operand.type.kinds == [.number] { return true }
    return operand.type.kinds == [.text]
      && operand.finiteValues?.allSatisfy(\.isNumeric) ?? false
  }

  private func isInteger(_ operand: Operand) -> Bool {
    switch operand.type {
    case .integer: return true
    case .number: return operand.finiteValues?.allSatisfy(\.isWhole) ?? false
    case .enumeration(let members) where members.allSatisfy({ $0.kind == .number }):
      return members.allSatisfy { Literal($0).isWhole }
    default: return isNumber(operand)
    }
  }

  private func isDate(_ operand: Operand) -> Bool {
    switch operand.type {
    case .string(let facts) where facts.format == .date || facts.format == .dateTime: return true
    case .integer, .number: return true
    default: break
    }
    if operand.isNumericText { return true }
    return operand.finiteValues?.allSatisfy { value in
      guard case .string(let text) = value else { return value.isNumeric }
      return text == "now" || text == "today" || text.isDate
    } ?? false
  }

  // MARK: Properties

  /// The name of a property that the array's elements have.
  private func checkProperty(_ argument: Operand, of use: FilterApplication) -> Bool {
    guard case .string(let name)? = argument.singleValue else {
      guard argument.type.kinds == [.text] || argument.isOpaque else {
        report(
          .unfitFilterArgument(
            argument,
            "property",
            of: use.name,
            wanted: "the name of a property",
            in: types
          )
        )
        return false
      }
      return true
    }
    guard case .array(let array) = use.input.type, !array.element.isOpaque else { return true }
    switch types.member(name, of: array.element.unwrapped) {
    case .missing:
      report(
        .unknownProperty(
          name,
          of: use.name,
          element: array.element,
          at: argument.range,
          in: types
        )
      )
      return false
    default: return true
    }
  }

  /// `where: 'category', 'shoe'`: a value that the property can have.
  private func checkWantedValue(of use: FilterApplication) -> Bool {
    guard use.signature.parameters.first?.type == .property, use.arguments.count == 2,
      case .string(let name)? = use.arguments[0].singleValue,
      case .array(let array) = use.input.type,
      case .field(let field) = types.member(name, of: array.element.unwrapped),
      let wanted = field.type.kinds, let given = use.arguments[1].type.kinds
    else { return true }
    let value = use.arguments[1]
    guard given.isEmpty || !wanted.isDisjoint(with: given) else {
      report(.unlikeProperty(name, field.type, value, in: types))
      return false
    }
    guard case .literal(let literal) = value.expression.kind, let constant = literal.constant,
      case .enumeration(let members) = field.type.unwrapped,
      !members.contains(where: { $0.equals(constant) })
    else { return true }
    report(.notInEnum(constant, members, of: name, at: value.range))
    return false
  }

  // MARK: Division

  private func checkDivisor(of use: FilterApplication) -> Bool {
    guard let divisor = use.arguments.first else { return true }
    if let values = divisor.finiteValues {
      guard values.contains(where: { $0.numberValue == 0 }) else { return true }
      report(.divisionByZero(divisor, isCertain: values.count == 1))
      return values.count > 1
    }
    let mayBeZero: Bool =
      switch divisor.type {
      case .integer(let bounds): (bounds.minimum ?? -1) <= 0 && (bounds.maximum ?? 1) >= 0
      case .number(let bounds): bounds.refined(.equal, 0) != nil
      default: false
      }
    let isExcluded = divisor.excluded.contains { $0.number == 0 }
    if mayBeZero, !isExcluded { report(.divisionByZero(divisor, isCertain: false)) }
    return true
  }
}

extension String {
  /// Three letters (ISO 4217).
  fileprivate var isCurrencyCode: Bool {
    utf8.count == 3 && utf8.allSatisfy { (0x61...0x7A).contains($0 | 0x20) }
  }
}

extension Literal {
  fileprivate var isWhole: Bool {
    switch self {
    case .integer: true
    case .number(let value): value == value.rounded()
    case .string(let text): Int(text.trimmed) != nil
    default: false
    }
  }

  fileprivate var numberValue: Double? {
    if case .string(let text) = self { return Double(text.trimmed) }
    return constant?.number
  }
}

extension FilterType {
  /// With its article, for messages.
  var noun: String {
    switch self {
    case .any, .sameAsInput, .element, .inputOrArgument: "any value"
    case .string, .html, .currency, .locale, .timeZone, .translationKey: "a string"
    case .integer: "an integer"
    case .number, .arithmetic: "a number"
    case .boolean: "a boolean"
    case .date: "a date"
    case .array, .sameArray, .arrayOfProperty: "an array"
    case .uri: "a uri"
    case .property: "the name of a property"
    }
  }
}
