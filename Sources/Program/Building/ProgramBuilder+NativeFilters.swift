import LetterpressLiquid
import LetterpressSchema
import LetterpressTyping

/// Filters whose usual inputs are handled as cells; anything else goes over Liquid's own values, which
/// copies text and is ten times slower.
extension ProgramBuilder {
  mutating func nativeNumber(_ use: FilterUse, _ input: Evaluation) -> Evaluation? {
    switch (use.name, use.arguments.count) {
    case ("plus", 1): return integers(use, input) { $0.addingReportingOverflow($1) }
    case ("minus", 1): return integers(use, input) { $0.subtractingReportingOverflow($1) }
    case ("times", 1): return integers(use, input) { $0.multipliedReportingOverflow(by: $1) }
    case ("at_most", 1): return integers(use, input) { (min($0, $1), false) }
    case ("at_least", 1): return integers(use, input) { (max($0, $1), false) }
    case ("divided_by", 1):
      return integers(use, input) { dividend, divisor in
        // A division by zero overflows too; the filter reports it.
        let (quotient, overflow) = dividend.dividedReportingOverflow(by: divisor)
        guard !overflow else { return (0, true) }
        let isBelow = dividend % divisor != 0 && (dividend < 0) != (divisor < 0)
        return (isBelow ? quotient - 1 : quotient, false)
      }
    case ("round", 0), ("ceil", 0), ("floor", 0):
      return unchanged(use, input) { cell, _ in cell.kind == .integer }
    case ("pluralize", 2):
      let step = filterStep(for: use)
      let (one, other) = (evaluation(of: use.arguments[0]), evaluation(of: use.arguments[1]))
      return Evaluation { frame, out throws(RenderFault) in
        let cell = try input.value(&frame, &out)
        if cell.kind == .integer {
          try frame.charge()
          let word = try (cell.integer == 1 ? one : other).value(&frame, &out)
          if word.kind == .string { return word }
        }
        return try step.apply(cell, &frame, &out)
      }
    case ("money", _):
      return money(use, input)
    default:
      return nil
    }
  }

  mutating func nativeText(_ use: FilterUse, _ input: Evaluation) -> Evaluation? {
    switch (use.name, use.arguments.count) {
    case ("strip", 0), ("lstrip", 0), ("rstrip", 0):
      return unchanged(use, input) { cell, frame in
        frame.withText(of: cell) { text in
          text.count > 0 && text[0] > 0x20 && text[text.count - 1] > 0x20
        }
      }
    case ("escape", 0), ("escape_once", 0):
      return unchanged(use, input) { cell, _ in
        cell.kind == .string && cell.traits & Cell.isPlainHTML != 0
      }
    case ("truncate", 1):
      guard case .literal(.integer(let length)) = use.arguments[0].kind else { return nil }
      return unchanged(use, input) { cell, _ in cell.kind == .string && cell.length <= length }
    case ("first", 0):
      return edge(use, input, isLast: false)
    case ("last", 0):
      return edge(use, input, isLast: true)
    case ("where", 1):
      return selection(use, input)
    case ("sum", 1):
      return sum(use, input)
    default:
      return nil
    }
  }

  /// Integers of two integers, unless they overflow.
  private mutating func integers(
    _ use: FilterUse,
    _ input: Evaluation,
    _ combine: @escaping @Sendable (Int, Int) -> (partialValue: Int, overflow: Bool)
  ) -> Evaluation {
    let step = filterStep(for: use)
    let argument = evaluation(of: use.arguments[0])
    return Evaluation { frame, out throws(RenderFault) in
      let cell = try input.value(&frame, &out)
      if cell.kind == .integer {
        let other = try argument.value(&frame, &out)
        if other.kind == .integer {
          let (result, overflow) = combine(cell.integer, other.integer)
          if !overflow {
            try frame.charge()
            return .integer(result)
          }
        }
      }
      return try step.apply(cell, &frame, &out)
    }
  }

  /// The input where the filter would give it back as it is.
  private mutating func unchanged(
    _ use: FilterUse,
    _ input: Evaluation,
    where isUnchanged: @escaping @Sendable (Cell, borrowing Frame) -> Bool
  ) -> Evaluation {
    let step = filterStep(for: use)
    return Evaluation { frame, out throws(RenderFault) in
      let cell = try input.value(&frame, &out)
      guard isUnchanged(cell, frame) else { return try step.apply(cell, &frame, &out) }
      try frame.charge()
      return cell
    }
  }

