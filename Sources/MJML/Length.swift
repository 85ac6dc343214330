/// A width as MJML's `widthParser` reads it: a number and what follows the last digit.
package struct Length {
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
    let bytes = text.utf8
    var unit = bytes[...]
    if let digit = bytes.lastIndex(where: isDigit) { unit = bytes[bytes.index(after: digit)...] }
    unit = unit.drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    if unit.isEmpty || unit.elementsEqual("px".utf8) {
      self.unit = .pixels
    } else if unit.elementsEqual("%".utf8) {
      self.unit = .percent
    } else {
      self.unit = .other(String(decoding: unit, as: UTF8.self))
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
    let parts = text.utf8.split(maxSplits: 3, whereSeparator: isWhiteSpace)
    let index: Int
    switch (parts.count, self) {
    case (0...1, _): return JSNumber.integer(text)
    case (_, .top): index = 0
    case (2, .bottom): index = 0
    case (2, .left), (2, .right), (3, .left), (3, .right), (_, .right): index = 1
    case (_, .bottom): index = 2
    case (_, .left): index = 3
    }
    // A fourth part with a rest behind it is read up to its white space.
    return JSNumber.integer(String(decoding: parts[index], as: UTF8.self))
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
