/// JavaScript's numbers: MJML computes with them, and what it prints of them shows.
///
/// Numbers are doubles, the result of text that is no number is NaN, and both reach the output.
package enum JSNumber {
  /// `parseInt(text, 10)`: white space, a sign, digits; what follows is ignored.
  package static func integer(_ text: String) -> Double { integer(text.utf8.span, from: 0) }

  /// The same of text from an offset on.
  static func integer(_ bytes: Span<UInt8>, from start: Int) -> Double {
    var index = start
    while index < bytes.count, isWhiteSpace(bytes[index]) { index += 1 }
    var isNegative = false
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    guard index < bytes.count, isDigit(bytes[index]) else { return .nan }
    var value = 0.0
    // More than 15 digits are no layout; their last places do not matter.
    while index < bytes.count, isDigit(bytes[index]) {
      value = value * 10 + Double(bytes[index] - UInt8(ascii: "0"))
      index += 1
    }
    return isNegative ? -value : value
  }

  /// `parseFloat(text)`: the longest start of the text that is a decimal number.
  package static func decimal(_ text: String) -> Double {
    var bytes = Substring(text).utf8
    let isNegative = dropSign(&bytes)
    if bytes.starts(with: "Infinity".utf8) { return isNegative ? -.infinity : .infinity }
    let start = bytes.startIndex
    var end = start
    var hasDigits = false
    func digits(from index: inout String.UTF8View.Index) -> Bool {
      let first = index
      while index < bytes.endIndex, isDigit(bytes[index]) { index = bytes.index(after: index) }
      return index > first
    }
    hasDigits = digits(from: &end)
    if end < bytes.endIndex, bytes[end] == UInt8(ascii: ".") {
      var next = bytes.index(after: end)
      if digits(from: &next) || hasDigits {
        hasDigits = true
        end = next
      }
    }
    guard hasDigits else { return .nan }
    if end < bytes.endIndex, bytes[end] | 0x20 == UInt8(ascii: "e") {
      var next = bytes.index(after: end)
      if next < bytes.endIndex,
        bytes[next] == UInt8(ascii: "+") || bytes[next] == UInt8(ascii: "-")
      {
        next = bytes.index(after: next)
      }
      if digits(from: &next) { end = next }
    }
    let value = Double(String(decoding: bytes[start..<end], as: UTF8.self)) ?? .nan
    return isNegative ? -value : value
  }

  /// A number as JavaScript prints it: the shortest digits that read back as it.
  package static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if value.magnitude < 1e15, value == value.rounded() { return String(Int(value)) }
    // Swift's digits are the shortest too; only the notation differs, of what is very large or small.
    let description = value.description
    if !description.utf8.contains(UInt8(ascii: "e")) { return description }
    var digits: [UInt8] = []
    var point: Int?
    var exponent = 0
    var bytes = value.magnitude.description.utf8[...]
    while let byte = bytes.first {
      bytes.removeFirst()
      if byte == UInt8(ascii: ".") {
        point = digits.count
      } else if byte == UInt8(ascii: "e") {
        exponent = Int(String(decoding: bytes, as: UTF8.self)) ?? 0
        break
      } else {
        digits.append(byte)
      }
    }
    // value = 0.DIGITS * 10^scale
    var scale = (point ?? digits.count) + exponent
    let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
    digits.removeFirst(zeros)
    scale -= zeros
    while digits.last == UInt8(ascii: "0") { digits.removeLast() }
    return (value < 0 ? "-" : "") + notation(digits, scale: scale)
  }

  /// `Math.round`: halves go up.
  package static func rounded(_ value: Double) -> Double {
    let floor = value.rounded(.down)
    return value - floor >= 0.5 ? floor + 1 : floor
  }

  /// `Number(value.toFixed(6))`.
  package static func sixDecimals(_ value: Double) -> Double {
    guard value.magnitude < 1e9 else { return value }
    if value < 0 { return -sixDecimals(-value) }
    // The exact product is `product + rest`, so that ties are real ties.
    let product = value * 1e6
    let rest = (-product).addingProduct(value, 1e6)
    let floor = product.rounded(.down)
    return (product - floor + rest >= 0.5 ? floor + 1 : floor) / 1e6
  }

  /// Digits in JavaScript's notation: plain between 1e-6 and 1e21, else with an exponent.
  private static func notation(_ digits: [UInt8], scale: Int) -> String {
    func text(_ bytes: some Sequence<UInt8>) -> String {
      String(decoding: Array(bytes), as: UTF8.self)
    }
    let zero = UInt8(ascii: "0")
    if scale > 21 || scale <= -6 {
      let fraction = digits.dropFirst()
      let exponent = scale - 1
      return text(digits.prefix(1)) + (fraction.isEmpty ? "" : "." + text(fraction))
        + (exponent < 0 ? "e-" : "e+") + String(exponent.magnitude)
    }
    if scale <= 0 { return "0." + text(repeatElement(zero, count: -scale)) + text(digits) }
    if scale >= digits.count {
      return text(digits) + text(repeatElement(zero, count: scale - digits.count))
    }
    return text(digits.prefix(scale)) + "." + text(digits.dropFirst(scale))
  }

  private static func dropSign(_ bytes: inout Substring.UTF8View) -> Bool {
    while let byte = bytes.first, isWhiteSpace(byte) { bytes.removeFirst() }
    switch bytes.first {
    case UInt8(ascii: "-"):
      bytes.removeFirst()
      return true
    case UInt8(ascii: "+"): bytes.removeFirst()
    default: break
    }
    return false
  }
}

/// ASCII's part of JavaScript's `\s`.
@inline(__always)
func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }
