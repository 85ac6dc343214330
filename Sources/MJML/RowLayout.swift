/// What `mj-section` and `mj-wrapper` share: a centred box with a background, which Outlook gets as a table
/// and, for the background, as VML.
struct RowLayout {
  let element: LayoutElement
  private let container: ContainerWidth
  private let isFullWidth: Bool
  private let isRounded: Bool
  private let background: RowBackground
  /// The margin above, in a wrapper with a gap.
  private let gap: AttributeValue?
  private let inherited: InheritedContext
  /// The classes for dark clients, of the background and of the borders.
  private let dark: String?
  private let darkBorder: String?

  /// Lays out what stands in the row.
  typealias Content = (
    InheritedContext, inout LayoutContext, inout HTMLFragment
  ) throws(LayoutInterruption) -> Void

  init(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) {
    self.element = element
    container = element.inherited.containerWidth
    isFullWidth = try context.text(.fullWidth, of: element) == "full-width"
    isRounded = try !context.isEmpty(.borderRadius, of: element)
    background = try RowBackground(element, in: &context)
    gap = element.position.isFirst ? nil : element.inherited.gap
    var inherited = element.inherited
    inherited.containerWidth = ContainerWidth(pixels: try context.boxWidth(of: element))
    inherited.gap = element[.gap]
    inherited.hasGap = try !context.isEmpty(.gap, of: element)
    inherited.gutter = nil
    inherited.keepsWidthOnMobile = false
    inherited.isRightToLeft = false
    self.inherited = inherited
    dark = try context.darkClass(of: element, .darkBackground)
    darkBorder = try context.darkClass(of: element, .darkBorder)
  }

  func render(
    in context: inout LayoutContext,
    into html: inout HTMLFragment,
    _ content: Content
  ) throws(LayoutInterruption) {
    guard isFullWidth else {
      try startOutlookFrame(in: &context, into: &html)
      background.startVML(width: container.text, into: &html)
      try box(in: &context, into: &html, content)
      background.endVML(into: &html)
      return endOutlookFrame(into: &html)
    }
    html += "<table align=\"center\""
    html.attribute("class", element[.cssClass].adding(dark))
    html.attribute("background", element[.backgroundURL])
    html +=
      " border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\""
    html += background.style
    html += "width:100%;\"><tbody><tr><td>"
    background.startVML(width: nil, into: &html)
    try startOutlookFrame(in: &context, into: &html)
    try box(in: &context, into: &html, content)
    endOutlookFrame(into: &html)
    background.endVML(into: &html)
    html += "</td></tr></tbody></table>"
  }

  /// The start of the table that Outlook gets around the row.
  private func startOutlookFrame(
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    html.startOutlook()
    html +=
      "<table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\""
    html.attribute("class", element.suffixedClass("outlook"))
    html += " role=\"presentation\" style=\""
    html.declaration("width", text: container.text)
    html.declaration("padding-top", gap)
    html += "\""
    html.attribute("width", text: JSNumber.text(container.integer))
    if !element.inherited.hasGap, try context.isSet(.backgroundColor, of: element) {
      html.attribute("bgcolor", element[.backgroundColor])
    }
    // MJML's space before the `>`, here and in other first tags for Outlook, counts where the author's
    // `<!--<![endif]-->` stands before it: the two comments become one that everybody reads as text.
    html += " ><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\">"
    html.endOutlook()
  }

  private func endOutlookFrame(into html: inout HTMLFragment) {
    html.startOutlook()
    html += "</td></tr></table>"
    html.endOutlook()
  }

  private func box(
    in context: inout LayoutContext,
    into html: inout HTMLFragment,
    _ content: Content
  ) throws(LayoutInterruption) {
    html += "<div"
    if !isFullWidth { html.attribute("class", element[.cssClass]) }
    html += " style=\""
    if !isFullWidth { html += background.style }
    html += "margin:0px auto;"
    html.declaration("max-width", text: container.text)
    html.declaration("border-radius", element[.borderRadius])
    if isRounded { html += "overflow:hidden;" }
    html.declaration("margin-top", gap)
    html += "\">"
    if background.hasImage { html += "<div style=\"line-height:0;font-size:0;\">" }
    html += "<table align=\"center\""
    if !isFullWidth {
      html.attribute("class", text: dark)
      html.attribute("background", element[.backgroundURL])
    }
    html +=
      " border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\""
    if !isFullWidth { html += background.style }
    html += "width:100%;"
    if isRounded { html += "border-collapse:separate;" }
    html += "\"><tbody><tr><td"
    html.attribute("class", text: darkBorder)
    html += " style=\""
    html.declarations(Self.cellBorders, of: element)
    html += "font-size:0px;"
    html.declarations(.paddingsBottomFirst, of: element)
    html.declaration("text-align", element[.textAlign])
    html += "\">"
    html.startOutlook()
    html += "<table role=\"presentation\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\">"
    html.endOutlook()
    try content(inherited, &context, &html)
    html.startOutlook()
    html += "</table>"
    html.endOutlook()
    html += "</td></tr></tbody></table>"
    if background.hasImage { html += "</div>" }
    html += "</div>"
  }

