/// Where an HTML reader is after some bytes: all that decides what the next value means there.
struct HTMLContext: Hashable, Sendable {
  enum State: Hashable, Sendable {
    case text
    /// In the name of a start tag, which may go on.
    case tagName
    /// In a start tag, between attributes.
    case tag
    case attributeName
    case afterAttributeName
    /// Behind the `=`.
    case beforeValue
    case value
    /// In an end tag, behind its name.
    case endTag
    /// `<title>`, `<textarea>`: text with references.
    case rcdata
    /// `<style>`.
    case style
    /// `<script>` and other elements whose content is no HTML at all.
    case rawText
    case comment
    /// Between `<!--[if` and `]>`.
    case condition
    /// `<!doctype`, `<![CDATA[`, `<?`.
    case declaration
  }

  /// Who sees it.
  ///
  /// What stands in `<!--[if mso]>…<![endif]-->` is a comment to browsers and HTML to Outlook; what
  /// stands in `<!--[if !mso]><!-->…<!--<![endif]-->` is skipped by Outlook.
  enum Audience: Hashable, Sendable {
    case everyone, outlook, others
  }

  /// What must come next, where two paths left a name open and closed.
  enum Separation: Hashable, Sendable {
    case none, noEqualsSign, delimiter
  }

  var state: State
  var audience: Audience
  /// The element whose tag or raw text it is.
  var element: MarkupName
  /// The attribute whose name or value it is.
  var attribute: MarkupName
  /// The quote around the value; 0 for none.
  var quote: UInt8
  var value: ValueContext
  var separation: Separation
  /// The last byte of the tag was `/`.
  var hasSlash: Bool
  /// The start of a token that the next bytes will decide: `<`, `<!-`, `--`.
  var pending: [UInt8]

  init() {
    state = .text
    audience = .everyone
    element = MarkupName()
    attribute = MarkupName()
    quote = 0
    value = .plain
    separation = .none
    hasSlash = false
    pending = []
  }

  /// For messages: "in a comment".
  var description: String {
    let place =
      switch state {
      case .text: "in text"
      case .tagName, .tag, .endTag: "inside of a tag"
      case .attributeName, .afterAttributeName: "in the name of an attribute"
      case .beforeValue, .value:
        "in the value of '\(attribute.text ?? "an attribute")'"
      case .rcdata, .style, .rawText: "inside of <\(element.text ?? "an element")>"
      case .comment: "in a comment"
      case .condition: "in the condition of a conditional comment"
      case .declaration: "in a declaration"
      }
    return switch audience {
    case .everyone: place
    case .outlook: place + " for Outlook only"
    case .others: place + " hidden from Outlook"
    }
  }

  /// The context after two paths; nil where they cannot be one.
  func joined(with other: HTMLContext, at branch: JoinPlace) -> HTMLContext? {
    if self == other { return self }
    guard audience == other.audience else { return nil }
    var result = self
    result.pending = pending == other.pending || state == .comment ? pending : []
    if state == .comment, pending != other.pending { result.pending = [] }
    guard state == .comment || pending == other.pending else { return nil }
    if isInTag, other.isInTag, element == other.element {
      if state == other.state, attribute == other.attribute, state != .tagName { return result }
      result.state = .tag
      result.attribute = MarkupName()
      result.separation = max(openness, other.openness)
      return result
    }
    guard state == other.state, element == other.element else { return nil }
    switch state {
    case .value, .beforeValue:
      guard attribute == other.attribute, quote == other.quote else { return nil }
      result.value = value.joined(with: other.value, at: branch)
      return result
    case .style:
      result.value = value.joined(with: other.value, at: branch)
      return result
    case .text, .comment, .rcdata, .rawText, .endTag, .condition, .declaration:
      // What remains of tags that are over does not matter.
      return result
    case .tagName, .tag, .attributeName, .afterAttributeName:
      return nil
    }
  }

  private var isInTag: Bool {
    switch state {
    case .tagName, .tag, .attributeName, .afterAttributeName: true
    // An unquoted value ends like a name.
    case .value: quote == 0
    default: false
    }
  }

  private var openness: Separation {
    switch state {
    case .tagName, .attributeName, .value: .delimiter
    case .afterAttributeName: .noEqualsSign
    default: separation
    }
  }

  private func max(_ a: Separation, _ b: Separation) -> Separation {
    if a == .delimiter || b == .delimiter { return .delimiter }
    return a == .noEqualsSign || b == .noEqualsSign ? .noEqualsSign : .none
  }
}

/// How the value of an attribute, or the content of `<style>`, reads.
enum ValueContext: Hashable, Sendable {
  case plain
  case url(URLContext)
  case srcset(SrcsetContext)
  case css(CSSContext)
  /// Nothing that a value could be made is safe here.
  case refused(Refusal)
  /// Two paths end at different places of a URL or of CSS; fine as long as no value follows.
  case ambiguous(JoinPlace)

  func joined(with other: ValueContext, at branch: JoinPlace) -> ValueContext {
    switch (self, other) {
    case _ where self == other: self
    case (.css(let a), .css(let b)): a.joined(with: b).map { .css($0) } ?? .ambiguous(branch)
    default: .ambiguous(branch)
    }
  }
}

/// Why no value may stand at a place.
enum Refusal: Hashable, Sendable {
  case tagName
  case attributeName
  case unquotedValue
  case eventHandler
  case script
  /// `srcdoc`: a document in an attribute.
  case document
  /// `<base href>`, which changes every link.
  case base
  /// `<link>`: what it loads restyles the message.
  case linkedResource
  /// `<meta>`.
  case meta
  case formTarget
  case embedded
  case declaration
  case condition
  case commentEnd
  case scheme
  case literalScheme
  case behindURI
  case cssComment
  case cssSelector
  case cssAtRule
  case cssPropertyName
  case cssProperty
}
