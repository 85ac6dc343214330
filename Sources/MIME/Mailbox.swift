/// Why a text is no address (RFC 5322, section 3.4); repeats nothing of it.
package enum AddressFault: String, Error, Sendable, CaseIterable {
  case empty = "it is empty"
  case angles = "'<' and '>' do not enclose the address at its end"
  case list = "only one address may stand here"
  case group = "a group is no address"
  case comment = "a comment in parentheses may not stand in an address"
  case noAt = "there is no '@'"
  case space = "there is a space in the address"
  case local = "what stands before the '@' is no name of a mailbox"
  case localBeyondASCII = "what stands before the '@' has letters beyond ASCII"
  case domain = "what stands behind the '@' is no host name"
  case literal = "an IP address in brackets may not stand behind the '@'"
  case domainBeyondASCII = "the domain has characters that no host name has"
  case tooLong = "the address is too long"
}

/// One address, maybe with a name before it: `ada@example.org`, `Ada Lovelace <ada@example.org>`.
///
/// The address is what stands between the last angle brackets, which end the text; everything before
/// is the name, whatever it holds. So a value that is printed as the name can neither add an
/// address nor change it. Of RFC 5322's syntax groups, comments, routes and obsolete forms are
/// refused, and so are domains that are IP addresses.
package struct Mailbox: Sendable {
  /// The place of the name in the text, without quotes around it; empty where there is none.
  package let name: Range<Int>
  /// The name stands in quotes, in which a backslash stands before characters that it takes away.
  let isQuoted: Bool
  /// The place of the address.
  package let address: Range<Int>
  /// The place of what stands behind the last `@`.
  package let domain: Range<Int>
  /// What has to be written for the domain, where that has letters beyond ASCII.
  let asciiDomain: [UInt8]?

  /// Reads a text that was normalised (`HeaderText`).
  package init(_ text: Span<UInt8>) throws(AddressFault) {
    guard text.count > 0 else { throw .empty }
    var name = 0..<0
    var address = 0..<text.count
    if text[text.count - 1] == UInt8(ascii: ">") {
      guard let open = text.last(UInt8(ascii: "<"), in: address) else { throw .angles }
      name = Self.trimmed(text, 0..<open)
      address = Self.trimmed(text, open + 1..<text.count - 1)
    } else if text.last(UInt8(ascii: "<"), in: address) != nil
      || text.last(UInt8(ascii: ">"), in: address) != nil
    {
      throw .angles
    }
    domain = try AddressSyntax.domain(of: address, in: text)
    asciiDomain =
      text.isASCII(domain) ? nil : InternationalDomain.ascii(text.bytes(domain)[...])
    self.address = address
    isQuoted =
      name.count > 1 && text[name.lowerBound] == UInt8(ascii: "\"")
      && text[name.upperBound - 1] == UInt8(ascii: "\"")
    self.name = isQuoted ? name.lowerBound + 1..<name.upperBound - 1 : name
  }

  private static func trimmed(_ text: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
    var range = range
    while range.count > 0, text[range.lowerBound] == 0x20 {
      range = range.lowerBound + 1..<range.upperBound
    }
    while range.count > 0, text[range.upperBound - 1] == 0x20 {
      range = range.lowerBound..<range.upperBound - 1
    }
    return range
  }

  /// Holds what an author wrote to the stricter rule: brackets in a name that is not in quotes are
  /// a second address.
  package func checkName(in text: Span<UInt8>) throws(AddressFault) {
    guard !isQuoted else { return }
    let holdsBrackets =
      text.last(UInt8(ascii: "<"), in: name) != nil || text.last(UInt8(ascii: ">"), in: name) != nil
    if holdsBrackets { throw .list }
  }

  /// Appends the name as it is meant.
  func appendName(of text: [UInt8], to name: inout [UInt8]) {
    var isEscaped = false
    for byte in text[self.name] {
      if isQuoted, !isEscaped, byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        name.append(byte)
        isEscaped = false
      }
    }
    if isEscaped { name.append(UInt8(ascii: "\\")) }
  }
}

