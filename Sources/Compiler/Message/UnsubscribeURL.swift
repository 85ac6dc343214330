/// The URLs of `List-Unsubscribe` (RFC 2369).
enum UnsubscribeURL {
  enum Scheme: String, CaseIterable {
    /// Alone may have the one click of RFC 8058.
    case https
    case http
    case mailto

    /// The scheme of a URL; nil where it is another one.
    init?(of url: Span<UInt8>) {
      let scheme = Self.allCases.first { scheme in
        let name = scheme.rawValue.utf8
        guard url.count > name.count, url[name.count] == UInt8(ascii: ":") else { return false }
        return name.enumerated().allSatisfy { index, byte in url[index] | 0x20 == byte }
      }
      guard let scheme else { return nil }
      self = scheme
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
