/// The `format`s that are checked: RFC 3339, RFC 3986 and RFC 5321, and our own four.
enum TextFormat {
  static func accepts(_ format: ValueType.Format, _ text: Span<UInt8>) -> Bool {
    switch format {
    case .date: text.count == 10 && isDate(text, at: 0)
    case .dateTime: isDateTime(text)
    case .time: isTime(text, at: 0)
    case .uri: isURI(text)
    case .email: isEmail(text)
    case .color: isColor(text)
    case .length: isLength(text)
    case .currency: text.count == 3 && all(text, 0..<3) { $0 >= 0x41 && $0 <= 0x5A }
    case .timeZone: isTimeZone(text)
    }
  }

  // MARK: - Dates

  private static func number(_ text: Span<UInt8>, _ start: Int, _ count: Int) -> Int? {
    guard start + count <= text.count else { return nil }
    var value = 0
    for index in start..<start + count {
      guard isDigit(text[index]) else { return nil }
      value = value * 10 + Int(text[index] - 0x30)
    }
    return value
  }

  private static func isDate(_ text: Span<UInt8>, at start: Int) -> Bool {
    guard let year = number(text, start, 4), byte(text, start + 4) == UInt8(ascii: "-"),
      let month = number(text, start + 5, 2), byte(text, start + 7) == UInt8(ascii: "-"),
      let day = number(text, start + 8, 2)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days: Int
    switch month {
    case 2: days = isLeap ? 29 : 28
    case 4, 6, 9, 11: days = 30
    case 1...12: days = 31
    default: return false
    }
    return day >= 1 && day <= days
  }

  private static func isDateTime(_ text: Span<UInt8>) -> Bool {
    isDate(text, at: 0) && byte(text, 10).map { $0 | 0x20 } == UInt8(ascii: "t")
      && isTime(text, at: 11)
  }

