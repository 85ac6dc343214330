/// Where in a style sheet or in a list of declarations a reader is.
struct CSSContext: Hashable, Sendable {
  enum Place: Hashable, Sendable {
    /// Between rules and in selectors.
    case selector
    /// Behind `@name`.
    case atRule(MarkupName)
    case propertyName
    case value
  }

  private enum Comment: Hashable, Sendable { case none, slash, inside, star }

  private(set) var place: Place
  /// The property whose value it is.
  private(set) var property = MarkupName()
  /// The word under way: a property's name, or what may turn out to be `url`.
  private var word = MarkupName()
  /// The quote of the string it is in; 0 for none.
  private(set) var quote: UInt8 = 0
  /// In `url(…)`.
  private(set) var url: URLContext?
  /// Parentheses that are open.
  private(set) var parentheses: UInt8 = 0
  /// Behind a colon in parentheses: `(min-width: `.
  private(set) var isFeatureValue = false
  /// Rule lists of at-rules that are open.
  private var rules: UInt8 = 0
  private var comment = Comment.none
  private var isEscaped = false
  private let isAttribute: Bool

  init(isAttribute: Bool) {
    self.isAttribute = isAttribute
    place = isAttribute ? .propertyName : .selector
  }

  var isInComment: Bool { comment == .inside || comment == .star }

  /// Behind a value: no word is under way.
  mutating func readValue() {
    word = MarkupName()
    comment = .none
    isEscaped = false
    if let place = url?.place, place == .start { url?.place = .behindURI }
  }

  /// The same place, but for the word and the property; nil where the places differ.
  func joined(with other: CSSContext) -> CSSContext? {
    var (a, b) = (self, other)
    (a.word, b.word) = (MarkupName(), MarkupName())
    (a.comment, b.comment) =
      (a.comment == .slash ? .none : a.comment, b.comment == .slash ? .none : b.comment)
    if a.property != b.property { (a.property, b.property) = (MarkupName(), MarkupName()) }
    return a == b ? a : nil
  }

  mutating func read(_ byte: UInt8) {
    if isEscaped {
      isEscaped = false
      return
    }
    if quote != 0 {
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else if byte == quote || byte == 0x0A && url == nil {
        quote = 0
      } else {
        url?.read(byte)
      }
      return
    }
    if readComment(byte) { return }
    if url != nil {
      readURL(byte)
      return
    }
    switch place {
    case .selector: readSelector(byte)
    case .atRule(let name): readAtRule(name, byte)
    case .propertyName: readPropertyName(byte)
    case .value: readValue(byte)
    }
  }

  /// Whether the byte is part of a comment.
  private mutating func readComment(_ byte: UInt8) -> Bool {
    switch comment {
    case .none, .slash:
      if comment == .slash, byte == UInt8(ascii: "*") {
        comment = .inside
        return true
      }
      comment = byte == UInt8(ascii: "/") && url == nil ? .slash : .none
      return false
    case .inside, .star:
      if comment == .star, byte == UInt8(ascii: "/") {
        comment = .none
      } else {
        comment = byte == UInt8(ascii: "*") ? .star : .inside
      }
      return true
    }
  }

  private mutating func readURL(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: ")"): url = nil
    case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
    case UInt8(ascii: "\\"): isEscaped = true
    default: url?.read(byte)
    }
  }

  private mutating func readSelector(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "@"): place = .atRule(MarkupName())
    case UInt8(ascii: "{"): startDeclarations()
    case UInt8(ascii: "}"): rules = rules == 0 ? 0 : rules - 1
    case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
    case UInt8(ascii: "\\"): isEscaped = true
    default: break
    }
  }

  /// At-rules that hold rules.
  ///
  /// Others with a block (`@font-face`, `@page`) hold declarations.
  private static let ruleLists: Set<MarkupName> = [
    "media", "supports", "document", "-moz-document", "layer", "container", "keyframes",
    "-webkit-keyframes", "scope",
  ]

  private mutating func readAtRule(_ name: MarkupName, _ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "{"):
      if Self.ruleLists.contains(word.isEmpty ? name : word) {
        rules = rules == .max ? rules : rules + 1
        place = .selector
      } else {
        startDeclarations()
      }
      endPrelude()
    case UInt8(ascii: ";"):
      place = .selector
      endPrelude()
    case UInt8(ascii: "("):
      parentheses = parentheses == .max ? parentheses : parentheses + 1
    case UInt8(ascii: ")"):
      parentheses = parentheses == 0 ? 0 : parentheses - 1
      isFeatureValue = false
    case UInt8(ascii: ":") where parentheses > 0: isFeatureValue = true
    case UInt8(ascii: "\""), UInt8(ascii: "'"): quote = byte
    case UInt8(ascii: "\\"): isEscaped = true
    default:
      // The name ends at the first byte that is no letter; `word` then holds it.
      if word.isEmpty {
        if byte.isLetter || byte == UInt8(ascii: "-") {
          var name = name
          name.append(byte)
          place = .atRule(name)
        } else {
          word = name
        }
      }
    }
  }

  private mutating func endPrelude() {
    word = MarkupName()
    parentheses = 0
    isFeatureValue = false
  }

  private mutating func startDeclarations() {
    place = .propertyName
    property = MarkupName()
    word = MarkupName()
    parentheses = 0
  }

  private mutating func readPropertyName(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: ":"):
      property = word
      word = MarkupName()
      place = .value
    case UInt8(ascii: ";"): word = MarkupName()
    case UInt8(ascii: "}") where !isAttribute:
      word = MarkupName()
      place = .selector
    default: if !byte.isSpace { word.append(byte) }
    }
  }

  private mutating func readValue(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: ";"): startDeclarations()
    case UInt8(ascii: "}") where !isAttribute:
      startDeclarations()
      place = .selector
    case UInt8(ascii: "("):
      if word == "url" {
        url = URLContext(.image)
      } else {
        parentheses = parentheses == .max ? parentheses : parentheses + 1
      }
      word = MarkupName()
    case UInt8(ascii: ")"):
      parentheses = parentheses == 0 ? 0 : parentheses - 1
      word = MarkupName()
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      quote = byte
      word = MarkupName()
    case UInt8(ascii: "\\"): isEscaped = true
    default:
      if byte.isLetterOrDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") {
        word.append(byte)
      } else {
        word = MarkupName()
      }
    }
  }
}
