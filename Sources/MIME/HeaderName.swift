/// The name of a header field: of RFC 5322's `ftext` the letters, digits, hyphens, underscores and full
/// stops, so that no name can end its line, or a string that it stands in.
package struct HeaderName: Hashable, Sendable {
  package let text: String

  /// Behind such a name there is room for an encoded word of one scalar, on the same line.
  static let limit = HeaderWriter.lineLimit - 4 - EncodedWord.overhead - EncodedWord.widestScalar

  /// Nil where a character cannot stand in a name, or the name would not leave room for a value.
  package init?(_ text: String) {
    let isName = text.utf8.allSatisfy { $0.isLetterOrDigit || "-_.".utf8.contains($0) }
    guard isName, !text.isEmpty, text.utf8.count <= Self.limit else { return nil }
    self.text = text
  }

  private init(known text: String) { self.text = text }

  package static let date = HeaderName(known: "Date")
  package static let from = HeaderName(known: "From")
  package static let listUnsubscribe = HeaderName(known: "List-Unsubscribe")
  package static let listUnsubscribePost = HeaderName(known: "List-Unsubscribe-Post")
  package static let replyTo = HeaderName(known: "Reply-To")
  package static let subject = HeaderName(known: "Subject")
  package static let to = HeaderName(known: "To")

  /// Who writes a field that a layout may not.
  package enum Owner: Hashable, Sendable {
    /// An element of its own has it.
    case element(String)
    /// It follows from the message or the run.
    case message
    /// Servers on the way write it.
    case servers
  }

  /// Who writes this field; nil where a layout may.
  package var owner: Owner? {
    let name = text.lowercased()
    switch name {
    case "subject": return .element("lp-subject")
    case "from": return .element("lp-from")
    case "reply-to": return .element("lp-reply-to")
    case "list-unsubscribe", "list-unsubscribe-post": return .element("lp-unsubscribe")
    case "to", "cc", "bcc", "date", "message-id", "mime-version": return .message
    case "return-path", "received", "delivered-to", "dkim-signature", "authentication-results",
      "sender", "apparently-to":
      return .servers
    default:
      if name.hasPrefix("content-") { return .message }
      return name.hasPrefix("resent-") || name.hasPrefix("arc-") ? .servers : nil
    }
  }
}
