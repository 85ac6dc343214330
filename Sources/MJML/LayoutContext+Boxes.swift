import LetterpressProgram

extension LayoutContext {
  /// Whether MJML takes an attribute for set: there, not empty, and not `false`.
  mutating func isSet(
    _ name: AttributeName,
    of element: LayoutElement
  ) throws(LayoutInterruption) -> Bool {
    guard let value = element[name] else { return false }
    guard case .dynamic(let nodes, _) = value.content else { return value.known?.isSet == true }
    // Of finitely many texts one may be `false`, which is not set either.
    if let texts = PossibleTexts(sources: sources).texts(of: nodes), texts.contains("false") {
      return try text(name, of: element)?.isSet == true
    }
    return try !isEmpty(name, of: element)
  }

  /// The text of an attribute where it is set.
  mutating func setText(
    _ name: AttributeName,
    of element: LayoutElement
  ) throws(LayoutInterruption) -> String? {
    guard let text = try text(name, of: element), text.isSet else { return nil }
    return text
  }

  /// One side of a padding: its own attribute, else its part of the shorthand; in whole pixels.
  mutating func padding(
    _ side: Side,
    of element: LayoutElement
  ) throws(LayoutInterruption) -> Double {
    let own: AttributeName =
      switch side {
      case .top: .paddingTop
      case .right: .paddingRight
      case .bottom: .paddingBottom
      case .left: .paddingLeft
      }
    return try shorthand(.padding, own: own, side, of: element)
  }

  /// One side of a shorthand, or what the attribute for that side alone says.
  mutating func shorthand(
    _ shorthand: AttributeName,
    own: AttributeName,
    _ side: Side,
    of element: LayoutElement
  ) throws(LayoutInterruption) -> Double {
    if let text = try setText(own, of: element) { return JSNumber.integer(text) }
    guard let text = try setText(shorthand, of: element) else { return 0 }
    return side.value(ofShorthand: text)
  }

  /// The padding at the left and the right together.
  mutating func horizontalPadding(
    of element: LayoutElement
  ) throws(LayoutInterruption) -> Double {
    try padding(.right, of: element) + padding(.left, of: element)
  }

  /// The borders at the left and the right together.
  mutating func horizontalBorder(
    of element: LayoutElement,
    left: AttributeName = .borderLeft,
    right: AttributeName = .borderRight,
    both: AttributeName = .border
  ) throws(LayoutInterruption) -> Double {
    try borderWidth(right, else: both, of: element) + borderWidth(left, else: both, of: element)
  }

  /// What is left of the container within the element's paddings and borders.
  mutating func boxWidth(of element: LayoutElement) throws(LayoutInterruption) -> Double {
    try element.inherited.containerWidth.integer - horizontalPadding(of: element)
      - horizontalBorder(of: element)
  }

  private mutating func borderWidth(
    _ own: AttributeName,
    else both: AttributeName,
    of element: LayoutElement
  ) throws(LayoutInterruption) -> Double {
    for name in [own, both] {
      guard let value = element[name] else { continue }
      // `1px solid {{ color }}` is 1 wide, whatever the color.
      if value.known == nil, let start = value.html.nodes.first?.bytes,
        let width = Border.width(startingWith: start)
      {
        return width
      }
      if let text = try setText(name, of: element) { return Border.width(text) }
    }
    return 0
  }
}

extension String {
  /// Whether JavaScript takes it for true; MJML makes a boolean of `false`.
  var isSet: Bool { !isEmpty && self != "false" }
}

extension HTMLNode {
  /// Its text, where it is static.
  var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
}
