extension ValueContext {
  /// How the value of an attribute reads from its first byte.
  static func start(of attribute: MarkupName, in element: MarkupName) -> ValueContext {
    if element == "meta" { return .refused(.meta) }
    if attribute.isEventHandler { return .refused(.eventHandler) }
    switch attribute {
    case "style": return .css(CSSContext(isAttribute: true))
    case "href", "xlink:href", "o:href":
      switch element {
      case "base": return .refused(.base)
      case "link": return .refused(.linkedResource)
      default: return .url(URLContext(.link))
      }
    case "cite", "longdesc", "ping", "profile", "usemap": return .url(URLContext(.link))
    case "src", "background", "poster", "lowsrc", "dynsrc", "o:src":
      switch element {
      case "script", "iframe", "frame", "embed", "object", "applet": return .refused(.embedded)
      default: return .url(URLContext(.image))
      }
    case "srcset", "imagesrcset": return .srcset(SrcsetContext())
    case "srcdoc": return .refused(.document)
    case "action", "formaction": return .refused(.formTarget)
    case "data", "codebase", "classid", "archive", "manifest", "code":
      return .refused(.embedded)
    default: return .plain
    }
  }

  /// Reads the bytes of an attribute's value, references decoded.
  mutating func read(_ bytes: [UInt8], from start: Int, to end: Int) {
    switch self {
    case .plain, .refused, .ambiguous:
      return
    case .url(var url):
      forEachDecoded(bytes, start, end) { url.read($0) }
      self = .url(url)
    case .srcset(var srcset):
      forEachDecoded(bytes, start, end) { srcset.read($0) }
      self = .srcset(srcset)
    case .css(var css):
      forEachDecoded(bytes, start, end) { css.read($0) }
      self = .css(css)
    }
  }

  private func forEachDecoded(
    _ bytes: [UInt8],
    _ start: Int,
    _ end: Int,
    _ body: (UInt8) -> Void
  ) {
    var index = start
    while index < end {
      if bytes[index] == UInt8(ascii: "&"),
        let reference = CharacterReference(in: bytes.span, at: index, end: end)
      {
        var scalar = reference.scalar.value
        if scalar >= 0x80 { scalar = 0x80 }
        body(UInt8(truncatingIfNeeded: scalar))
        index = reference.end
      } else {
        body(bytes[index])
        index += 1
      }
    }
  }
}
