extension Value {
  /// The text that a filter sees (Ruby's `to_s`): nothing for nil, an array in brackets.
  package func text(limit: Int) throws(LiquidError) -> String {
    switch self {
    case .nil: return ""
    case .string(let text): return text
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let value): return String(value)
    case .number(let value): return NumberText.text(of: value)
    case .range(let range): return "\(range.lower)..\(range.upper)"
    case .date(let moment): return moment.description
    case .array, .object:
      var result = BoundedText(limit: limit)
      try appendInspected(to: &result)
      return result.text
    }
  }

  /// Adds what an output prints: the elements of an array after each other.
  package func appendOutput(to text: inout BoundedText) throws(LiquidError) {
    switch self {
    case .nil: break
    case .array(let items): for item in items { try item.appendOutput(to: &text) }
    case .object: try appendInspected(to: &text)
    default: try text.append(try self.text(limit: text.limit))
    }
  }

  /// Ruby's `inspect`: `{"a"=>[1, nil]}`.
  private func appendInspected(to text: inout BoundedText) throws(LiquidError) {
    switch self {
    case .nil: try text.append("nil")
    case .string(let string): try text.appendQuoted(string)
    case .array(let items):
      try text.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { try text.append(", ") }
        try item.appendInspected(to: &text)
      }
      try text.append(UInt8(ascii: "]"))
    case .object(let object):
      try text.append(UInt8(ascii: "{"))
      for (index, entry) in object.entries.enumerated() {
        if index > 0 { try text.append(", ") }
        try text.appendQuoted(entry.key)
        try text.append("=>")
        try entry.value.appendInspected(to: &text)
      }
      try text.append(UInt8(ascii: "}"))
    default: try text.append(try self.text(limit: text.limit))
    }
  }
}

/// Numbers with a fraction as Ruby prints them: `1.0`, `0.0001`, `1.0e-05`, `1.0e+16`.
package enum NumberText {
  package static func text(of value: Double) -> String {
    guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity" }
    let sign = value.sign == .minus ? "-" : ""
    let (digits, exponent) = shortestDigits(of: value.magnitude)
    // Where the point stands, counted from the first digit. Ruby's `flo_to_s` has these bounds.
    let point = digits.utf8.count + exponent
    switch point {
    case 1...16 where exponent >= 0:
      return sign + digits + String(repeating: "0", count: exponent) + ".0"
    case 1...16:
      return sign + digits.prefix(point) + "." + digits.dropFirst(point)
    case -3...0:
      return sign + "0." + String(repeating: "0", count: -point) + digits
    default:
      let rest = digits.dropFirst()
      let shown = point - 1
      let magnitude = String(shown.magnitude)
      return sign + digits.prefix(1) + "." + (rest.isEmpty ? "0" : rest)
        + (shown < 0 ? "e-" : "e+") + (magnitude.utf8.count < 2 ? "0" + magnitude : magnitude)
    }
  }

  /// The fewest digits that name the number, and the power of ten of the last one; no zeros at
  /// either end.
  static func shortestDigits(of value: Double) -> (digits: String, exponent: Int) {
    var digits: [UInt8] = []
    var exponent = 0
    var isFraction = false
    let text = Array(value.description.utf8)
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte.isDigit {
        digits.append(byte)
        if isFraction { exponent -= 1 }
      } else if byte == UInt8(ascii: ".") {
        isFraction = true
      } else {
        // The `e` of `1e-05`; all that follows is the exponent.
        exponent += Int(String(decoding: text[index...], as: UTF8.self)) ?? 0
        break
      }
    }
    while digits.count > 1, digits.last == UInt8(ascii: "0") {
      digits.removeLast()
      exponent += 1
    }
    let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(min(zeros, digits.count - 1))
    return (String(decoding: digits, as: UTF8.self), digits == [UInt8(ascii: "0")] ? 0 : exponent)
  }
}
