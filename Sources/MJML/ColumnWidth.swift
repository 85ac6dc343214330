/// What follows from the width of a column: its class with a rule for wide screens, its share on a phone,
/// and its pixels for Outlook.
struct ColumnWidth {
  let className: String
  /// On a narrow screen.
  let mobileText: String
  /// For Outlook, in whole pixels.
  let outlookText: String
  /// What is left for its content.
  let contentPixels: Double
  let gutter: ColumnGutter?
  /// On a wide screen.
  private let desktop: Length
  private let isInGroup: Bool

  init(_ element: LayoutElement, in context: inout LayoutContext) throws(LayoutInterruption) {
    let inherited = element.inherited
    let container = inherited.containerWidth
    let siblings = Double(element.position.nonRawSiblings)
    let text = try context.text(.width, of: element)
    let own = text.flatMap { $0.isSet ? Length($0, keepsDecimals: true) : nil }
    let width = own ?? Length(value: 100 / siblings, unit: .percent)

    var desktop = width
    gutter = inherited.gutter.map { ColumnGutter($0, of: element, unit: width.unit) }
    if let gutter {
      desktop = gutter.reduced(width, position: element.position)
    } else if desktop.unit == .pixels {
      desktop.value = JSNumber.rounded(desktop.value)
    }
    self.desktop = desktop
    isInGroup = inherited.isInGroup
    let kind = desktop.unit == .percent ? "per" : "px"
    className = "mj-column-\(kind)-" + JSNumber.text(desktop.value).withDash

    let isPercentage = width.unit == .percent
    let pixels = isPercentage ? container.decimal * width.value / 100 : width.value
    outlookText = JSNumber.text(JSNumber.rounded(pixels)) + "px"

    func shareOfContainer(_ pixels: Double) -> String {
      JSNumber.text(JSNumber.sixDecimals(pixels.percentage(of: container.integer))) + "%"
    }
    if !inherited.keepsWidthOnMobile {
      mobileText = "100%"
    } else if inherited.isInGroup, gutter != nil {
      mobileText =
        desktop.unit == .percent ? desktop.text : shareOfContainer(desktop.value)
    } else if let text {
      let width = Length(text, keepsDecimals: true)
      mobileText = width.unit == .percent ? text : shareOfContainer(width.value)
    } else {
      mobileText = JSNumber.text((100 / siblings).rounded(.towardZero)) + "%"
    }

    let borders =
      try context.horizontalPadding(of: element) + context.horizontalBorder(of: element)
      + context.horizontalBorder(
        of: element,
        left: .innerBorderLeft,
        right: .innerBorderRight,
        both: .innerBorder
      )
    // MJML reads a share of the container back as whole pixels.
    contentPixels =
      (own == nil ? (container.decimal / siblings).rounded(.towardZero) : pixels) - borders
  }

  func addMediaQueries(to head: inout HeadContributions) {
    head.addMediaQuery(className, .width(desktop))
    // In a group the padding stands in the style, for columns do not stack there.
    if let gutter, !isInGroup {
      head.addMediaQuery(gutter.className, .padding(gutter.desktopPadding))
    }
  }
}

/// The space between columns, as the paddings of one of them.
struct ColumnGutter {
  let className: String
  let desktopPadding: String
  let mobilePadding: String
  let outlookPadding: String
  private let value: Double

  /// The gutter around a column, expressed in the unit of the column's width.
  init(_ text: String, of element: LayoutElement, unit: Length.Unit) {
    let gutter = Length(text, keepsDecimals: true)
    let container = element.inherited.containerWidth.decimal
    func value(in unit: Length.Unit) -> Double {
      switch (gutter.unit, unit) {
      case (.pixels, .percent): gutter.value.percentage(of: container)
      case (.percent, .pixels): container * gutter.value / 100
      default: gutter.value
      }
    }
    self.value = value(in: unit)
    let position = element.position
    let isRightToLeft = element.inherited.isRightToLeft
    let number = unit == .pixels ? JSNumber.rounded(self.value) : self.value
    let token = unit == .percent ? "per" : unit.text
    className =
      "mj-column-gutter-\(position.siblings)-\(position.index + 1)-\(token)-"
      + JSNumber.text(JSNumber.sixDecimals(number)).withDash + (isRightToLeft ? "-rtl" : "")

    func horizontal(in unit: Length.Unit) -> Padding {
      var leading = value(in: unit) / 2
      var trailing = leading
      if unit == .pixels {
        let whole = JSNumber.rounded(value(in: unit))
        leading = (whole / 2).rounded(.up)
        trailing = (whole / 2).rounded(.down)
      }
      if position.siblings == 1 { return Padding() }
      // From the right, the first column stands at the other end.
      return isRightToLeft
        ? Padding(right: position.isFirst ? 0 : trailing, left: position.isLast ? 0 : leading)
        : Padding(right: position.isLast ? 0 : leading, left: position.isFirst ? 0 : trailing)
    }
    let desktop = horizontal(in: unit)
    desktopPadding = desktop.text(in: unit)
    outlookPadding = horizontal(in: .pixels).text(in: .pixels)
    if element.inherited.isInGroup {
      mobilePadding = desktopPadding
    } else {
      // Stacked columns have it between each other, not at their sides.
      let half = value(in: .percent) / 2
      mobilePadding =
        Padding(top: position.isFirst ? 0 : half, bottom: position.isLast ? 0 : half)
        .text(in: .percent)
    }
  }

  /// A column's width without its part of the gutters.
  func reduced(_ width: Length, position: SiblingPosition) -> Length {
    let siblings = Double(position.siblings)
    let reduction = value * (siblings - 1) / siblings
    let reduced = JSNumber.sixDecimals(width.value - reduction)
    // `Math.max`, which keeps what is no number.
    var result = Length(value: reduced < 0 ? 0 : reduced, unit: width.unit)
    if width.unit == .pixels {
      let whole = result.value.rounded(.down)
      // The pixels that are left over go to the first columns.
      let rest = JSNumber.rounded(siblings * (result.value - whole))
      result.value = whole + (Double(position.index) < min(siblings, rest) ? 1 : 0)
    }
    return result
  }

  private struct Padding {
    var top = 0.0
    var right = 0.0
    var bottom = 0.0
    var left = 0.0

    func text(in unit: Length.Unit) -> String {
      [top, right, bottom, left].map { value in
        let number = unit == .pixels ? JSNumber.rounded(value) : JSNumber.sixDecimals(value)
        return JSNumber.text(number) + unit.text
      }.joined(separator: " ")
    }
  }
}

extension Double {
  /// Its share of a width, in percent; nothing where there is no width, so that no infinity is printed.
  fileprivate func percentage(of whole: Double) -> Double { whole == 0 ? 0 : self / whole * 100 }
}

extension String {
  /// With its first point as a dash, as in the names of classes.
  fileprivate var withDash: String {
    var bytes = Array(utf8)
    guard let point = bytes.firstIndex(of: UInt8(ascii: ".")) else { return self }
    bytes[point] = UInt8(ascii: "-")
    return String(decoding: bytes, as: UTF8.self)
  }
}