/// The `addr-spec` of RFC 5322, with the lengths of RFC 5321.
package enum AddressSyntax {
  /// What stands behind the last `@` of an address that is right.
  package static func domain(
    of address: Range<Int>,
    in text: Span<UInt8>
  ) throws(AddressFault) -> Range<Int> {
    guard !address.isEmpty else { throw .empty }
    guard let at = text.last(UInt8(ascii: "@"), in: address) else {
      throw text.last(UInt8(ascii: ","), in: address) != nil ? .list : .noAt
    }
    let domain = at + 1..<address.upperBound
    try checkLocal(address.lowerBound..<at, in: text)
    let length = try checkDomain(domain, in: text)
    guard address.count - domain.count + length <= 254 else { throw .tooLong }
    return domain
  }

  private static func checkLocal(
    _ local: Range<Int>,
    in text: Span<UInt8>
  ) throws(AddressFault) {
    guard !local.isEmpty else { throw .local }
    let (first, last) = (text[local.lowerBound], text[local.upperBound - 1])
    if first == UInt8(ascii: "\""), last == first, local.count > 2 {
      try checkQuoted(local.lowerBound + 1..<local.upperBound - 1, in: text)
    } else {
      var previous = UInt8(ascii: ".")
      for index in local {
        let byte = text[index]
        if byte == UInt8(ascii: ".") {
          guard previous != byte else { throw .local }
        } else if !byte.isAtomText {
          throw fault(of: byte)
        }
        previous = byte
      }
      guard last != UInt8(ascii: ".") else { throw .local }
    }
    guard local.count <= 64 else { throw .tooLong }
  }

  /// What is wrong where a byte stands that no atom has.
  private static func fault(of byte: UInt8) -> AddressFault {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "@"): .list
    case UInt8(ascii: ":"), UInt8(ascii: ";"): .group
    case UInt8(ascii: "("), UInt8(ascii: ")"): .comment
    case 0x20: .space
    case 0x80...: .localBeyondASCII
    default: .local
    }
  }

  private static func checkQuoted(
    _ content: Range<Int>,
    in text: Span<UInt8>
  ) throws(AddressFault) {
    var isEscaped = false
    for index in content {
      let byte = text[index]
      guard byte < 0x80 else { throw .localBeyondASCII }
      if !isEscaped, byte == UInt8(ascii: "\"") { throw .local }
      isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
    }
    if isEscaped { throw .local }
  }

  /// A host name: labels of letters, digits and hyphens (RFC 1123, section 2.1), or one that can be
  /// written so (`InternationalDomain`); the length of that.
  @discardableResult
  package static func checkDomain(
    _ domain: Range<Int>,
    in text: Span<UInt8>
  ) throws(AddressFault) -> Int {
    guard !text.isASCII(domain) else {
      try checkASCIIDomain(domain, in: text)
      return domain.count
    }
    guard let ascii = InternationalDomain.ascii(text.bytes(domain)[...]) else {
      throw .domainBeyondASCII
    }
    try checkASCIIDomain(ascii.indices, in: ascii.span)
    return ascii.count
  }

  private static func checkASCIIDomain(
    _ domain: Range<Int>,
    in text: Span<UInt8>
  ) throws(AddressFault) {
    guard !domain.isEmpty, domain.count <= 253 else { throw .domain }
    if text[domain.lowerBound] == UInt8(ascii: "[") { throw .literal }
    var length = 0
    var previous = UInt8(ascii: ".")
    for index in domain {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "."):
        guard length > 0, previous != UInt8(ascii: "-") else { throw .domain }
        length = 0
      case UInt8(ascii: "-"):
        guard length > 0 else { throw .domain }
        length += 1
      case UInt8(ascii: ","): throw .list
      case UInt8(ascii: "("), UInt8(ascii: ")"): throw .comment
      case 0x20: throw .space
      default:
        guard byte.isLetterOrDigit else { throw .domain }
        length += 1
      }
      guard length <= 63 else { throw .domain }
      previous = byte
    }
    guard length > 0, previous != UInt8(ascii: "-") else { throw .domain }
  }
}

extension Span<UInt8> {
  /// The last place of a byte in a part; nil where there is none.
  fileprivate func last(_ byte: UInt8, in part: Range<Int>) -> Int? {
    var index = part.upperBound
    while index > part.lowerBound {
      index -= 1
      if self[index] == byte { return index }
    }
    return nil
  }

  fileprivate func isASCII(_ part: Range<Int>) -> Bool {
    for index in part where self[index] >= 0x80 { return false }
    return true
  }

  fileprivate func bytes(_ part: Range<Int>) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in part { bytes.append(self[index]) }
    return bytes
  }
}
