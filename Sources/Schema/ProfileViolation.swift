/// One way in which a profile does not conform to its schema, or is no JSON.
package struct ProfileViolation: Hashable, Sendable {
  /// The JSON Pointer (RFC 6901) of the value, from the profile.
  ///
  /// "" is the profile itself. A missing field is reported at the object that lacks it.
  package let pointer: String
  /// The bytes of the value, or of the key, in the text that was decoded.
  package let range: Range<Int>
  /// The kind of violation in kebab case, such as `wrong-type` or `missing-field`.
  package let code: String
  /// One line, lower case, no final stop; does not repeat the place.
  package let message: String

  /// Makes a violation.
  package init(pointer: String, range: Range<Int>, code: String, message: String) {
    self.pointer = pointer
    self.range = range
    self.code = code
    self.message = message
  }
}

extension ProfileViolation {
  static func tooLarge(_ range: Range<Int>, limit: Int) -> Self {
    ProfileViolation(
      pointer: "",
      range: range,
      code: "row-too-large",
      message: "the profile has \(range.count) bytes; at most \(limit) are allowed"
    )
  }
}

/// Why a profile was refused: all that was found, at most `ProfileDecoder.violationLimit`.
package struct ProfileError: Error, Hashable, Sendable {
  /// In the order of the text; never empty.
  package let violations: [ProfileViolation]
  /// Whether there were more than are listed.
  package let isTruncated: Bool

  /// Carries violations.
  package init(_ violations: [ProfileViolation], isTruncated: Bool = false) {
    self.violations = violations
    self.isTruncated = isTruncated
  }
}

/// What was found while decoding; the place becomes a pointer only when all is over.
struct Finding {
  /// Bytes of the text that is decoded.
  var range: Range<Int>
  /// Where the value (or the key) starts that the pointer leads to.
  var target: Int
  var code: String
  var message: String
}

extension Finding {
  func moved(by shift: Int) -> Self {
    Finding(
      range: range.lowerBound + shift..<range.upperBound + shift,
      target: target + shift,
      code: code,
      message: message
    )
  }
}

/// The wording of violations; alphabetical.
extension Finding {
  static func duplicateElement(_ range: Range<Int>, first: Int, second: Int) -> Self {
    Finding(range, "duplicate-element", "elements \(first) and \(second) are equal")
  }

  static func duplicateKey(_ key: String, _ range: Range<Int>) -> Self {
    Finding(range, "duplicate-key", "the key \(quote(key)) stands in this object twice")
  }

  static func format(_ format: ValueType.Format, _ text: String, _ range: Range<Int>) -> Self {
    let kind =
      switch format {
      case .date: "date, such as 2026-05-31"
      case .dateTime: "date with time and offset, such as 2026-05-31T09:30:00Z"
      case .time: "time with offset, such as 09:30:00Z"
      case .uri: "absolute URI, such as https://example.org/"
      case .email: "email address"
      case .color: "colour, such as #ff8800"
      case .length: "length, such as 12px"
      case .currency: "currency code, such as EUR"
      case .timeZone: "time zone, such as Europe/Paris"
      }
    return Finding(range, "bad-format", "\(quote(text)) is no \(kind)")
  }

  static func missingField(_ name: String, ofObjectAt brace: Int) -> Self {
    Finding(brace..<brace + 1, "missing-field", "the required field \(quote(name)) is missing")
  }

  static func notAConstant(
    _ value: String,
    among constants: [ValueType.Constant],
    suggestion: String?,
    _ range: Range<Int>
  ) -> Self {
    let listed = constants.prefix(12).map(text).joined(separator: ", ")
    let more = constants.count > 12 ? " and \(constants.count - 12) more" : ""
    let advice = suggestion.map { "; did you mean \(quote($0))?" } ?? ""
    return Finding(
      range,
      "not-in-enum",
      constants.count == 1
        ? "expected \(listed), found \(value)"
        : "expected one of \(listed)\(more), found \(value)\(advice)"
    )
  }

  static func notAMultiple(_ value: String, of factor: JSONNumber, _ range: Range<Int>) -> Self {
    Finding(range, "not-a-multiple", "\(value) is no multiple of \(factor.text)")
  }

  static func numberRange(_ range: Range<Int>) -> Self {
    Finding(range, "number-out-of-range", "the number is too large")
  }

  static func integerRange(_ range: Range<Int>) -> Self {
    Finding(range, "integer-out-of-range", "the integer does not fit into 64 bits")
  }

  static func outOfBounds(
    _ value: String,
    _ bound: Rule.Bound,
    isMinimum: Bool,
    _ range: Range<Int>
  ) -> Self {
    let comparison =
      switch (isMinimum, bound.isExclusive) {
      case (true, false): "at least"
      case (true, true): "more than"
      case (false, false): "at most"
      case (false, true): "less than"
      }
    return Finding(
      range,
      isMinimum ? "too-small" : "too-large",
      "expected \(comparison) \(bound.value.text), found \(value)"
    )
  }

  static func pattern(_ pattern: String, _ text: String, _ range: Range<Int>) -> Self {
    Finding(range, "pattern-mismatch", "\(quote(text)) does not match the pattern '\(pattern)'")
  }

  static func patternLimit(_ limit: Int, _ range: Range<Int>) -> Self {
    Finding(
      range,
      "pattern-limit",
      "to hold the texts of a profile against their patterns takes more than \(limit) steps"
    )
  }

  static func tooFew(_ unit: Unit, _ count: Int, minimum: Int, _ range: Range<Int>) -> Self {
    Finding(
      range,
      "too-few-\(unit.rawValue)s",
      "expected at least \(unit.counted(minimum)), found \(count)"
    )
  }

  static func tooMany(_ unit: Unit, _ count: Int, maximum: Int, _ range: Range<Int>) -> Self {
    Finding(
      range,
      "too-many-\(unit.rawValue)s",
      "expected at most \(unit.counted(maximum)), found \(count)"
    )
  }

  static func unknownField(_ name: String, suggestion: String?, _ range: Range<Int>) -> Self {
    let advice = suggestion.map { "; did you mean \(quote($0))?" } ?? ""
    return Finding(range, "unknown-field", "unknown field \(quote(name))\(advice)")
  }

  static func wrongType(expected: String, found: String, _ range: Range<Int>) -> Self {
    Finding(range, "wrong-type", "expected \(expected), found \(found)")
  }

  /// What `minLength`, `minItems`, … count.
  enum Unit: String {
    case character
    case element
    case field

    func counted(_ count: Int) -> String { "\(count) \(rawValue)\(count == 1 ? "" : "s")" }
  }

  init(_ range: Range<Int>, _ code: String, _ message: String) {
    self.init(range: range, target: range.lowerBound, code: code, message: message)
  }

  /// A value of the profile for a message: in quotes, on one line, not too long.
  static func quote(_ text: String) -> String {
    let start = String(String.UnicodeScalarView(text.unicodeScalars.prefix(40)))
    return "'\(printable(start))\(text.unicodeScalars.count > 40 ? "…" : "")'"
  }

  /// Text on one line, with U+FFFD for each control character.
  static func printable(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func text(_ constant: ValueType.Constant) -> String {
    switch constant {
    case .boolean(let boolean): "\(boolean)"
    case .integer(let integer): "\(integer)"
    case .number(let number): "\(number)"
    case .string(let string): quote(string)
    }
  }
}

extension JSONNumber {
  /// For messages.
  var text: String {
    switch self {
    case .integer(let integer): "\(integer)"
    case .real(let real, _): "\(real)"
    }
  }
}
