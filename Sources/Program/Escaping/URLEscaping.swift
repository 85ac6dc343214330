/// Whole URLs: which may stand in a message, and how they are written.
///
/// A URL is read as the WHATWG URL standard reads it (white space and controls at its ends and tabs and
/// line ends in it do not count), then held against an allow-list of schemes for its use. There is no
/// list of bad schemes: a new one (`ms-word:`, `search-ms:`) is refused because nobody allowed it.
extension OutputBuffer {
  /// Appends a whole URL, percent-encoded where a URL cannot hold a character, or refuses it.
  ///
  /// The result holds no space, quote, angle bracket, parenthesis or backslash, so that it can stand in a
  /// CSS `url()` and in a conditional comment. `&` is written as a reference unless in raw text.
  mutating func appendURL(
    _ text: Span<UInt8>,
    use: Sink.URLUse,
    allowing extra: URLSchemes,
    isRawText: Bool = false
  ) throws(RenderFault) {
    var (start, end) = (0, text.count)
    while start < end, text[start] <= 0x20 { start += 1 }
    while end > start, text[end - 1] <= 0x20 { end -= 1 }
    let text = text.extracting(start..<end)
    guard text.count > 0 else { return }
    if text[0] == UInt8(ascii: "#") {
      try appendURLCharacters(text, use: use, isRawText: isRawText)
      return
    }
    guard let colon = text.schemeEnd else { throw .refused("a URL must have a scheme") }
    let scheme = text.extracting(0..<colon)
    let rest = text.extracting(colon + 1..<text.count)
    let isWeb = scheme.equalsIgnoringCase("https") || scheme.equalsIgnoringCase("http")
    if isWeb {
      try checkWebAddress(rest)
    } else if scheme.equalsIgnoringCase("data") {
      guard use != .link, rest.isImageData else {
        throw .refused("a data URL may only be a picture (png, gif, jpeg or webp)")
      }
    } else {
      guard extra.allows(scheme, use: use) else {
        throw .refused("a URL of this scheme is not allowed here")
      }
      // What a mail program does with further recipients and headers is not ours to allow.
      if scheme.equalsIgnoringCase("mailto") { try checkMailto(rest) }
    }
    try appendURLCharacters(text, use: use, isRawText: isRawText)
  }

  private func checkWebAddress(_ rest: Span<UInt8>) throws(RenderFault) {
    guard rest.count > 2, rest[0] == UInt8(ascii: "/"), rest[1] == UInt8(ascii: "/") else {
      throw .refused("a web address must have a host")
    }
    var end = 2
    while end < rest.count {
      let byte = rest[end]
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") {
        break
      }
      let isLegal =
        byte.isLetterOrDigit || byte >= 0x80 || byte == UInt8(ascii: ".")
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":")
        || byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]")
        // As this writes them: a link that was made clean once stays as it is.
        || rest.holdsEncodedLetter(at: end)
      guard isLegal else { throw .refused("the host of a web address holds a wrong character") }
      end += byte == UInt8(ascii: "%") ? 3 : 1
    }
    let host = rest.extracting(2..<end)
    guard host.count > 0, host[0] != UInt8(ascii: ":"), host.hasBalancedBrackets else {
      throw .refused("a web address must have a host")
    }
  }

  private func checkMailto(_ rest: Span<UInt8>) throws(RenderFault) {
    var index = 0
    while index < rest.count, rest[index] != UInt8(ascii: "?") {
      if rest[index] == UInt8(ascii: ",") || rest[index] == UInt8(ascii: ";") {
        throw .refused("the address of a mailto link must be one address")
      }
      index += 1
    }
  }

  private mutating func appendURLCharacters(
    _ text: Span<UInt8>,
    use: Sink.URLUse,
    isRawText: Bool
  ) throws(RenderFault) {
    let plain = ASCIISet.plainInURLs
    var index = 0
    while index < text.count {
      // Most URLs are one run of these.
      var end = index
      while end < text.count, plain.contains(text[end]) { end &+= 1 }
      try append(text, from: index, count: end &- index)
      index = end
      guard index < text.count else { break }
      let byte = text[index]
      switch byte {
      case 0x09, 0x0A, 0x0D:
        break
      case 0x00..<0x20, 0x7F, UInt8(ascii: "\\"):
        throw .refused("a URL must hold no control character or backslash")
      case UInt8(ascii: "&") where !isRawText:
        try append("&amp;")
      case UInt8(ascii: ",") where use == .imageCandidate:
        try appendPercentEncoding(text.extracting(index..<index + 1))
      case 0xE2 where text.isDirectionControl(at: index):
        throw .refused("a URL must hold no character that turns the direction of text")
      default:
        if byte.isURLCharacter {
          try append(byte)
        } else {
          try appendPercentEncoding(text.extracting(index..<index + 1))
        }
      }
      index += 1
    }
  }
}

