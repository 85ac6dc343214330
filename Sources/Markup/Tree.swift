package import LetterpressDiagnostics

/// A located tree of one source file.
///
/// Nothing is decoded: names, values and raw content are ranges of the file as the author wrote it
/// (MJML copies them unchanged, entities included). Liquid between elements stands where it was found, a
/// tag each; pairing tags is the next stage's work.
package struct Document: Sendable {
  package var file: SourceFile.ID
  /// Everything at the top: one element, maybe with comments and Liquid around it.
  package var nodes: [MarkupNode]

  package init(file: SourceFile.ID, nodes: [MarkupNode]) {
    self.file = file
    self.nodes = nodes
  }

  /// The first element at the top.
  package var root: Element? {
    for case .element(let element) in nodes { return element }
    return nil
  }
}

package enum MarkupNode: Sendable {
  case element(Element)
  /// `{{ … }}` or `{% … %}`, or a whole block of which nothing is an element (`comment`, `raw`, `doc`,
  /// `capture`) to its end tag. A `raw` around elements leaves no node: they are literal.
  case liquid(SourceRange)
  /// `<!-- … -->`, delimiters included.
  case comment(SourceRange)
  /// Text where only elements have a meaning; never only white space.
  case text(SourceRange)
}

/// An element; a class because every stage hands it around.
package final class Element: Sendable {
  /// Lower case, as MJML reads it.
  package let name: String
  package let nameRange: SourceRange
  /// A slice of all of its file.
  package let attributes: ArraySlice<Attribute>
  /// Of an element that holds elements.
  package let children: [MarkupNode]
  /// Of an *ending tag* (mj-text, mj-button, mj-raw, …): what stands between its tags, untrimmed.
  package let content: SourceRange?
  /// From `<` to the `>` of the end tag.
  package let range: SourceRange
  /// `<name …>`.
  package let startTag: SourceRange
  /// `</name>`; empty, at the end, for `<name/>`.
  package let endTag: SourceRange
  /// It stands in `{% raw %}` … `{% endraw %}`: no brace in its values and its content is Liquid.
  package let isLiteral: Bool
  /// Of what an `mj-include` put in its place: how often its file had been included in the mail before.
  package let inclusion: Int

  package init(
    name: String,
    nameRange: SourceRange,
    attributes: ArraySlice<Attribute>,
    children: [MarkupNode],
    content: SourceRange?,
    range: SourceRange,
    startTag: SourceRange,
    endTag: SourceRange,
    isLiteral: Bool = false,
    inclusion: Int = 0
  ) {
    self.name = name
    self.nameRange = nameRange
    self.attributes = attributes
    self.children = children
    self.content = content
    self.range = range
    self.startTag = startTag
    self.endTag = endTag
    self.isLiteral = isLiteral
    self.inclusion = inclusion
  }

  /// The same with other children.
  package func replacing(children: [MarkupNode]) -> Element {
    replacing(children: children, inclusion: inclusion)
  }

  /// The same in another place.
  package func replacing(inclusion: Int) -> Element {
    replacing(children: children, inclusion: inclusion)
  }

  private func replacing(children: [MarkupNode], inclusion: Int) -> Element {
    Element(
      name: name,
      nameRange: nameRange,
      attributes: attributes,
      children: children,
      content: content,
      range: range,
      startTag: startTag,
      endTag: endTag,
      isLiteral: isLiteral,
      inclusion: inclusion
    )
  }

  /// The first attribute of a name.
  package func attribute(_ name: String) -> Attribute? { attributes.first { $0.name == name } }
}

package struct Attribute: Sendable {
  /// As written: names of attributes keep their case in MJML.
  package var name: String
  package var nameRange: SourceRange
  /// Between the quotes; empty after the name for an attribute without value.
  package var value: SourceRange
  /// Whether there is a value at all (`<a b>` has none).
  package var hasValue: Bool

  package init(name: String, nameRange: SourceRange, value: SourceRange, hasValue: Bool) {
    self.name = name
    self.nameRange = nameRange
    self.value = value
    self.hasValue = hasValue
  }

  /// Name and value with its quotes.
  package var range: SourceRange { nameRange.to(value) }
}
