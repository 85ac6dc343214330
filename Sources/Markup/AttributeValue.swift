import LetterpressDiagnostics

/// What is wrong with the value of an attribute.
enum AttributeMistake: Equatable {
  case boolean
  case color
  case integer
  /// The word that was likely meant.
  case word(suggestion: String?)
  /// A part that is no length, by its offsets in the value; `unit` would make it one.
  case length(Range<Int>, missingUnit: String?)
  case lengthCount(Int)
  /// White space at the start, or more of it than one space between lengths.
  case lengthSpacing(Range<Int>)
}

extension AttributeDeclaration.Kind {
  /// What is wrong with a value of this kind, or nil.
  ///
  /// Values with Liquid in them are not asked about.
  ///
  /// These are MJML's types but for two things: colours may be written in all of CSS's usual ways, and
  /// numbers must be numbers (MJML lets `1,,2px` and `1px2px` pass). Nothing may be empty but strings.
  func mistake(in value: ArraySlice<UInt8>) -> AttributeMistake? {
    switch self {
    case .string: nil
    case .boolean: value.isASCII("true") || value.isASCII("false") ? nil : .boolean
    case .color: CSSColor.isValid(value) ? nil : .color
    case .integer: Self.isInteger(value) ? nil : .integer
    case .enumeration(let words): Self.mistake(in: value, words: words)
    case .unit(let units, let most): Self.mistake(in: value, units, most: most, isSigned: false)
    case .signedUnit(let units): Self.mistake(in: value, units, most: 1, isSigned: true)
    }
  }

  /// A whole number; `4px` is one too, for MJML takes it and clients read the number.
  private static func isInteger(_ value: ArraySlice<UInt8>) -> Bool {
    var digits = value.first == UInt8(ascii: "-") ? value.dropFirst() : value
    if digits.suffix(2).elementsEqual("px".utf8) { digits = digits.dropLast(2) }
    return !digits.isEmpty && digits.allSatisfy(\.isDigit)
  }

  private static func mistake(in value: ArraySlice<UInt8>, words: [String]) -> AttributeMistake? {
    if words.contains(where: { value.isASCII($0) }) { return nil }
    let written = String(decoding: value, as: UTF8.self).lowercased()
    let trimmed = written.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.contains(trimmed) { return .word(suggestion: trimmed) }
    return .word(suggestion: suggestion(for: written, among: words))
  }

  /// Lengths with one space between them, and maybe one at the end.
  private static func mistake(
    in value: ArraySlice<UInt8>,
    _ units: [String],
    most: Int,
    isSigned: Bool
  ) -> AttributeMistake? {
    func offsets(_ range: Range<Int>) -> Range<Int> {
      range.lowerBound - value.startIndex..<range.upperBound - value.startIndex
    }
    var count = 0
    var index = value.startIndex
    while index < value.endIndex {
      let start = index
      while index < value.endIndex, !value[index].isSpace { index += 1 }
      guard start < index else {
        while index < value.endIndex, value[index].isSpace { index += 1 }
        return .lengthSpacing(offsets(start..<index))
      }
      count += 1
      if let mistake = mistake(inLength: value, start..<index, units, isSigned) { return mistake }
      if index < value.endIndex {
        guard value[index] == UInt8(ascii: " ") else {
          return .lengthSpacing(offsets(index..<index + 1))
        }
        index += 1
      }
    }
    if count == 0 { return .length(0..<0, missingUnit: nil) }
    return count > most ? .lengthCount(count) : nil
  }

  private static func mistake(
    inLength value: ArraySlice<UInt8>,
    _ part: Range<Int>,
    _ units: [String],
    _ isSigned: Bool
  ) -> AttributeMistake? {
    let text = value[part]
    if text.isASCII("0") || units.contains("auto") && text.isASCII("auto") { return nil }
    var index = part.lowerBound
    if isSigned, value[index] == UInt8(ascii: "-") { index += 1 }
    let digits = index
    var points = 0
    while index < part.upperBound, value[index].isDigit || value[index] == UInt8(ascii: ".") {
      if value[index] == UInt8(ascii: ".") { points += 1 }
      index += 1
    }
    let hasDigits = index - digits > points
    let unit = value[index..<part.upperBound]
    if hasDigits, points <= 1, units.contains(where: { $0 != "auto" && unit.isASCII($0) }) {
      return nil
    }
    let missing = hasDigits && points <= 1 && unit.isEmpty ? units.first { $0 != "auto" } : nil
    let start = part.lowerBound - value.startIndex
    return .length(start..<start + part.count, missingUnit: missing)
  }
}

extension Collection<UInt8> {
  fileprivate func isASCII(_ text: String) -> Bool {
    count == text.utf8.count && elementsEqual(text.utf8)
  }
}