  private static let cellBorders: [AttributeName] = [
    .border, .borderBottom, .borderLeft, .borderRight, .borderTop, .borderRadius, .direction,
  ]
}

/// The background of a row: CSS for most clients, VML for Outlook.
private struct RowBackground {
  /// An image, though its URL may be empty: that still draws VML.
  let hasImage: Bool
  /// The declarations for the box.
  let style: HTMLFragment
  /// `<v:fill …/>`.
  private let fill: HTMLFragment

  init(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) {
    hasImage = element[.backgroundURL] != nil
    guard hasImage else {
      var style = HTMLFragment()
      style.declaration("background", element[.backgroundColor])
      style.declaration("background-color", element[.backgroundColor])
      self.style = style
      fill = HTMLFragment()
      return
    }
    var position = BackgroundPosition(
      try context.text(.backgroundPosition, of: element) ?? "top center"
    )
    if let x = try context.setText(.backgroundPositionX, of: element) { position.x = x }
    if let y = try context.setText(.backgroundPositionY, of: element) { position.y = y }
    let size = try context.text(.backgroundSize, of: element) ?? ""
    let repetition = try context.text(.backgroundRepeat, of: element) ?? ""

    var style = HTMLFragment()
    if try context.isSet(.backgroundURL, of: element) {
      var value = HTMLFragment()
      if let color = element[.backgroundColor], color.known?.isEmpty != true {
        value.append(color)
        value += " "
      }
      value += "url('"
      value.append(element[.backgroundURL] ?? "")
      value += "') \(position.text) / \(size)"
      if !repetition.isEmpty { value += " \(repetition)" }
      style += "background:\(value);"
      style.declaration("background-position", text: position.text)
      style.declaration("background-repeat", text: repetition)
      style.declaration("background-size", text: size)
    } else {
      style.declaration("background", element[.backgroundColor])
      style.declaration("background-color", element[.backgroundColor])
    }
    self.style = style
    fill = Self.fill(element, position: position, size: size, repetition: repetition)
  }

  private static func fill(
    _ element: LayoutElement,
    position: BackgroundPosition,
    size: String,
    repetition: String
  ) -> HTMLFragment {
    var type = repetition == "no-repeat" ? "frame" : "tile"
    var place = position.vml(repeats: repetition == "repeat")
    if size == "auto" {
      // Outlook does not know the image's own size with `frame`.
      type = "tile"
      place = ("0.5", "0")
    }
    let point = "\(place.x), \(place.y)"
    var html: HTMLFragment = "<v:fill origin=\"\(point)\" position=\"\(point)\""
    html.attribute("src", element[.backgroundURL])
    html.attribute("color", element[.backgroundColor])
    html.attribute("type", text: type)
    switch size {
    case "auto": break
    case "cover": html += " size=\"1,1\" aspect=\"atleast\""
    case "contain": html += " size=\"1,1\" aspect=\"atmost\""
    default:
      let parts = size.split(separator: " ", omittingEmptySubsequences: false)
      html.attribute("size", text: parts.joined(separator: ","))
      // The other length follows from the image.
      if parts.count == 1 { html += " aspect=\"atmost\"" }
    }
    html += " />"
    return html
  }

  /// Starts a VML rectangle of a width, or as wide as the page.
  func startVML(width: String?, into html: inout HTMLFragment) {
    guard hasImage else { return }
    html.startOutlook()
    html += "<v:rect style=\""
    if let width {
      html.declaration("width", text: width)
    } else {
      html += "mso-width-percent:1000;"
    }
    html += "\""
    html +=
      " xmlns:v=\"urn:schemas-microsoft-com:vml\" fill=\"true\" stroke=\"false\">"
    html += fill
    html += "<v:textbox style=\"mso-fit-shape-to-text:true\" inset=\"0,0,0,0\">"
    html.endOutlook()
  }

  func endVML(into html: inout HTMLFragment) {
    guard hasImage else { return }
    html.startOutlook()
    html += "</v:textbox></v:rect>"
    html.endOutlook()
  }
}
