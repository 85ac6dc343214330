/// The marks of a text part under way: what its structure is, until `TextWriter` writes it as lines.
///
/// A text part is first rendered as text with marks in it. They are control characters, which no value can
/// print (`Sink.plain` drops them) and no source file may hold, so that no value can change the structure.
///
///     <h1>{{ x }}</h1><p>A</p>      heading1 x headingEnd paragraph A paragraph
package enum TextMark: UInt8, Sendable {
  /// A blank line stands between what is before and what is behind.
  case paragraph = 0x01
  /// What is behind starts on a line of its own.
  case line = 0x02
  /// The line ends here: `<br>`.
  case lineBreak = 0x03
  /// A line of dashes.
  case divider = 0x04
  /// What follows is run and not shown, until its `show`.
  case hide = 0x05
  case show = 0x06
  /// White space counts from here, until its `collapse`.
  case preserve = 0x07
  case collapse = 0x08
  /// Ends the innermost table.
  case tableEnd = 0x0B
  /// What follows stands in place of the text behind the next `derived`.
  case replacement = 0x0C
  /// Here starts the text that is derived from the body.
  case derived = 0x0E
  /// The target of a link follows, then `linkLabel` and its label, then `linkEnd`.
  case linkTarget = 0x0F
  case linkLabel = 0x10
  case linkEnd = 0x11
  case heading1 = 0x12
  case heading2 = 0x13
  /// A heading that only stands apart.
  case heading3 = 0x14
  case headingEnd = 0x15
  case bulletList = 0x16
  case numberedList = 0x17
  case item = 0x18
  case listEnd = 0x19
  case quote = 0x1A
  case quoteEnd = 0x1B
  /// A table whose cells stand side by side.
  case dataTable = 0x1C
  /// A table that only puts things in their places: each cell is on lines of its own.
  case layoutTable = 0x1D
  case row = 0x1E
  case cell = 0x1F
  /// `-- `, the line in front of a signature.
  case signature = 0x7F
}
