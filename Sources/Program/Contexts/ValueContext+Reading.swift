extension ValueContext {
  /// What the value of an attribute is.
  private enum Meaning {
    case css
    /// What a link leads to; in some elements it loads something.
    case reference
    case link
    case image
    case srcset
    case refused(Refusal)
  }

  private static let meanings: MarkupNameTable<Meaning> = [
    "style": .css,
    "href": .reference, "xlink:href": .reference, "o:href": .reference,
    "cite": .link, "longdesc": .link, "ping": .link, "profile": .link, "usemap": .link,
    "src": .image, "background": .image, "poster": .image, "lowsrc": .image, "dynsrc": .image,
    "o:src": .image,
    "srcset": .srcset, "imagesrcset": .srcset,
    "srcdoc": .refused(.document),
    "action": .refused(.formTarget), "formaction": .refused(.formTarget),
    "data": .refused(.embedded), "codebase": .refused(.embedded), "classid": .refused(.embedded),
    "archive": .refused(.embedded), "manifest": .refused(.embedded), "code": .refused(.embedded),
  ]

  /// Elements in which no value may say what is loaded, or where all links lead.
  private static let loading: MarkupNameTable<Refusal> = [
    "script": .embedded, "iframe": .embedded, "frame": .embedded, "embed": .embedded,
    "object": .embedded, "applet": .embedded,
  ]
  private static let leading: MarkupNameTable<Refusal> = [
    "base": .base, "link": .linkedResource,
  ]
  private static let meta: MarkupName = "meta"

  /// How the value of an attribute reads from its first byte.
  static func start(of attribute: MarkupName, in element: MarkupName) -> ValueContext {
    if element == Self.meta { return .refused(.meta) }
    if attribute.isEventHandler { return .refused(.eventHandler) }
    switch meanings[attribute] {
    case nil: return .plain
    case .css: return .css(CSSContext(isAttribute: true))
    case .reference:
      return leading[element].map { .refused($0) } ?? .url(URLContext(.link))
    case .link: return .url(URLContext(.link))
    case .image: return loading[element].map { .refused($0) } ?? .url(URLContext(.image))
    case .srcset: return .srcset(SrcsetContext())
    case .refused(let refusal): return .refused(refusal)
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
