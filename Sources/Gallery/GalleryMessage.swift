/// What came of rendering one layout for one persona.
package enum GalleryMessage: Sendable {
  /// The message as the recipient would get it.
  case rendered(RenderedMessage)

  /// No message: the reasons, or one sentence in place of them.
  case failed(reason: String, findings: [GalleryFinding] = [])
}

/// A message as the recipient would get it.
package struct RenderedMessage: Sendable {
  package var subject: String

  /// The line that a client shows behind the subject.
  package var preheader: String

  /// The sender as a client shows it.
  package var from: String?

  /// The HTML part, UTF-8.
  ///
  /// The gallery writes these very bytes to the message's file.
  package var html: [UInt8]

  /// The plain text part.
  package var plainText: String?

  package init(
    subject: String,
    preheader: String,
    from: String? = nil,
    html: [UInt8],
    plainText: String? = nil
  ) {
    self.subject = subject
    self.preheader = preheader
    self.from = from
    self.html = html
    self.plainText = plainText
  }
}
