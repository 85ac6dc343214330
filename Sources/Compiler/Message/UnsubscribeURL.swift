/// The URLs of `List-Unsubscribe` (RFC 2369).
enum UnsubscribeURL {
  enum Scheme {
    /// Alone may have the one click of RFC 8058.
    case https
    case http
    case mailto

    /// The scheme of a URL; nil where it is another one.
    init?(of url: Span<UInt8>) {
      if Self.starts(url, with: "https:") {
        self = .https
      } else if Self.starts(url, with: "http:") {
        self = .http
      } else if Self.starts(url, with: "mailto:") {
        self = .mailto
      } else {
        return nil
      }
    }

    private static func starts(_ url: Span<UInt8>, with scheme: String) -> Bool {
      guard url.count > scheme.utf8.count else { return false }
      var index = 0
      for byte in scheme.utf8 {
        // A colon is none of a letter's cases.
        guard url[index] | 0x20 == byte | 0x20 else { return false }
        index += 1
      }
      return url[index - 1] == UInt8(ascii: ":")
    }
  }

  /// RFC 5322 bounds a line, and a URL cannot be folded.
  static let limit = 900

  /// Whether a URL can stand between angle brackets: its own escaping left no other character.
  static func isPlain(_ url: Span<UInt8>) -> Bool {
    guard url.count <= limit else { return false }
    for index in url.indices {
      let byte = url[index]
      guard (0x21...0x7E).contains(byte), byte != UInt8(ascii: "<"), byte != UInt8(ascii: ">")
      else {
        return false
      }
    }
    return true
  }
}