  /// `full-time`: the offset is part of it.
  private static func isTime(_ text: Span<UInt8>, at start: Int) -> Bool {
    guard let hour = number(text, start, 2), hour < 24, byte(text, start + 2) == UInt8(ascii: ":"),
      let minute = number(text, start + 3, 2), minute < 60,
      byte(text, start + 5) == UInt8(ascii: ":"), let second = number(text, start + 6, 2),
      second <= 60
    else { return false }
    var index = start + 8
    if byte(text, index) == UInt8(ascii: ".") {
      let first = index + 1
      index = first
      while let digit = byte(text, index), isDigit(digit) { index += 1 }
      guard index > first else { return false }
    }
    guard let sign = byte(text, index) else { return false }
    var offset = 0
    if sign | 0x20 == UInt8(ascii: "z") {
      guard index + 1 == text.count else { return false }
    } else {
      guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), index + 6 == text.count,
        let hours = number(text, index + 1, 2), hours < 24,
        byte(text, index + 3) == UInt8(ascii: ":"), let minutes = number(text, index + 4, 2),
        minutes < 60
      else { return false }
      offset = (hours * 60 + minutes) * (sign == UInt8(ascii: "+") ? -1 : 1)
    }
    // A leap second comes at the end of a day in UTC.
    let utc = (hour * 60 + minute + offset + 2 * 1440) % 1440
    return second < 60 || utc == 1439
  }

  // MARK: - URI

  /// RFC 3986: a URI has a scheme, and nothing but ASCII.
  private static func isURI(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0, isLetter(text[0]) else { return false }
    var index = 1
    while let next = byte(text, index),
      isLetter(next) || isDigit(next) || next == 0x2B
        || next == 0x2D || next == 0x2E
    { index += 1 }
    guard byte(text, index) == UInt8(ascii: ":") else { return false }
    index += 1
    if byte(text, index) == UInt8(ascii: "/"), byte(text, index + 1) == UInt8(ascii: "/") {
      var end = index + 2
      while let next = byte(text, end), next != 0x2F, next != 0x3F, next != 0x23 { end += 1 }
      guard isAuthority(text, index + 2..<end) else { return false }
      index = end
    }
    // Path, query and fragment; a second '#' is none of their characters.
    var hashes = 0
    while let next = byte(text, index) {
      if next == UInt8(ascii: "%") {
        guard let high = byte(text, index + 1), let low = byte(text, index + 2),
          hexValue(high) != nil, hexValue(low) != nil
        else { return false }
      } else if next == UInt8(ascii: "#") {
        hashes += 1
      } else if !isPathCharacter(next) {
        return false
      }
      index += 1
    }
    return hashes <= 1
  }

  private static func isAuthority(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var start = range.lowerBound
    for index in range where text[index] == UInt8(ascii: "@") { start = index + 1 }
    if start > range.lowerBound {
      guard isAuthorityText(text, range.lowerBound..<start - 1, allowsColon: true) else {
        return false
      }
    }
    var end = start
    if start < range.upperBound, text[start] == UInt8(ascii: "[") {
      while end < range.upperBound, text[end] != UInt8(ascii: "]") { end += 1 }
      guard end < range.upperBound, end > start + 2 else { return false }
      let isFuture = text[start + 1] | 0x20 == UInt8(ascii: "v")
      guard isFuture || isIPv6(text, start + 1..<end) else { return false }
      end += 1
    } else {
      while end < range.upperBound, text[end] != UInt8(ascii: ":") { end += 1 }
      guard isAuthorityText(text, start..<end, allowsColon: false) else { return false }
    }
    guard end < range.upperBound else { return true }
    return text[end] == UInt8(ascii: ":") && all(text, end + 1..<range.upperBound, isDigit)
  }

  private static func isAuthorityText(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    allowsColon: Bool
  ) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound {
      let next = text[index]
      if next == UInt8(ascii: "%") {
        guard index + 2 < range.upperBound, hexValue(text[index + 1]) != nil,
          hexValue(text[index + 2]) != nil
        else { return false }
      } else if next == UInt8(ascii: ":") {
        if !allowsColon { return false }
      } else if next == UInt8(ascii: "@") || next == 0x2F || next == 0x3F || !isPathCharacter(next)
      {
        return false
      }
      index += 1
    }
    return true
  }

  /// Groups of at most four hexadecimal digits, one `::` at most, an IPv4 address at the end at
  /// most.
  private static func isIPv6(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var groups = 0
    var hasGap = false
    var index = range.lowerBound
    while index < range.upperBound {
      if text[index] == UInt8(ascii: ":") {
        let isDouble = index + 1 < range.upperBound && text[index + 1] == UInt8(ascii: ":")
        if isDouble {
          if hasGap { return false }
          hasGap = true
          index += 2
          continue
        }
        guard groups > 0, index + 1 < range.upperBound else { return false }
        index += 1
        continue
      }
      var end = index
      while end < range.upperBound, text[end] != UInt8(ascii: ":") { end += 1 }
      if isIPv4(text, index..<end) {
        groups += 2
        if end != range.upperBound { return false }
      } else {
        guard end - index <= 4, all(text, index..<end, { hexValue($0) != nil }) else {
          return false
        }
        groups += 1
      }
      index = end
    }
    return hasGap ? groups < 8 : groups == 8
  }

  private static func isIPv4(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var parts = 0
    var value = 0
    var digits = 0
    for index in range {
      if isDigit(text[index]) {
        if digits > 0, value == 0 { return false }
        value = value * 10 + Int(text[index] - 0x30)
        digits += 1
        if value > 255 { return false }
      } else {
        guard text[index] == UInt8(ascii: "."), digits > 0 else { return false }
        (parts, value, digits) = (parts + 1, 0, 0)
      }
    }
    return parts == 3 && digits > 0
  }

  /// `pchar`, '/' and '?'.
  private static func isPathCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case 0x21, 0x24, 0x26...0x2F, 0x3A, 0x3B, 0x3D, 0x3F, 0x40, 0x5F, 0x7E: true
    default: false
    }
  }

  // MARK: - Email

  /// A mailbox of RFC 5321: dot-atom or quoted local part, host name or address literal; so never a
  /// control character, which could end a header.
  private static func isEmail(_ text: Span<UInt8>) -> Bool {
    guard text.count <= 320, let at = lastAt(text), at > 0, at <= 64, at + 1 < text.count else {
      return false
    }
    let isQuoted = text[0] == UInt8(ascii: "\"")
    guard isQuoted ? isQuotedText(text, at) : isDotAtom(text, at) else { return false }
    if text[at + 1] == UInt8(ascii: "[") { return isAddressLiteral(text, at + 1..<text.count) }
    return isHostName(text, at + 1..<text.count)
  }

  private static func lastAt(_ text: Span<UInt8>) -> Int? {
    var index = text.count - 1
    while index >= 0 {
      if text[index] == UInt8(ascii: "@") { return index }
      index -= 1
    }
    return nil
  }

  private static func isDotAtom(_ text: Span<UInt8>, _ end: Int) -> Bool {
    var afterDot = true
    for index in 0..<end {
      let next = text[index]
      if next == UInt8(ascii: ".") {
        if afterDot { return false }
        afterDot = true
        continue
      }
      switch next {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: break
      case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E: break
      default: return false
      }
      afterDot = false
    }
    return !afterDot
  }

  private static func isQuotedText(_ text: Span<UInt8>, _ end: Int) -> Bool {
    guard end >= 2, text[end - 1] == UInt8(ascii: "\"") else { return false }
    var index = 1
    while index < end - 1 {
      let next = text[index]
      guard next >= 0x20, next <= 0x7E, next != UInt8(ascii: "\"") else { return false }
      if next == UInt8(ascii: "\\") {
        index += 1
        guard index < end - 1, text[index] >= 0x20, text[index] <= 0x7E else { return false }
      }
      index += 1
    }
    return true
  }

  private static func isHostName(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count <= 253 else { return false }
    var labelStart = range.lowerBound
    for index in range.lowerBound...range.upperBound {
      if index == range.upperBound || text[index] == UInt8(ascii: ".") {
        guard index > labelStart, index - labelStart <= 63, text[labelStart] != 0x2D,
          text[index - 1] != 0x2D
        else { return false }
        labelStart = index + 1
      } else if !isLetter(text[index]), !isDigit(text[index]), text[index] != 0x2D {
        return false
      }
    }
    return true
  }

  private static func isAddressLiteral(_ text: Span<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count > 2, text[range.upperBound - 1] == UInt8(ascii: "]") else { return false }
    let inner = range.lowerBound + 1..<range.upperBound - 1
    if isIPv4(text, inner) { return true }
    let prefix: [UInt8] = Array("ipv6:".utf8)
    guard inner.count > prefix.count else { return false }
    for offset in prefix.indices
    where text[inner.lowerBound + offset] | 0x20 != prefix[offset] | 0x20 {
      return false
    }
    return isIPv6(text, inner.lowerBound + prefix.count..<inner.upperBound)
  }

  // MARK: - Ours

  /// The shape of a CSS colour: `#` and 3, 4, 6 or 8 digits, a name, or a function of numbers.
  private static func isColor(_ text: Span<UInt8>) -> Bool {
    guard text.count > 2, text.count <= 64 else { return false }
    if text[0] == UInt8(ascii: "#") {
      return [4, 5, 7, 9].contains(text.count) && all(text, 1..<text.count) { hexValue($0) != nil }
    }
    var end = 0
    while let next = byte(text, end), isLetter(next) { end += 1 }
    if end == text.count { return true }
    guard end >= 3, text[end] == UInt8(ascii: "("), text[text.count - 1] == UInt8(ascii: ")") else {
      return false
    }
    return all(text, end + 1..<text.count - 1) {
      isDigit($0) || isLetter($0) || [0x20, 0x25, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F].contains($0)
    }
  }

  /// A number and a unit of CSS or `%`; 0 needs none.
  private static func isLength(_ text: Span<UInt8>) -> Bool {
    var index = 0
    if byte(text, 0) == UInt8(ascii: "-") || byte(text, 0) == UInt8(ascii: "+") { index = 1 }
    let first = index
    var hasPoint = false
    while let next = byte(text, index), isDigit(next) || (next == 0x2E && !hasPoint) {
      hasPoint = hasPoint || next == 0x2E
      index += 1
    }
    guard index > first, isDigit(text[index - 1]) else { return false }
    if byte(text, index) == UInt8(ascii: "%") { return index + 1 == text.count }
    return text.count - index <= 4 && all(text, index..<text.count, isLetter)
  }

  /// The shape of a name in the time zone database: words with '/' between them.
  private static func isTimeZone(_ text: Span<UInt8>) -> Bool {
    guard text.count > 0, text.count <= 64, isLetter(text[0]), text[text.count - 1] != 0x2F else {
      return false
    }
    return all(text, 0..<text.count) {
      isLetter($0) || isDigit($0) || [0x2B, 0x2D, 0x2F, 0x5F].contains($0)
    }
  }

  // MARK: - Bytes

  private static func byte(_ text: Span<UInt8>, _ index: Int) -> UInt8? {
    index < text.count ? text[index] : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

  private static func all(
    _ text: Span<UInt8>,
    _ range: Range<Int>,
    _ holds: (UInt8) -> Bool
  ) -> Bool {
    for index in range where !holds(text[index]) { return false }
    return true
  }
}
