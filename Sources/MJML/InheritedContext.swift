/// What an element's ancestors hand down to it.
package struct InheritedContext: Sendable {
  /// The width that the element may fill.
  var containerWidth: ContainerWidth
  /// Whether the gap is more than the empty text.
  var hasGap = false
  /// Whether the columns run from the right; only set where there is a gutter.
  var isRightToLeft = false
  var isInGroup = false
  /// The element is a child of a group, so that it keeps its share of the width on a phone.
  var keepsWidthOnMobile = false
  /// What few elements have; nil where there is nothing of it.
  private var rare: Rare?

  init(containerWidth: ContainerWidth) { self.containerWidth = containerWidth }

  /// The space above each section of a wrapper but the first.
  var gap: AttributeValue? {
    get { rare?.values.gap }
    set { set(\.gap, to: newValue) }
  }

  /// The space between the columns of a section; nil where there is none.
  var gutter: String? {
    get { rare?.values.gutter }
    set { set(\.gutter, to: newValue) }
  }

  var accordionFont: AttributeValue? {
    get { rare?.values.accordionFont }
    set { set(\.accordionFont, to: newValue) }
  }

  var accordionElementFont: AttributeValue? {
    get { rare?.values.accordionElementFont }
    set { set(\.accordionElementFont, to: newValue) }
  }

  var carousel: CarouselContext? {
    get { rare?.values.carousel }
    set { set(\.carousel, to: newValue) }
  }

  /// What stands before the links of a navbar.
  var navbarBaseURL: AttributeValue? {
    get { rare?.values.navbarBaseURL }
    set { set(\.navbarBaseURL, to: newValue) }
  }

  private struct Values: Sendable {
    var gap: AttributeValue?
    var gutter: String?
    var accordionFont: AttributeValue?
    var accordionElementFont: AttributeValue?
    var carousel: CarouselContext?
    var navbarBaseURL: AttributeValue?
  }

  /// Shared by all that inherit the same: every element has a copy of the context.
  private final class Rare: Sendable {
    let values: Values
    init(_ values: Values) { self.values = values }
  }

  private mutating func set<Value>(_ field: WritableKeyPath<Values, Value?>, to value: Value?) {
    if rare == nil, value == nil { return }
    var values = rare?.values ?? Values()
    values[keyPath: field] = value
    rare = Rare(values)
  }
}

/// A width as MJML hands it down: text that it prints, of which it reads a number.
package struct ContainerWidth: Sendable {
  /// As it was written; nil where it was computed.
  private let written: String?
  /// The whole pixels at its start.
  let integer: Double
  /// The pixels at its start.
  let decimal: Double

  init(_ text: String) {
    written = text
    integer = JSNumber.integer(text)
    decimal = JSNumber.decimal(text)
  }

  /// Never less than nothing, though MJML prints `-40px` where paddings leave no room.
  init(pixels: Double) {
    let pixels = pixels < 0 ? 0 : pixels
    written = nil
    integer = pixels.rounded(.towardZero)
    decimal = pixels
  }

  var text: String { written ?? JSNumber.text(decimal) + "px" }
}

/// What the images of a carousel have in common.
package struct CarouselContext: Sendable {
  /// Part of all ids and classes that are the carousel's own.
  var id: String
  /// `visible`, `hidden` or `supported`.
  var thumbnails: String?
}
