/// Where a value comes out: what has to be done to it so that it stays in its place.
///
/// Contexts chooses it at compile time for each place of each output.
package struct Sink: Hashable, Sendable {
  package enum Kind: UInt8, Sendable {
    /// A string of the template's own: the bytes as they are.
    case verbatim
    /// The text part: the bytes as they are, without control characters.
    case plain
    /// A header or the subject: as plain, but a line end is refused.
    case header
    /// HTML text and quoted attributes.
    case html
    /// A comment that nobody reads; must not end it.
    case comment
    /// A whole URL (or its start, with scheme and host), by `use`.
    case url
    /// One part of a path.
    case urlPath
    /// The start of a part of a path, where `.` and `..` would climb.
    case urlPathStart
    /// In a query or fragment.
    case urlQuery
    /// A label of a host name.
    case urlHost
    /// The address behind `mailto:`.
    case urlMailbox
    /// The number behind `tel:` or `sms:`.
    case urlPhone
    /// A value in CSS, or a part of one.
    case cssValue
    /// In a quoted CSS string.
    case cssString
    /// Numbers only: a descriptor in `srcset`, a length in a media query.
    case number
  }

  /// What a URL is for; decides which schemes it may have.
  package enum URLUse: UInt8, Sendable {
    case link
    case image
    /// A candidate of `srcset`, where a comma ends it.
    case imageCandidate
  }

  /// What is done to a value that is HTML on purpose.
  package enum Markup: UInt8, Sendable {
    /// The value is no HTML.
    case none
    /// It is clean, and HTML may stand here: copied.
    case trusted
    /// HTML may stand here; it passes the allow-list.
    case sanitised
    /// No HTML may stand here: its text.
    case reduced
    /// In the text part: its text, with marks for its structure (`TextMark`).
    case marked
  }

  package var kind: Kind
  package var use: URLUse
  package var markup: Markup
  /// In `<style>` or outside of HTML, where references are not decoded; elsewhere the result is escaped
  /// for HTML too.
  package var isRawText: Bool
  /// A URL in CSS, where quotes and parentheses count.
  package var isCSS: Bool
  /// The value is percent-encoded already.
  package var isEncoded: Bool
  /// A space is written as `+`.
  package var isForm: Bool

  package init(
    _ kind: Kind,
    use: URLUse = .link,
    markup: Markup = .none,
    isRawText: Bool = false,
    isCSS: Bool = false
  ) {
    self.kind = kind
    self.use = use
    self.markup = markup
    self.isRawText = isRawText
    self.isCSS = isCSS
    isEncoded = false
    isForm = false
  }

  package static let plain = Sink(.plain)
  package static let header = Sink(.header)
  package static let html = Sink(.html)

  /// Traits of which one is enough for a text to be escaped as HTML and nothing else; where no HTML stands,
  /// those with which that leaves it as it is.
  var sufficientTraits: UInt8 {
    switch kind {
    case .html where markup == .none: Cell.isPrinted
    // No control character is in it but tabs and line ends.
    case .plain where markup == .none: Cell.isPrintedAsIs
    case .url where !isCSS && !isRawText && use != .imageCandidate: Cell.isPrintedWebURL
    case .urlQuery, .urlPath: Cell.isPrintedURLPart
    default: 0
    }
  }

  /// Whether the value becomes part of a URL, for personal data.
  var isURL: Bool {
    switch kind {
    case .url, .urlPath, .urlPathStart, .urlQuery, .urlHost, .urlMailbox, .urlPhone: true
    default: false
    }
  }
}
