/// Colors and images for readers whose client is dark: `dark-color`, `dark-src` and the like.
///
/// Colors are rules in the head, for a class of the element; so they are known when the template is
/// compiled. Images are sources of a `<picture>`.
struct DarkRule: Hashable, Sendable {
  var property: String
  var value: String
}

extension LayoutContext {
  /// The class whose rules are the values of these attributes for dark clients; nil where none is set.
  mutating func darkClass(
    of element: LayoutElement,
    _ declarations: [(property: String, name: AttributeName)]
  ) throws(LayoutInterruption) -> String? {
    var rules: [DarkRule] = []
    for index in declarations.indices where element.attributes.has(declarations[index].name) {
      guard let value = try setText(declarations[index].name, of: element) else { continue }
      rules.append(DarkRule(property: declarations[index].property, value: value))
    }
    if rules.isEmpty { return nil }
    // A side that is as all sides are needs no rule of its own.
    if let border = rules.first(where: { $0.property == "border-color" })?.value {
      rules.removeAll {
        $0.property != "border-color" && $0.property.hasPrefix("border-") && $0.value == border
      }
    }
    return head.darkClass(for: rules)
  }

  /// The class of the cell around a content element.
  mutating func cellClass(
    of element: LayoutElement
  ) throws(LayoutInterruption) -> AttributeValue? {
    let dark = try darkClass(
      of: element,
      [("background-color", .darkContainerBackgroundColor)]
    )
    return element[.cssClass].adding(dark)
  }
}

extension AttributeValue? {
  /// A list of classes with one more.
  func adding(_ name: String?) -> AttributeValue? {
    guard let name else { return self }
    guard let self, self.known != "" else { return AttributeValue(name) }
    return self.appending(" " + name)
  }
}

extension [(property: String, name: AttributeName)] {
  static let darkBorder: Self = [
    ("border-color", .darkBorderColor), ("border-top-color", .darkBorderTopColor),
    ("border-bottom-color", .darkBorderBottomColor), ("border-left-color", .darkBorderLeftColor),
    ("border-right-color", .darkBorderRightColor),
  ]
  static let darkInnerBox: Self = [
    ("background-color", .darkInnerBackgroundColor), ("border-color", .darkInnerBorderColor),
    ("border-top-color", .darkInnerBorderTopColor),
    ("border-bottom-color", .darkInnerBorderBottomColor),
    ("border-left-color", .darkInnerBorderLeftColor),
    ("border-right-color", .darkInnerBorderRightColor),
  ]
  static let darkBackground: Self = [
    ("background-color", .darkBackgroundColor), ("background-image", .darkBackgroundURL),
  ]
}

extension HTMLFragment {
  /// An image with another one for dark clients; the image alone where there is none.
  func orInTheDark(_ source: AttributeValue?) -> HTMLFragment {
    guard let source, source.known != "" else { return self }
    return
      "<picture><source srcset=\"\(source)\" media=\"(prefers-color-scheme: dark)\" />\(self)</picture>"
  }
}
