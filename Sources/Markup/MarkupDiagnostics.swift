import LetterpressDiagnostics

/// What can be wrong with a file's bytes and tags, alphabetically. What the catalogue says about
/// elements and attributes stands in `ContentDiagnostics.swift`.
extension Diagnostic {
  static let liquidInElementNameID = DiagnosticID("liquid-in-element-name")

  static func attributesInEndTag(at range: SourceRange) -> Self {
    Self(
      "malformed-end-tag",
      .error,
      "an end tag holds nothing but its name",
      at: range,
      fixIts: [FixIt("remove it", edits: [.init(range, "")])]
    )
  }

  static func bidiControl(_ scalar: UInt32, at range: SourceRange) -> Self {
    Self(
      "bidi-control",
      .warning,
      "the invisible character \(hex(scalar)) changes the order of the text",
      at: range,
      label: hex(scalar),
      notes: ["It can make a template look different from what it does."],
      fixIts: [FixIt("remove it", edits: [.init(range, "")], isSafe: false)]
    )
  }

  static func cdataNotClosed(at range: SourceRange) -> Self {
    Self(
      "cdata-not-closed",
      .error,
      "this CDATA section is not closed: ']]>' is missing",
      at: range
    )
  }

  static func cdataSection(at range: SourceRange) -> Self {
    Self(
      "cdata-section",
      .error,
      "a CDATA section has no meaning between elements",
      at: range,
      notes: ["Text stands in an element such as 'mj-text', without CDATA."]
    )
  }

  static func commentNotClosed(at range: SourceRange) -> Self {
    Self(
      "comment-not-closed",
      .error,
      "this comment is not closed: '-->' is missing",
      at: range,
      label: "opened here"
    )
  }

  static func controlCharacter(_ scalar: UInt32, at range: SourceRange) -> Self {
    Self(
      "control-character",
      .error,
      "the character \(hex(scalar)) may not stand in a template",
      at: range,
      label: hex(scalar),
      fixIts: [FixIt("remove it", edits: [.init(range, "")], isSafe: false)]
    )
  }

  static func declaredEncoding(at range: SourceRange) -> Self {
    Self(
      "encoding",
      .error,
      "templates are UTF-8, but the XML declaration names another encoding",
      at: range,
      notes: ["Save the file as UTF-8 and remove the declaration."]
    )
  }

  static func doctype(at range: SourceRange) -> Self {
    Self(
      "doctype",
      .error,
      "a document type declaration is not allowed in a template",
      at: range,
      notes: ["MJML writes the HTML doctype itself; entities and DTDs are never read."]
    )
  }

  static func duplicateAttribute(
    _ name: String,
    at range: SourceRange,
    first: SourceRange,
    whole: SourceRange
  ) -> Self {
    Self(
      "duplicate-attribute",
      .warning,
      "the attribute '\(name)' is given twice; the first one counts",
      at: range,
      labels: [Label(first, "first given here")],
      fixIts: [FixIt("remove it", edits: [.init(whole, "")], isSafe: false)]
    )
  }

  static func elementNotClosed(
    _ name: String,
    at range: SourceRange,
    atEndOfFile end: SourceRange,
    outer: String?
  ) -> Self {
    Self(
      "element-not-closed",
      .error,
      "'<\(name)>' is not closed",
      at: range,
      label: "opened here",
      labels: [Label(end, "the file ends here")],
      notes: outer.map { ["'<\($0)>' around it is not closed either."] } ?? []
    )
  }

  static func elementNotClosed(
    _ name: String,
    at range: SourceRange,
    before endTag: SourceRange,
    insertingAt place: SourceRange
  ) -> Self {
    Self(
      "element-not-closed",
      .error,
      "'<\(name)>' is not closed",
      at: range,
      label: "opened here",
      labels: [Label(endTag, "this end tag comes first")],
      fixIts: [
        FixIt(
          "insert '</\(name)>'",
          edits: [.init(place, "</\(name)>")],
          isSafe: false
        )
      ]
    )
  }

  static func emptyDocument(at range: SourceRange) -> Self {
    Self(
      "no-root-element",
      .error,
      "the file holds no element",
      at: range,
      notes: ["A layout is an 'mjml' element; a block is an 'lp-block' element."]
    )
  }

  static func endrawInElement(at range: SourceRange, opened: SourceRange?) -> Self {
    Self(
      "unbalanced-raw",
      .error,
      "'{% endraw %}' does not stand beside its '{% raw %}'",
      at: range,
      labels: opened.map { [Label($0, "this element is open here, but was not there")] } ?? [],
      notes: ["A raw block around elements holds whole elements."]
    )
  }

