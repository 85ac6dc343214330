/// A width as MJML's `widthParser` reads it: a number and what follows the last digit.
package struct Length: Hashable, Sendable {
  package enum Unit: Hashable, Sendable {
    case pixels
    case percent
    /// Anything else, printed as it stands.
    case other(String)

    package var text: String {
      switch self {
      case .pixels: "px"
      case .percent: "%"
      case .other(let text): text
      }
    }
  }

  package var value: Double
  package var unit: Unit

  /// Reads text; only percentages may keep their decimals, all else is an integer.
  package init(_ text: String, keepsDecimals: Bool) {
    let bytes = text.utf8.span
    var start = bytes.count
    while start > 0, !isDigit(bytes[start - 1]) { start -= 1 }
    while start < bytes.count,
      bytes[start] == UInt8(ascii: ".") || bytes[start] == UInt8(ascii: ",")
    {
      start += 1
    }
    switch bytes.count - start {
    case 0: unit = .pixels
    case 1 where bytes[start] == UInt8(ascii: "%"): unit = .percent
    case 2 where bytes[start] == UInt8(ascii: "p") && bytes[start + 1] == UInt8(ascii: "x"):
      unit = .pixels
    default:
      unit = .other(String(decoding: text.utf8.dropFirst(start), as: UTF8.self))
    }
    value = keepsDecimals && self.unit == .percent ? JSNumber.decimal(text) : JSNumber.integer(text)
  }

  package init(value: Double, unit: Unit) {
    self.value = value
    self.unit = unit
  }

  /// As MJML prints it.
  package var text: String { JSNumber.text(value) + unit.text }
}

/// One side of a box.
package enum Side: Hashable, Sendable {
  case top, right, bottom, left
}

extension Side {
  /// What CSS's shorthand of one to four lengths gives to this side, as MJML reads it: in whole pixels,
  /// whatever the unit.
  package func value(ofShorthand text: String) -> Double {
    let bytes = text.utf8.span
    // Where the words start; a fifth and later ones do not count.
    var starts = (0, 0, 0, 0)
    var count = 0
    var isInWord = false
    for index in bytes.indices {
      let isSpace = isWhiteSpace(bytes[index])
      if !isSpace, !isInWord {
        switch count {
        case 0: starts.0 = index
        case 1: starts.1 = index
        case 2: starts.2 = index
        case 3: starts.3 = index
        default: break
        }
        count += 1
      }
      isInWord = !isSpace
    }
    let start =
      switch (count, self) {
      case (...1, _), (_, .top), (2, .bottom): starts.0
      case (2, .left), (2, .right), (3, .left), (3, .right), (_, .right): starts.1
      case (_, .bottom): starts.2
      case (_, .left): starts.3
      }
    return JSNumber.integer(bytes, from: start)
  }
}

/// Borders, as far as their widths matter to a layout.
package enum Border {
  /// The first number at the start or after a space: `solid 5px red` is 5 wide; 0 where there is none.
  package static func width(_ text: String) -> Double { width(text.utf8, isWhole: true) ?? 0 }

  /// The width of a border of which only the start is known, where that decides it.
  package static func width(startingWith bytes: [UInt8]) -> Double? { width(bytes, isWhole: false) }

  private static func width(_ bytes: some Collection<UInt8>, isWhole: Bool) -> Double? {
    var isStart = true
    var value: Double?
    for byte in bytes {
      if let known = value {
        guard isDigit(byte) else { return known }
        value = known * 10 + Double(byte - UInt8(ascii: "0"))
      } else if isStart, isDigit(byte) {
        value = Double(byte - UInt8(ascii: "0"))
      }
      isStart = byte == UInt8(ascii: " ")
    }
    return isWhole ? value : nil
  }
}
