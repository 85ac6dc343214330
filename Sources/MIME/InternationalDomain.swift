import Foundation

/// Host names with characters beyond ASCII, as servers know them.
///
///     bücher.example  →  xn--bcher-kva.example
///
/// RFC 5891, section 5, with the mapping of RFC 5895: letters become small, wide forms narrow, and the full
/// stops of other scripts part labels. Characters with rules of their own beside others (RFC 5892, appendix
/// A) are refused; that a label of right-to-left letters keeps to RFC 5893 is the registry's to see. Whatever
/// comes in, what comes out is ASCII; labels that are so already are the caller's to check
/// (`AddressSyntax.checkDomain`), which can say what is wrong with them.
package enum InternationalDomain {
  /// The ASCII form of a host name in UTF-8; nil where there is none.
  package static func ascii(_ domain: ArraySlice<UInt8>) -> [UInt8]? {
    // More is longer than a host name may be, whatever it becomes.
    guard domain.count <= 4 * 253, let text = String(validating: domain, as: UTF8.self) else {
      return nil
    }
    var result: [UInt8] = []
    for label in mapped(text).split(separator: ".", omittingEmptySubsequences: false) {
      if !result.isEmpty { result.append(UInt8(ascii: ".")) }
      guard let label = asciiLabel(Array(label)) else { return nil }
      result += label
    }
    return result.count <= 253 ? result : nil
  }

  /// RFC 5895, section 2: small letters, narrow forms, one normal form, one kind of full stop.
  private static func mapped(_ text: String) -> [Unicode.Scalar] {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let narrow =
        (0xFF01...0xFF5E).contains(scalar.value)
        ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
      let isStop = [0x3002, 0xFF61].contains(narrow.value)
      scalars.append(contentsOf: isStop ? "."[...].unicodeScalars : lower(narrow))
    }
    return Array(String(scalars).precomposedStringWithCanonicalMapping.unicodeScalars)
  }

  private static func lower(_ scalar: Unicode.Scalar) -> Substring.UnicodeScalarView {
    scalar.properties.lowercaseMapping[...].unicodeScalars
  }

  private static func asciiLabel(_ label: [Unicode.Scalar]) -> [UInt8]? {
    guard let first = label.first, label.count <= 63 else { return nil }
    if label.allSatisfy(\.isASCII) { return label.map { UInt8(truncatingIfNeeded: $0.value) } }
    let isMark: (Unicode.Scalar) -> Bool = {
      [.nonspacingMark, .spacingMark, .enclosingMark].contains($0.properties.generalCategory)
    }
    let hasTwoHyphens = label.count > 3 && label[2] == "-" && label[3] == "-"
    guard !isMark(first), first != "-", label.last != "-", !hasTwoHyphens,
      label.allSatisfy(isValid), let encoded = Punycode.encoded(label)
    else { return nil }
    let result = Array("xn--".utf8) + encoded
    return result.count <= 63 ? result : nil
  }

  /// Whether a character may stand in a label whatever is beside it (PVALID of RFC 5892).
  private static func isValid(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return scalar == "-" || scalar.value >= 0x30 && scalar.value <= 0x39
        || scalar.value >= 0x61 && scalar.value <= 0x7A
    }
    // Section 2.6: sharp s and final sigma, which case folding would lose, and some more.
    if [0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007].contains(scalar.value) { return true }
    if [0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B]
      .contains(scalar.value)
    {
      return false
    }
    // Sections A.8 and A.9: digits of two kinds may not be mixed.
    if (0x660...0x669).contains(scalar.value) || (0x6F0...0x6F9).contains(scalar.value) {
      return false
    }
    // Section 2.9: old Hangul.
    let isJamo = [0x1100...0x11FF, 0xA960...0xA97F, 0xD7B0...0xD7FF].contains {
      $0.contains(Int(scalar.value))
    }
    let properties = scalar.properties
    if isJamo || properties.changesWhenNFKCCaseFolded || properties.isDefaultIgnorableCodePoint {
      return false
    }
    switch properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark,
      .decimalNumber:
      return true
    default: return false
    }
  }
}

/// RFC 3492: Unicode in the letters, digits and hyphens of ASCII.
enum Punycode {
  private static let base = 36
  private static let leastThreshold = 1
  private static let mostThreshold = 26

  /// A label encoded, without `xn--`; nil where numbers grow too large.
  static func encoded(_ label: [Unicode.Scalar]) -> [UInt8]? {
    var result = label.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
    let basicCount = result.count
    if basicCount > 0 { result.append(UInt8(ascii: "-")) }
    var next = 0x80
    var delta = 0
    var bias = 72
    var handled = basicCount
    while handled < label.count {
      let least = label.lazy.map { Int($0.value) }.filter { $0 >= next }.min() ?? next
      let (steps, isTooMany) = (least - next).multipliedReportingOverflow(by: handled + 1)
      let (sum, isTooLarge) = delta.addingReportingOverflow(steps)
      guard !isTooMany, !isTooLarge, sum < 1 << 31 else { return nil }
      delta = sum
      next = least
      for scalar in label {
        if Int(scalar.value) < next { delta += 1 }
        guard Int(scalar.value) == next else { continue }
        append(delta, bias: bias, to: &result)
        bias = adapted(delta, count: handled + 1, isFirst: handled == basicCount)
        delta = 0
        handled += 1
      }
      delta += 1
      next += 1
    }
    return result
  }

  /// Section 3.3: an integer of digits whose weights depend on the bias.
  private static func append(_ number: Int, bias: Int, to result: inout [UInt8]) {
    var rest = number
    var place = base
    while true {
      let threshold = min(max(place - bias, leastThreshold), mostThreshold)
      guard rest >= threshold else { break }
      result.append(digit(threshold + (rest - threshold) % (base - threshold)))
      rest = (rest - threshold) / (base - threshold)
      place += base
    }
    result.append(digit(rest))
  }

  private static func digit(_ value: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: value < 26 ? 0x61 + value : 0x30 + value - 26)
  }

  /// Section 6.1.
  private static func adapted(_ delta: Int, count: Int, isFirst: Bool) -> Int {
    var delta = isFirst ? delta / 700 : delta / 2
    delta += delta / count
    var bias = 0
    while delta > (base - leastThreshold) * mostThreshold / 2 {
      delta /= base - leastThreshold
      bias += base
    }
    return bias + (base - leastThreshold + 1) * delta / (delta + 38)
  }
}
