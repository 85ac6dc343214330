import LetterpressTyping

/// What decides the attributes of an element that its text needs, after the cascade (`AttributeCascade`).
///
/// Few elements have more than two of them, so each is looked up on its own.
struct TextAttributes {
  let element: TypedElement
  let classes: [String]
  let classesAround: [String]

  /// Attributes whose values may come out in the text.
  static let printed: Set<String> = ["alt", "base-url", "href", "lp-text"]
}

extension PlainTextBuilder {
  /// The value of an attribute; nil where nothing sets it and it has no default.
  func value(of name: AttributeName, _ attributes: TextAttributes) -> AttributeValue? {
    let element = attributes.element
    if let own = element.attribute(name.text) { return context.value(of: own) }
    for layer in attributes.classesAround.reversed() {
      let byTag = context.cascade.byClassAndTag[layer]
      if let value = byTag?[element.name]?.value(of: name) { return value }
    }
    for layer in attributes.classes.reversed() {
      if let value = context.cascade.byClass[layer]?.value(of: name) { return value }
    }
    if let value = context.cascade.byTag[element.name]?.value(of: name) { return value }
    return context.cascade.all.value(of: name)
  }
}

extension [NamedAttribute] {
  fileprivate func value(of name: AttributeName) -> AttributeValue? {
    first { $0.name == name }?.value
  }
}
