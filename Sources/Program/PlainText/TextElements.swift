/// What the elements of HTML are in a text part.
enum TextElements {
  /// What stands before and behind the content of an element.
  struct Marks: Sendable {
    var open: [TextMark]
    var close: [TextMark]

    init(_ open: [TextMark], _ close: [TextMark]) {
      self.open = open
      self.close = close
    }
  }

  /// The marks of an element; nil for one that is part of the line, and for `a`, `img` and `table`, which
  /// depend on their attributes.
  static func marks(of name: MarkupName) -> Marks? { all[name] }

  private static let paragraph = Marks([.paragraph], [.paragraph])
  private static let line = Marks([.line], [.line])

  private static let all: MarkupNameTable<Marks> = [
    "p": paragraph, "dl": paragraph, "figure": paragraph, "fieldset": paragraph,
    "form": paragraph,
    "div": line, "section": line, "article": line, "header": line, "footer": line, "main": line,
    "nav": line, "aside": line, "address": line, "center": line, "figcaption": line,
    "caption": line, "dt": line, "dd": line, "legend": line, "details": line, "summary": line,
    "h1": Marks([.paragraph, .heading1], [.headingEnd, .paragraph]),
    "h2": Marks([.paragraph, .heading2], [.headingEnd, .paragraph]),
    "h3": Marks([.paragraph, .heading3], [.headingEnd, .paragraph]),
    "h4": Marks([.paragraph, .heading3], [.headingEnd, .paragraph]),
    "h5": Marks([.paragraph, .heading3], [.headingEnd, .paragraph]),
    "h6": Marks([.paragraph, .heading3], [.headingEnd, .paragraph]),
    "br": Marks([.lineBreak], []),
    "hr": Marks([.divider], []),
    "ul": Marks([.bulletList], [.listEnd]), "menu": Marks([.bulletList], [.listEnd]),
    "dir": Marks([.bulletList], [.listEnd]),
    "ol": Marks([.numberedList], [.listEnd]),
    "li": Marks([.item], [.line]),
    "blockquote": Marks([.paragraph, .quote], [.quoteEnd, .paragraph]),
    "pre": Marks([.paragraph, .preserve], [.collapse, .paragraph]),
    "tr": Marks([.row], [.line]),
    "td": Marks([.cell], []), "th": Marks([.cell], []),
  ]
}
