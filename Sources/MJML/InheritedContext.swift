/// What an element's ancestors hand down to it.
package struct InheritedContext: Sendable {
  /// The width that the element may fill.
  var containerWidth: ContainerWidth
  /// The space above each section of a wrapper but the first.
  var gap: AttributeValue?
  /// Whether that is more than the empty text.
  var hasGap = false
  /// The space between the columns of a section; nil where there is none.
  var gutter: String?
  /// Whether the columns run from the right; only set where there is a gutter.
  var isRightToLeft = false
  var isInGroup = false
  /// The element is a child of a group, so that it keeps its share of the width on a phone.
  var keepsWidthOnMobile = false
  var accordionFont: AttributeValue?
  var accordionElementFont: AttributeValue?
  var carousel: CarouselContext?
  /// What stands before the links of a navbar.
  var navbarBaseURL: AttributeValue?

  init(containerWidth: ContainerWidth) { self.containerWidth = containerWidth }
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
