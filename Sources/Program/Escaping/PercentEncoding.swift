/// Percent-encoding, and the checks that encoding cannot replace.
extension OutputBuffer {
  /// Appends a part of a URL: everything but the unreserved characters of RFC 3986 is encoded.
  ///
  /// A form writes `+` for a space.
  mutating func appendPercentEncoding(
    _ text: Span<UInt8>,
    isForm: Bool = false
  ) throws(RenderFault) {
    try appendBytes(of: text, growing: 3) { byte in
      if byte.isUnreserved { return (UInt64(byte), 1) }
      if isForm, byte == UInt8(ascii: " ") { return (UInt64(UInt8(ascii: "+")), 1) }
      let digits = UInt64((byte >> 4).hexDigit) &<< 8 | UInt64((byte & 15).hexDigit) &<< 16
      return (UInt64(UInt8(ascii: "%")) | digits, 3)
    }
  }

  private mutating func append(percentEncoded byte: UInt8) throws(RenderFault) {
    try append(UInt8(ascii: "%"))
    try append((byte >> 4).hexDigit)
    try append((byte & 15).hexDigit)
  }

  /// Appends a value that is percent-encoded already (by `url_encode`): what is encoded stays, what is
  /// not is encoded now.
  mutating func appendCompletingPercentEncoding(_ text: Span<UInt8>) throws(RenderFault) {
    var start = 0
    for index in text.indices where !text[index].isUnreserved {
      let byte = text[index]
      let isEncoded =
        byte == UInt8(ascii: "%") && index + 2 < text.count && text[index + 1].isHexDigit
        && text[index + 2].isHexDigit
      if isEncoded || byte == UInt8(ascii: "+") { continue }
      try append(text, from: start, count: index &- start)
      start = index &+ 1
      try append(percentEncoded: byte)
    }
    try append(text, from: start, count: text.count &- start)
  }

  /// Refuses `.` and `..` as a part of a path: they would climb, however they are encoded.
  func checkPathSegment(_ text: Span<UInt8>) throws(RenderFault) {
    let isDots =
      (text.count == 1 || text.count == 2)
      && text.indices.allSatisfy { text[$0] == UInt8(ascii: ".") }
    if isDots {
      throw .refused("a part of a path must not be '.' or '..'")
    }
  }

  /// Appends a label of a host name.
  mutating func appendHostLabel(_ text: Span<UInt8>) throws(RenderFault) {
    let isLabel =
      text.count > 0
      && text.indices.allSatisfy { text[$0].isLetterOrDigit || text[$0] == UInt8(ascii: "-") }
    guard isLabel else {
      throw .refused("a part of a host name may hold letters, digits and '-' only")
    }
    try append(text)
  }

  /// Appends the address of a `mailto:` link: exactly one.
  mutating func appendMailbox(_ text: Span<UInt8>) throws(RenderFault) {
    var at = -1
    var isPlain = true
    for index in text.indices {
      let byte = text[index]
      let isLegal: Bool
      if byte.isLetterOrDigit { continue }
      isPlain = isPlain && (byte.isUnreserved || byte == UInt8(ascii: "@"))
      if byte == UInt8(ascii: "@") {
        isLegal = at < 0
        at = index
      } else if at < 0 {
        isLegal = byte >= 0x80 || isAtomCharacter(byte)
      } else {
        isLegal = byte >= 0x80 || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      }
      guard isLegal else { throw .refused("the address of a mailto link must be one address") }
    }
    guard at > 0, at < text.count - 1 else {
      throw .refused("the address of a mailto link must be one address")
    }
    if isPlain { return try append(text) }
    try appendPercentEncoding(text.extracting(0..<at))
    try append(UInt8(ascii: "@"))
    try appendPercentEncoding(text.extracting(at + 1..<text.count))
  }

  /// Appends a telephone number.
  mutating func appendPhoneNumber(_ text: Span<UInt8>) throws(RenderFault) {
    for index in text.indices {
      let byte = text[index]
      switch byte {
      case UInt8(ascii: "+"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"):
        try append(byte)
      default:
        try appendPercentEncoding(text.extracting(index..<index + 1))
      }
    }
  }
}

/// The characters of an atom (RFC 5322) that a link may hold, with the dot of a local part.
private func isAtomCharacter(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"),
    UInt8(ascii: "~"), UInt8(ascii: "'"), UInt8(ascii: "!"), UInt8(ascii: "#"),
    UInt8(ascii: "$"), UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "="),
    UInt8(ascii: "^"), UInt8(ascii: "{"), UInt8(ascii: "|"), UInt8(ascii: "}"):
    true
  default: false
  }
}

let hexDigits: [UInt8] = Array("0123456789ABCDEF".utf8)

extension UInt8 {
  /// The digit for a number below 16.
  @inline(__always)
  fileprivate var hexDigit: UInt8 { self &+ (self < 10 ? 48 : 55) }
  var isLetter: Bool { (0x61...0x7A).contains(self | 0x20) }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  var isLetterOrDigit: Bool { isLetter || isDigit }
  var isHexDigit: Bool { isDigit || (0x61...0x66).contains(self | 0x20) }
  /// HTML's white space.
  var isSpace: Bool { self == 0x20 || self == 0x09 || self == 0x0A || self == 0x0C || self == 0x0D }
  /// Letters as capital letters, everything else as it is.
  var uppercased: UInt8 { (0x61...0x7A).contains(self) ? self & 0xDF : self }
  /// Letters as small letters, everything else as it is.
  var lowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
  /// The unreserved characters of RFC 3986.
  @inline(__always)
  var isUnreserved: Bool {
    // A bit for each ASCII character: `-`, `.`, digits; letters, `_`, `~`.
    let set: UInt64 = self & 0x40 == 0 ? 0x03FF_6000_0000_0000 : 0x47FF_FFFE_87FF_FFFE
    return self < 0x80 && set &>> UInt64(self & 0x3F) & 1 != 0
  }
}