  private mutating func edge(
    _ use: FilterUse,
    _ input: Evaluation,
    isLast: Bool
  ) -> Evaluation {
    let step = filterStep(for: use)
    return Evaluation { frame, out throws(RenderFault) in
      let cell = try input.value(&frame, &out)
      guard cell.kind == .array else { return try step.apply(cell, &frame, &out) }
      try frame.charge()
      return frame.edge(of: cell, isLast: isLast)
    }
  }

  /// The elements of an array of objects of which a property is neither nil nor false.
  private mutating func selection(_ use: FilterUse, _ input: Evaluation) -> Evaluation? {
    guard case .literal(.string(let name)) = use.arguments[0].kind else { return nil }
    let step = filterStep(for: use)
    let (key, types) = (constant(name), types)
    return Evaluation { frame, out throws(RenderFault) in
      let array = try input.value(&frame, &out)
      guard frame.isArrayOfObjects(array) else { return try step.apply(array, &frame, &out) }
      try frame.charge(1 + array.length)
      return try frame.makeList(of: array) { element, frame in
        frame.member(name, key, of: element, types).isTruthy
      }
    }
  }

  /// The sum of a property of the objects of an array, where each is an integer or nil.
  private mutating func sum(_ use: FilterUse, _ input: Evaluation) -> Evaluation? {
    guard case .literal(.string(let name)) = use.arguments[0].kind else { return nil }
    let step = filterStep(for: use)
    let (key, types) = (constant(name), types)
    return Evaluation { frame, out throws(RenderFault) in
      let array = try input.value(&frame, &out)
      guard frame.isArrayOfObjects(array) else { return try step.apply(array, &frame, &out) }
      var sum = 0
      for index in 0..<array.length {
        let value = frame.member(name, key, of: frame.element(array, at: index), types)
        let (total, overflow) = sum.addingReportingOverflow(
          value.kind == .integer ? value.integer : 0
        )
        guard !overflow, value.kind == .integer || value.kind == .null else {
          return try step.apply(array, &frame, &out)
        }
        sum = total
      }
      try frame.charge(1 + array.length)
      return .integer(sum)
    }
  }

  /// An amount whose currency or language the data names: its style is learnt once and kept in the frame.
  private mutating func money(_ use: FilterUse, _ input: Evaluation) -> Evaluation {
    let step = filterStep(for: use)
    let currency =
      (use.arguments.first ?? use.namedArguments.last { $0.name == "currency" }?.value)
      .map { evaluation(of: $0) }
    let locale = use.namedArguments.last { $0.name == "locale" }.map { evaluation(of: $0.value) }
    return Evaluation { frame, out throws(RenderFault) in
      let cell = try input.value(&frame, &out)
      if cell.kind == .null { return cell }
      guard cell.kind == .integer else { return try step.apply(cell, &frame, &out) }
      let currency = try currency?.value(&frame, &out)
      let locale = try locale?.value(&frame, &out)
      guard let style = try frame.moneyStyle(currency, locale, step.filter) else {
        return try step.apply(cell, &frame, &out)
      }
      try frame.charge()
      let mark = out.count
      try style.append(cell.integer, to: &out)
      return try frame.takeText(from: mark, of: &out)
    }
  }
}

extension Frame {
  /// Whether all elements are objects of the schema; those of an empty array are.
  func isArrayOfObjects(_ array: Cell) -> Bool {
    guard array.kind == .array else { return false }
    for index in 0..<array.length where element(array, at: index).kind != .object { return false }
    return true
  }

  /// An array of some elements of another one.
  mutating func makeList(
    of array: Cell,
    where keeps: (Cell, borrowing Frame) -> Bool
  ) throws(RenderFault) -> Cell {
    guard array.length <= limits.variables / 16 - cells.count else { throw .valuesTooLong }
    let start = cells.count
    for index in 0..<array.length {
      let element = element(array, at: index)
      if keeps(element, self) { cells.append(element) }
    }
    return Cell(.array, count: UInt32(cells.count - start), payload: UInt64(start))
  }
}
