import LetterpressDiagnostics

extension Diagnostic {
  /// The end of a message that offers another name.
  static func didYouMean(_ near: String?) -> String {
    near.map { "; did you mean '\($0)'?" } ?? ""
  }

  /// The fix-it that goes with `didYouMean`.
  static func replacement(of range: SourceRange, by near: String?) -> [FixIt] {
    near.map {
      [FixIt("replace by '\($0)'", edits: [FixIt.Edit(range, $0)], isSafe: false)]
    } ?? []
  }
}

/// What people write who come from other languages, the longer spellings first.
let foreignSpellings: [(written: String, message: String, replacement: String?)] = [
  ("&quot;", "Liquid reads the source as it stands: write the quote itself", nil),
  ("&apos;", "Liquid reads the source as it stands: write the quote itself", "'"),
  ("&#39;", "Liquid reads the source as it stands: write the quote itself", "'"),
  ("&lt;", "Liquid reads the source as it stands: write '<' itself", "<"),
  ("&gt;", "Liquid reads the source as it stands: write '>' itself", ">"),
  ("&amp;&amp;", "Liquid has no '&&'; use 'and'", "and"),
  ("{{", "a tag needs no '{{ }}'; write the value itself", nil),
  ("&&", "Liquid has no '&&'; use 'and'", "and"),
  ("||", "Liquid has no '||'; use 'or'", "or"),
  ("!", "Liquid has no '!'; use 'unless', '!=' or '== false'", nil),
  ("?", "Liquid has no '? :'; use 'if' and 'else'", nil),
  ("+", "Liquid has no '+'; use the filter 'plus', or 'append' for strings", nil),
  ("-", "Liquid has no '-'; use the filter 'minus'", nil),
  ("*", "Liquid has no '*'; use the filter 'times'", nil),
  ("/", "Liquid has no '/'; use the filter 'divided_by'", nil),
  ("%", "Liquid has no '%'; use the filter 'modulo'", nil),
  ("&", "unexpected '&'; use 'and' for conditions, the filter 'append' for strings", nil),
]

/// What other template languages call a filter.
let filterSynonyms = [
  "uppercase": "upcase", "upper": "upcase", "lowercase": "downcase", "lower": "downcase",
  "titlecase": "capitalize", "title": "capitalize", "trim": "strip", "length": "size",
  "count": "size",
  "add": "plus", "subtract": "minus", "multiply": "times", "divide": "divided_by", "mod": "modulo",
  "e": "escape", "h": "escape", "urlencode": "url_encode", "translate": "t", "currency": "money",
  "nl2br": "newline_to_br", "filter": "where", "unique": "uniq",
]

/// A name as messages show it: in quotes, one line, not too long.
func quoted(_ text: String) -> String {
  var shown = ""
  for (index, scalar) in text.unicodeScalars.enumerated() {
    guard index < 40 else { return "'\(shown)…'" }
    shown.unicodeScalars.append(scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar)
  }
  return "'\(shown)'"
}

extension TokenReader {
  /// Whether the word `not` stands right before the current token.
  var previousWordIsNot: Bool {
    previousEnd >= 3 && bytes.has("not", at: previousEnd - 3)
      && (previousEnd == 3 || !bytes[previousEnd - 4].isNamePart)
  }
}

extension Diagnostic {
  /// `{{{ x }}}`, as Handlebars prints without escaping.
  static func tripleBrace(
    at index: Int,
    before end: Int,
    in bytes: [UInt8],
    file: SourceFile.ID
  ) -> Diagnostic {
    func place(_ start: Int) -> SourceRange {
      SourceRange(file: file, start: start, end: start + 1)
    }
    var edits = [FixIt.Edit(place(index), "")]
    if end + 2 < bytes.count, bytes[end + 2] == UInt8(ascii: "}") {
      edits.append(FixIt.Edit(place(end + 2), ""))
    }
    return Diagnostic(
      DiagnosticID("foreign-merge-tag"),
      .error,
      "'{{{' is another system's way to print markup; here it is '{{'",
      at: SourceRange(file: file, start: index - 2, end: index + 1),
      notes: [
        "A field that is markup on purpose has \"contentMediaType\": \"text/html\" in the schema."
      ],
      fixIts: [FixIt("write '{{'", edits: edits, isSafe: false)]
    )
  }

  /// The typographic quotes that the parser meets first, with the partner that closes them.
  static func curlyQuotes(
    at index: Int,
    before end: Int,
    in bytes: [UInt8],
    file: SourceFile.ID
  ) -> Diagnostic {
    var quotes = [index]
    var next = index + 3
    while next < end, quotes.count == 1 {
      if isCurlyQuote(at: next, in: bytes) { quotes.append(next) }
      next += 1
    }
    let content = quotes.count == 2 ? bytes[index + 3..<quotes[1]] : []
    // Single ones do no harm within an attribute's double ones.
    return curlyQuotes(
      quotes.map { SourceRange(file: file, start: $0, end: $0 + 3) },
      straight: content.contains(UInt8(ascii: "'")) ? "\"" : "'"
    )
  }
}

/// U+2018 … U+201F: “, ”, ‘, ’ and their low and reversed forms.
func isCurlyQuote(at index: Int, in bytes: [UInt8]) -> Bool {
  index + 2 < bytes.count && bytes[index] == 0xE2 && bytes[index + 1] == 0x80
    && (0x98...0x9F).contains(bytes[index + 2])
}
