/// The names of all attributes that a component knows, so that layout compares integers.
///
/// Names nobody declares are never read by the layout.
package enum AttributeName: String, Hashable, Sendable, CaseIterable {
  case align
  case alt
  case backgroundColor = "background-color"
  case backgroundHeight = "background-height"
  case backgroundPosition = "background-position"
  case backgroundPositionX = "background-position-x"
  case backgroundPositionY = "background-position-y"
  case backgroundRepeat = "background-repeat"
  case backgroundSize = "background-size"
  case backgroundURL = "background-url"
  case backgroundWidth = "background-width"
  case baseURL = "base-url"
  case border
  case borderBottom = "border-bottom"
  case borderColor = "border-color"
  case borderLeft = "border-left"
  case borderRadius = "border-radius"
  case borderRight = "border-right"
  case borderStyle = "border-style"
  case borderTop = "border-top"
  case borderWidth = "border-width"
  case cellpadding
  case cellspacing
  case color
  case containerBackgroundColor = "container-background-color"
  case cssClass = "css-class"
  case cssInline = "css-inline"
  case `default`
  case dir
  case direction
  case fluidOnMobile = "fluid-on-mobile"
  case fontFamily = "font-family"
  case fontSize = "font-size"
  case fontStyle = "font-style"
  case fontWeight = "font-weight"
  case fullWidth = "full-width"
  case gap
  case gutter
  case hamburger
  case height
  case href
  case icoAlign = "ico-align"
  case icoClose = "ico-close"
  case icoColor = "ico-color"
  case icoFontFamily = "ico-font-family"
  case icoFontSize = "ico-font-size"
  case icoLineHeight = "ico-line-height"
  case icoOpen = "ico-open"
  case icoPadding = "ico-padding"
  case icoPaddingBottom = "ico-padding-bottom"
  case icoPaddingLeft = "ico-padding-left"
  case icoPaddingRight = "ico-padding-right"
  case icoPaddingTop = "ico-padding-top"
  case icoTextDecoration = "ico-text-decoration"
  case icoTextTransform = "ico-text-transform"
  case iconAlign = "icon-align"
  case iconHeight = "icon-height"
  case iconPadding = "icon-padding"
  case iconPosition = "icon-position"
  case iconSize = "icon-size"
  case iconUnwrappedAlt = "icon-unwrapped-alt"
  case iconUnwrappedURL = "icon-unwrapped-url"
  case iconWidth = "icon-width"
  case iconWrappedAlt = "icon-wrapped-alt"
  case iconWrappedURL = "icon-wrapped-url"
  case id
  case inline
  case innerBackgroundColor = "inner-background-color"
  case innerBorder = "inner-border"
  case innerBorderBottom = "inner-border-bottom"
  case innerBorderLeft = "inner-border-left"
  case innerBorderRadius = "inner-border-radius"
  case innerBorderRight = "inner-border-right"
  case innerBorderTop = "inner-border-top"
  case innerPadding = "inner-padding"
  case innerPaddingBottom = "inner-padding-bottom"
  case innerPaddingLeft = "inner-padding-left"
  case innerPaddingRight = "inner-padding-right"
  case innerPaddingTop = "inner-padding-top"
  case lang
  case leftIcon = "left-icon"
  case letterSpacing = "letter-spacing"
  case lineHeight = "line-height"
  case lpText = "lp-text"
  case maxHeight = "max-height"
  case mjClass = "mj-class"
  case mode
  case name
  case owa
  case padding
  case paddingBottom = "padding-bottom"
  case paddingLeft = "padding-left"
  case paddingRight = "padding-right"
  case paddingTop = "padding-top"
  case path
  case position
  case rel
  case rightIcon = "right-icon"
  case role
  case sizes
  case slot
  case src
  case srcset
  case summary
  case tableLayout = "table-layout"
  case target
  case tbBorder = "tb-border"
  case tbBorderRadius = "tb-border-radius"
  case tbHoverBorderColor = "tb-hover-border-color"
  case tbSelectedBorderColor = "tb-selected-border-color"
  case tbWidth = "tb-width"
  case textAlign = "text-align"
  case textDecoration = "text-decoration"
  case textPadding = "text-padding"
  case textTransform = "text-transform"
  case thumbnails
  case thumbnailsSrc = "thumbnails-src"
  case title
  case type
  case usemap
  case verticalAlign = "vertical-align"
  case width
}

extension AttributeName {
  private static let byName = Dictionary(
    uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) }
  )

  /// The attribute of a name; `init(rawValue:)` compares with one after the other.
  package static func named(_ name: String) -> AttributeName? { byName[name] }
}
