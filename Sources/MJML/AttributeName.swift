/// The names of all attributes that a component knows, so that layout compares integers.
///
/// Names nobody declares are never read by the layout.
package enum AttributeName: UInt8, Hashable, Sendable, CaseIterable {
  case align
  case alt
  case backgroundColor
  case backgroundHeight
  case backgroundPosition
  case backgroundPositionX
  case backgroundPositionY
  case backgroundRepeat
  case backgroundSize
  case backgroundURL
  case backgroundWidth
  case baseURL
  case border
  case borderBottom
  case borderColor
  case borderLeft
  case borderRadius
  case borderRight
  case borderStyle
  case borderTop
  case borderWidth
  case cellpadding
  case cellspacing
  case color
  case containerBackgroundColor
  case cssClass
  case cssInline
  case darkBackgroundColor
  case darkBackgroundURL
  case darkBorderBottomColor
  case darkBorderColor
  case darkBorderLeftColor
  case darkBorderRightColor
  case darkBorderTopColor
  case darkColor
  case darkContainerBackgroundColor
  case darkIcoColor
  case darkIconUnwrappedURL
  case darkIconWrappedURL
  case darkInnerBackgroundColor
  case darkInnerBorderBottomColor
  case darkInnerBorderColor
  case darkInnerBorderLeftColor
  case darkInnerBorderRightColor
  case darkInnerBorderTopColor
  case darkLeftIcon
  case darkRightIcon
  case darkSrc
  case darkTbBorderColor
  case darkTbHoverBorderColor
  case darkTbSelectedBorderColor
  case darkThumbnailsSrc
  case `default`
  case dir
  case direction
  case fluidOnMobile
  case fontFamily
  case fontSize
  case fontStyle
  case fontWeight
  case fullWidth
  case gap
  case gutter
  case hamburger
  case height
  case href
  case icoAlign
  case icoClose
  case icoColor
  case icoFontFamily
  case icoFontSize
  case icoLineHeight
  case icoOpen
  case icoPadding
  case icoPaddingBottom
  case icoPaddingLeft
  case icoPaddingRight
  case icoPaddingTop
  case icoTextDecoration
  case icoTextTransform
  case iconAlign
  case iconHeight
  case iconPadding
  case iconPosition
  case iconSize
  case iconUnwrappedAlt
  case iconUnwrappedURL
  case iconWidth
  case iconWrappedAlt
  case iconWrappedURL
  case id
  case inline
  case innerBackgroundColor
  case innerBorder
  case innerBorderBottom
  case innerBorderLeft
  case innerBorderRadius
  case innerBorderRight
  case innerBorderTop
  case innerPadding
  case innerPaddingBottom
  case innerPaddingLeft
  case innerPaddingRight
  case innerPaddingTop
  case lang
  case leftIcon
  case letterSpacing
  case lineHeight
  case lpText
  case maxHeight
  case mjClass
  case mode
  case name
  case owa
  case padding
  case paddingBottom
  case paddingLeft
  case paddingRight
  case paddingTop
  case path
  case position
  case rel
  case rightIcon
  case role
  case sizes
  case slot
  case src
  case srcset
  case summary
  case supportDarkMode
  case tableLayout
  case target
  case tbBorder
  case tbBorderRadius
  case tbHoverBorderColor
  case tbSelectedBorderColor
  case tbWidth
  case textAlign
  case textDecoration
  case textPadding
  case textTransform
  case thumbnails
  case thumbnailsSrc
  case title
  case type
  case usemap
  case verticalAlign
  case width
}

extension AttributeName {
  /// The name as it is written: the case `backgroundURL` is `background-url`.
  package var text: String { Self.texts[Int(rawValue)] }

  private static let texts = allCases.map { name in
    var text: [UInt8] = []
    var isAfterCapital = false
    for byte in String(describing: name).utf8 {
      let isCapital = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
      if isCapital, !isAfterCapital { text.append(UInt8(ascii: "-")) }
      text.append(byte.lowercased)
      isAfterCapital = isCapital
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// The attribute of a name; nil where no component knows it.
  package static func named(_ name: String) -> AttributeName? {
    index.number(of: name).flatMap { AttributeName(rawValue: UInt8($0)) }
  }

  private static let index = NameIndex(texts)
}