/// The schemes that a project allows beyond the built-in ones.
package struct URLSchemes: Sendable, Hashable {
  /// Lower case, without the colon: `whatsapp`.
  package var links: [String]

  package init(links: [String] = []) { self.links = links }

  /// Whether a scheme (not http, https or data, which have rules of their own) is allowed.
  func allows(_ scheme: Span<UInt8>, use: Sink.URLUse) -> Bool {
    switch use {
    case .image, .imageCandidate:
      return scheme.equalsIgnoringCase("cid")
    case .link:
      return (["mailto", "tel", "sms"] + links).contains { scheme.equalsIgnoringCase($0) }
    }
  }
}

extension Span<UInt8> {
  /// Whether a percent-encoded byte stands there that is no ASCII: nothing that ends a host.
  fileprivate func holdsEncodedLetter(at index: Int) -> Bool {
    guard index + 2 < count, self[index] == UInt8(ascii: "%") else { return false }
    let isHigh =
      (UInt8(ascii: "8")...UInt8(ascii: "9")).contains(self[index + 1])
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self[index + 1] | 0x20)
    return isHigh && self[index + 2].isHexDigit
  }

  /// The offset of the colon behind a scheme; nil where there is none.
  fileprivate var schemeEnd: Int? {
    guard count > 0, self[0].isLetter else { return nil }
    for index in indices {
      let byte = self[index]
      if byte == UInt8(ascii: ":") { return index }
      let isLegal =
        byte.isLetterOrDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        || byte == UInt8(ascii: ".")
      guard isLegal else { return nil }
    }
    return nil
  }

  /// Whether it is ASCII text of this spelling; the text is in small letters.
  func equalsIgnoringCase(_ text: String) -> Bool {
    let text = text.utf8.span
    guard count == text.count else { return false }
    for index in indices where self[index].lowercased != text[index] { return false }
    return true
  }

  /// `image/png;base64,…` and the like: the rest of a data URL that is a picture without script.
  fileprivate var isImageData: Bool {
    let kinds = [
      "image/png;base64,", "image/gif;base64,", "image/jpeg;base64,", "image/jpg;base64,",
      "image/webp;base64,",
    ]
    for kind in kinds {
      let length = kind.utf8.count
      guard count > length, extracting(0..<length).equalsIgnoringCase(kind) else { continue }
      for index in length..<count {
        let byte = self[index]
        let isLegal =
          byte.isLetterOrDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
          || byte == UInt8(ascii: "=")
        guard isLegal else { return false }
      }
      return true
    }
    return false
  }

  /// Whether brackets occur only as those of an IPv6 address: `[::1]`, `[::1]:80`.
  fileprivate var hasBalancedBrackets: Bool {
    var closing: Int?
    for index in indices {
      if self[index] == UInt8(ascii: "["), index != 0 { return false }
      if self[index] == UInt8(ascii: "]") {
        guard self[0] == UInt8(ascii: "["), closing == nil else { return false }
        closing = index
      }
    }
    guard self[0] == UInt8(ascii: "[") else { return true }
    guard let closing else { return false }
    return closing == count - 1 || self[closing + 1] == UInt8(ascii: ":")
  }

  /// U+200E, U+200F, U+202A…U+202E, U+2066…U+2069 in UTF-8.
  fileprivate func isDirectionControl(at index: Int) -> Bool {
    guard index + 2 < count, self[index] == 0xE2 else { return false }
    let (second, third) = (self[index + 1], self[index + 2])
    if second == 0x80 { return third == 0x8E || third == 0x8F || (0xAA...0xAE).contains(third) }
    return second == 0x81 && (0xA6...0xA9).contains(third)
  }
}

/// Some of the ASCII characters, a bit for each.
private struct ASCIISet {
  /// What stands for itself in a URL, wherever it is used: neither `&` nor `,`.
  static let plainInURLs = ASCIISet {
    $0.isURLCharacter && $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: ",")
  }

  private var low: UInt64 = 0
  private var high: UInt64 = 0

  init(_ isMember: (UInt8) -> Bool) {
    for byte in 0..<64 as Range<UInt8> where isMember(byte) { low |= 1 << UInt64(byte) }
    for byte in 64..<128 as Range<UInt8> where isMember(byte) { high |= 1 << UInt64(byte - 64) }
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    byte < 0x80 && (byte < 64 ? low : high) >> UInt64(byte & 63) & 1 == 1
  }
}

extension UInt8 {
  /// What a URL may hold as it is, but `'`, `(`, `)` and `*`, which mean something in CSS.
  fileprivate var isURLCharacter: Bool {
    if isUnreserved { return true }
    switch self {
    case UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "@"), UInt8(ascii: "!"),
      UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "+"), UInt8(ascii: ","),
      UInt8(ascii: ";"), UInt8(ascii: "="), UInt8(ascii: "%"):
      return true
    default: return false
    }
  }
}