  static func fileTooLarge(_ size: Int, limit: Int, at range: SourceRange) -> Self {
    Self(
      "file-too-large",
      .error,
      "the file has \(size) bytes; the limit is \(limit)",
      at: range
    )
  }

  static func invalidAttributeName(at range: SourceRange) -> Self {
    Self(
      "invalid-attribute-name",
      .error,
      "this is no attribute",
      at: range,
      notes: ["An attribute is a name, '=' and a value in quotes: color=\"red\"."]
    )
  }

  static func invalidElementName(at range: SourceRange) -> Self {
    Self(
      "invalid-element-name",
      .error,
      "this is no name of an element",
      at: range,
      notes: ["Names hold letters, digits, '-', '_' and '.'; a '<' in text is written '&lt;'."]
    )
  }

  static func invalidUTF8(_ byte: UInt8, at range: SourceRange) -> Self {
    Self(
      "invalid-utf8",
      .error,
      "the file is not UTF-8: the byte 0x\(hexDigits(UInt32(byte), 2)) "
        + "does not belong here",
      at: range,
      notes: ["Save the file as UTF-8."]
    )
  }

  static func liquidAmongAttributes(at range: SourceRange) -> Self {
    Self(
      "liquid-among-attributes",
      .error,
      "Liquid cannot stand among the attributes of an element",
      at: range,
      notes: ["Put it into a value: color=\"{% if profile.vip %}gold{% else %}black{% endif %}\"."]
    )
  }

  static func liquidBlockNotClosed(_ name: String, at range: SourceRange) -> Self {
    Self(
      "unclosed-block",
      .error,
      "'{% \(name) %}' is not closed",
      at: range,
      label: "'{% end\(name) %}' is missing"
    )
  }

  static func liquidInAttributeName(at range: SourceRange) -> Self {
    Self(
      "liquid-in-attribute-name",
      .error,
      "Liquid cannot make the name of an attribute",
      at: range,
      notes: ["Values may hold Liquid, names may not."]
    )
  }

  static func liquidInElementName(at range: SourceRange) -> Self {
    Self(
      liquidInElementNameID,
      .error,
      "Liquid cannot make the name of an element",
      at: range,
      notes: ["Write both elements, and choose with {% if %} around them."]
    )
  }

  static func liquidNotClosed(isTag: Bool, at range: SourceRange) -> Self {
    let (open, close) = isTag ? ("{%", "%}") : ("{{", "}}")
    return Self(
      isTag ? "unterminated-tag" : "unterminated-output",
      .error,
      "'\(open)' is not closed: '\(close)' is missing",
      at: range,
      label: "opened here"
    )
  }

  static func misplacedXMLDeclaration(at range: SourceRange) -> Self {
    Self(
      "xml-declaration",
      .error,
      "an XML declaration can only be the first thing in a file",
      at: range,
      fixIts: [FixIt("remove it", edits: [.init(range, "")])]
    )
  }

  static func missingSpace(at range: SourceRange) -> Self {
    Self(
      "missing-space",
      .error,
      "a space is missing between two attributes",
      at: range,
      fixIts: [FixIt("insert a space", edits: [.init(range, " ")])]
    )
  }

  static func missingValue(at range: SourceRange) -> Self {
    Self("missing-value", .error, "a value in quotes is missing after '='", at: range)
  }

  static func nameTooLong(limit: Int, at range: SourceRange) -> Self {
    Self("name-too-long", .error, "a name may have \(limit) bytes", at: range)
  }

  static func nestingTooDeep(_ name: String, limit: Int, at range: SourceRange) -> Self {
    Self(
      "nesting-too-deep",
      .error,
      "'\(name)' is nested too deep; the limit is \(limit) elements",
      at: range
    )
  }

  static func noRootElement(at range: SourceRange) -> Self {
    Self(
      "no-root-element",
      .error,
      "the file holds text, but no element",
      at: range,
      notes: ["A layout is an 'mjml' element; a block is an 'lp-block' element."]
    )
  }

  static func notWellFormed(_ message: String, at range: SourceRange) -> Self {
    Self("not-well-formed", .error, "this is not well-formed: \(message)", at: range)
  }

  static func plainDoctype(at range: SourceRange) -> Self {
    Self(
      "doctype",
      .warning,
      "a doctype is not needed in a template and is ignored",
      at: range,
      notes: ["MJML writes the HTML doctype itself."],
      fixIts: [FixIt("remove it", edits: [.init(range, "")])]
    )
  }

