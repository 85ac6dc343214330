import LetterpressLiquid
import LetterpressSchema

/// Liquid's comparisons on cells.
extension Frame {
  /// Whether `a operator b` holds.
  ///
  /// Values that have no order are neither less nor greater; Shopify's Liquid reports them, our checker
  /// has done so before.
  func holds(_ a: Cell, _ comparison: Condition.Operator, _ b: Cell) -> Bool {
    switch comparison {
    case .equal: isEqual(a, b)
    case .notEqual: !isEqual(a, b)
    case .less: order(a, b).map { $0 < 0 } ?? false
    case .greater: order(a, b).map { $0 > 0 } ?? false
    case .lessOrEqual: order(a, b).map { $0 <= 0 } ?? false
    case .greaterOrEqual: order(a, b).map { $0 >= 0 } ?? false
    case .contains: contains(a, b)
    }
  }

  /// Equality; `blank` and `empty` are tests.
  func isEqual(_ a: Cell, _ b: Cell) -> Bool {
    switch (a.kind, b.kind) {
    case (.blank, .blank), (.empty, .empty), (.blank, .empty), (.empty, .blank): true
    case (.blank, _): isBlank(b)
    case (_, .blank): isBlank(a)
    case (.empty, _): isEmpty(b)
    case (_, .empty): isEmpty(a)
    case (.null, .null): true
    case (.boolean, .boolean): a.boolean == b.boolean
    case (.integer, .integer): a.integer == b.integer
    case (.integer, .number), (.number, .integer), (.number, .number):
      numericValue(a) == numericValue(b)
    case (.string, .string): equalText(a, b)
    case (.array, .array):
      a.count == b.count
        && (0..<a.length).allSatisfy { isEqual(element(a, at: $0), element(b, at: $0)) }
    case (.map, .map):
      a.count == b.count
        && (0..<a.length).allSatisfy { index in
          let pair = element(a, at: index)
          let key = element(pair, at: 0)
          return hasKey(key, in: b) && isEqual(element(pair, at: 1), value(of: key, in: b))
        }
    case (.object, .object): a.payload == b.payload && a.count == b.count
    case (.range, .range):
      element(ofRange: a, 0) == element(ofRange: b, 0)
        && element(ofRange: a, 1) == element(ofRange: b, 1)
    default: false
    }
  }

  /// nil, false, "", white space, [] and {}.
  func isBlank(_ cell: Cell) -> Bool {
    switch cell.kind {
    case .null, .blank, .empty: true
    case .boolean: !cell.boolean
    case .string:
      withText(of: cell) { text in
        for index in text.indices where !isSpace(text[index]) { return false }
        return true
      }
    case .array, .map: cell.count == 0
    default: false
    }
  }

  /// "", [] and {}.
  func isEmpty(_ cell: Cell) -> Bool {
    switch cell.kind {
    case .string, .array, .map: cell.count == 0
    case .blank, .empty: true
    default: false
    }
  }

  /// Negative, 0 or positive; nil where the two have no order.
  func order(_ a: Cell, _ b: Cell) -> Int? {
    switch (a.kind, b.kind) {
    case (.integer, .integer):
      return a.integer < b.integer ? -1 : a.integer > b.integer ? 1 : 0
    case (.integer, .number), (.number, .integer), (.number, .number):
      let (x, y) = (numericValue(a), numericValue(b))
      return x < y ? -1 : x > y ? 1 : x == y ? 0 : nil
    case (.string, .string):
      return withText(of: a) { a in
        withText(of: b) { b in
          for index in 0..<min(a.count, b.count) where a[index] != b[index] {
            return a[index] < b[index] ? -1 : 1
          }
          return a.count - b.count
        }
      }
    default:
      return nil
    }
  }

  private func numericValue(_ cell: Cell) -> Double {
    cell.kind == .integer ? Double(cell.integer) : cell.number
  }

  private func contains(_ container: Cell, _ part: Cell) -> Bool {
    switch container.kind {
    case .array:
      return (0..<container.length).contains { isEqual(element(container, at: $0), part) }
    case .map:
      return part.kind == .string && hasKey(part, in: container)
    case .range:
      return part.kind == .integer && part.integer >= element(ofRange: container, 0)
        && part.integer <= element(ofRange: container, 1)
    case .string:
      switch part.kind {
      case .string:
        return withText(of: container) { text in
          withText(of: part) { part in text.firstRange(of: part) != nil }
        }
      case .integer:
        let digits = Array(String(part.integer).utf8)
        return withText(of: container) { $0.firstRange(of: digits.span) != nil }
      default:
        return false
      }
    default:
      return false
    }
  }

  private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
