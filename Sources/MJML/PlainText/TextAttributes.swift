import LetterpressTyping

/// The attributes of an element that its text needs, after the cascade (`AttributeCascade`).
///
/// Few elements have more than two of them, so each is looked up on its own.
struct TextAttributes {
  let element: TypedElement
  let classes: [String]
  let classesAround: [String]
  let context: LayoutContext

  /// Attributes whose values may come out in the text.
  static let printed: Set<String> = ["alt", "base-url", "href", "lp-text"]

  /// The value of an attribute; nil where nothing sets it and it has no default.
  subscript(name: AttributeName) -> AttributeValue? {
    if let own = element.attribute(name.text) { return context.value(of: own) }
    let cascade = context.cascade
    for layer in classesAround.reversed() {
      if let value = cascade.byClassAndTag[layer]?[element.name]?.value(of: name) { return value }
    }
    for layer in classes.reversed() {
      if let value = cascade.byClass[layer]?.value(of: name) { return value }
    }
    if let value = cascade.byTag[element.name]?.value(of: name) { return value }
    return cascade.all.value(of: name)
  }
}

extension [NamedAttribute] {
  fileprivate func value(of name: AttributeName) -> AttributeValue? {
    first { $0.name == name }?.value
  }
}
