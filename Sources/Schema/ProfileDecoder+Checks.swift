import LetterpressDiagnostics

/// The checks for which a step has no room; they go back to the rule.
extension ProfileDecoder {
  /// Patterns, and the formats after the first.
  func checkText(
    _ place: StringPlace,
    _ index: Int,
    _ start: Int,
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) {
    let rule = program.rules.rules[index]
    let value = text.span.extracting(place.start..<place.start + place.count)
    for pattern in rule.patterns {
      switch pattern.matches(value, steps: &state.patternSteps) {
      case true?: continue
      case false?:
        state.report(.pattern(pattern.text, string(place, text), start..<state.position))
      case nil:
        return state.report(.patternLimit(limits.patternSteps, start..<state.position))
      }
    }
    for format in rule.formats.dropFirst() where !TextFormat.accepts(format, value) {
      state.report(.format(format, string(place, text), start..<state.position))
    }
  }

  /// Bounds and factors.
  func checkNumber(
    _ slot: Slot,
    _ index: Int,
    _ start: Int,
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) {
    let rule = program.rules.rules[index]
    let number: JSONNumber =
      slot.kind == .integer
      ? .integer(slot.integer) : .real(slot.number, isWhole: slot.number.rounded() == slot.number)
    let range = start..<state.position
    if let bound = rule.minimum, !bound.holdsAsMinimum(number) {
      state.report(
        .outOfBounds(token(start, state, text), bound, isMinimum: true, range)
      )
    }
    if let bound = rule.maximum, !bound.holdsAsMaximum(number) {
      state.report(
        .outOfBounds(token(start, state, text), bound, isMinimum: false, range)
      )
    }
    for factor in rule.factors where !number.isMultiple(of: factor) {
      state.report(.notAMultiple(token(start, state, text), of: factor, range))
    }
  }

  /// `uniqueItems`; reads the array once more, as the schema compares values and not what is kept
  /// of them.
  func checkUnique(_ index: Int, _ range: Range<Int>, _ state: inout DecodeState) {
    guard program.rules.rules[index].isUnique else { return }
    var reader = JSONReader(
      state.source,
      in: range.lowerBound + state.shift..<range.upperBound + state.shift,
      file: .init(index: 0),
      depth: limits.depth
    )
    guard let elements = try? reader.readDocument().elements else { return }
    var places: [CanonicalValue: Int] = [:]
    for (place, element) in elements.enumerated() {
      let value = CanonicalValue(element)
      if let first = places[value] {
        return state.report(.duplicateElement(range, first: first, second: place))
      }
      places[value] = place
    }
  }
}

extension Rule {
  /// Whether a scalar satisfies the facts beside its kind.
  func accepts(_ constant: ValueType.Constant) -> Bool {
    switch constant {
    case .boolean: return true
    case .integer(let integer): return accepts(JSONNumber.integer(integer))
    case .number(let number): return accepts(JSONNumber.real(number, isWhole: false))
    case .string(let string):
      let count = string.unicodeScalars.count
      return count >= minCount && count <= maxCount ?? .max
        && patterns.allSatisfy { $0.matches(string) }
        && formats.allSatisfy { TextFormat.accepts($0, string.utf8.span) }
    }
  }

  private func accepts(_ number: JSONNumber) -> Bool {
    minimum?.holdsAsMinimum(number) ?? true && maximum?.holdsAsMaximum(number) ?? true
      && factors.allSatisfy { number.isMultiple(of: $0) }
  }
}

extension Rule.Bound {
  func holdsAsMinimum(_ number: JSONNumber) -> Bool {
    isExclusive ? value < number : value <= number
  }

  func holdsAsMaximum(_ number: JSONNumber) -> Bool {
    isExclusive ? number < value : number <= value
  }
}

extension JSONNumber {
  /// Whether it is a whole multiple; fractions as the decimal numbers that they are written as, so
  /// 19.99 is a multiple of 0.01 although the nearest `Double`s are not.
  func isMultiple(of factor: JSONNumber) -> Bool {
    if case .integer(let number) = self, case .integer(let factor) = factor {
      return number % factor == 0
    }
    let quotient = double / factor.double
    guard quotient.isFinite else { return false }
    let product = quotient.rounded() * factor.double
    return abs(product - double) <= double.ulp
  }
}

/// A value as JSON Schema compares it: numbers by value, objects without order.
private indirect enum CanonicalValue: Hashable {
  case null
  case boolean(Bool)
  case number(JSONNumber)
  case string([UInt8])
  case array([CanonicalValue])
  case object([[UInt8]: CanonicalValue])

  init(_ value: LocatedJSON) {
    switch value.content {
    case .null: self = .null
    case .boolean(let boolean): self = .boolean(boolean)
    case .number(let number): self = .number(number)
    case .string(let string): self = .string(Array(string.utf8))
    case .array(let elements): self = .array(elements.map(CanonicalValue.init))
    case .object(let members):
      let pairs = members.map { (Array($0.key.utf8), CanonicalValue($0.value)) }
      self = .object(Dictionary(pairs) { first, _ in first })
    }
  }
}