  static func prefixedElement(_ prefix: SourceRange, at range: SourceRange) -> Self {
    Self(
      "prefixed-element",
      .error,
      "the name of an element has no prefix here",
      at: range,
      notes: ["Elements of other vocabularies (VML, Office) stand in 'mj-raw'."],
      fixIts: [FixIt("remove the prefix", edits: [.init(prefix, "")], isSafe: false)]
    )
  }

  static func processingInstruction(at range: SourceRange) -> Self {
    Self(
      "processing-instruction",
      .error,
      "processing instructions are not allowed in a template",
      at: range
    )
  }

  static func secondRootElement(_ name: String, at range: SourceRange, first: SourceRange) -> Self {
    Self(
      "second-root-element",
      .error,
      "'<\(name)>' stands outside of the one element of the file",
      at: range,
      labels: [Label(first, "the file's element")]
    )
  }

  static func tagNotClosed(at range: SourceRange) -> Self {
    Self(
      "tag-not-closed",
      .error,
      "this tag is not closed: '>' is missing",
      at: range,
      label: "opened here"
    )
  }

  static func textOutsideRoot(at range: SourceRange) -> Self {
    Self("text-outside-root", .error, "text stands outside of the file's element", at: range)
  }

  static func tooManyAttributes(limit: Int, at range: SourceRange) -> Self {
    Self("too-many-attributes", .error, "an element may have \(limit) attributes", at: range)
  }

  static func unexpectedEndTag(_ name: String, at range: SourceRange) -> Self {
    Self(
      "unexpected-end-tag",
      .error,
      "'</\(name)>' closes nothing: no element is open here",
      at: range
    )
  }

  static func unknownDeclaration(at range: SourceRange) -> Self {
    Self(
      "unknown-declaration",
      .error,
      "'<!' opens neither a comment nor anything else that is known",
      at: range,
      notes: ["A comment is written '<!-- … -->'."]
    )
  }

  static func upperCaseEndTag(_ name: String, at range: SourceRange) -> Self {
    Self(
      "upper-case-end-tag",
      .error,
      "the end tag of '\(name)' must be in lower case",
      at: range,
      notes: ["MJML loses the whole content of the element otherwise."],
      fixIts: [FixIt("write '\(name)'", edits: [.init(range, name)])]
    )
  }

  static func valueNotClosed(at range: SourceRange) -> Self {
    Self(
      "value-not-closed",
      .error,
      "this value is not closed: its second quote is missing",
      at: range,
      label: "opened here"
    )
  }

  static func valueNotQuoted(at range: SourceRange, holdsQuote: Bool) -> Self {
    let quote = holdsQuote ? "'" : "\""
    return Self(
      "value-not-quoted",
      .error,
      "the value of an attribute stands in quotes",
      at: range,
      fixIts: [
        FixIt(
          "put it in quotes",
          edits: [.init(range.startPoint, quote), .init(range.endPoint, quote)]
        )
      ]
    )
  }

  static func wrongEncoding(_ encoding: String, at range: SourceRange) -> Self {
    Self(
      "encoding",
      .error,
      "the file is \(encoding), not UTF-8",
      at: range,
      notes: ["Save the file as UTF-8."]
    )
  }

  static func wrongEndTag(
    _ name: String,
    at range: SourceRange,
    expected: String,
    opened: SourceRange
  ) -> Self {
    Self(
      "wrong-end-tag",
      .error,
      "'</\(name)>' does not close '<\(expected)>'",
      at: range,
      labels: [Label(opened, "opened here")],
      fixIts: [FixIt("write '\(expected)'", edits: [.init(range, expected)], isSafe: false)]
    )
  }

  static func xmlVersion(at range: SourceRange) -> Self {
    Self("xml-declaration", .error, "templates are XML 1.0", at: range)
  }

  /// `U+202E`.
  private static func hex(_ scalar: UInt32) -> String { "U+" + hexDigits(scalar, 4) }

  private static func hexDigits(_ value: UInt32, _ width: Int) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// Factories name their kind by a literal.
  fileprivate init(
    _ id: String,
    _ severity: Severity,
    _ message: String,
    at range: SourceRange,
    label: String = "",
    labels: [Label] = [],
    notes: [String] = [],
    fixIts: [FixIt] = []
  ) {
    self.init(
      DiagnosticID(id),
      severity,
      message,
      at: range,
      label: label,
      labels: labels,
      notes: notes,
      fixIts: fixIts
    )
  }
}
