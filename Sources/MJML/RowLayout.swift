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
    InheritedContext, inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment

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
    inherited.isRightToLeft = false
    self.inherited = inherited
    dark = try context.darkClass(of: element, .darkBackground)
    darkBorder = try context.darkClass(of: element, .darkBorder)
  }

  func render(
    in context: inout LayoutContext,
    _ content: Content
  ) throws(LayoutInterruption) -> HTMLFragment {
    let before = try outlookFrame(in: &context)
    let after: HTMLFragment = "\(Outlook.start)</td></tr></table>\(Outlook.end)"
    let box = try box(in: &context, content)
    guard isFullWidth else {
      return "\(before)\(background.inVML(box, width: container.text))\(after)"
    }
    var html: HTMLFragment = "<table align=\"center\""
    html.attribute("class", element[.cssClass].adding(dark))
    html.attribute("background", element[.backgroundURL])
    html +=
      " border=\"0\" cellpadding=\"0\" cellspacing=\"0\" role=\"presentation\" style=\""
    html += background.style
    html += "width:100%;\"><tbody><tr><td>"
    html += background.inVML("\(before)\(box)\(after)", width: nil)
    html += "</td></tr></tbody></table>"
    return html
  }

  /// The start of the table that Outlook gets around the row.
  private func outlookFrame(
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html: HTMLFragment =
      "\(Outlook.start)<table align=\"center\" border=\"0\" cellpadding=\"0\" cellspacing=\"0\""
    html.attribute("class", element.suffixedClass("outlook"))
    html += " role=\"presentation\" style=\""
    html.declaration("width", text: container.text)
    html.declaration("padding-top", gap)
    html += "\""
    html.attribute("width", text: JSNumber.text(container.integer))
    if !element.inherited.hasGap, try context.isSet(.backgroundColor, of: element) {
      html.attribute("bgcolor", element[.backgroundColor])
    }
    html += "><tr><td style=\"line-height:0px;font-size:0px;mso-line-height-rule:exactly;\">"
    html.endOutlook()
    return html
  }

  private func box(
    in context: inout LayoutContext,
    _ content: Content
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html: HTMLFragment = "<div"
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
    html += try content(inherited, &context)
    html.startOutlook()
    html += "</table>"
    html.endOutlook()
    html += "</td></tr></tbody></table>"
    if background.hasImage { html += "</div>" }
    html += "</div>"
    return html
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

  /// The content in a VML rectangle of a width, or as wide as the page.
  func inVML(_ content: HTMLFragment, width: String?) -> HTMLFragment {
    guard hasImage else { return content }
    let style = width.map { "width:\($0);" } ?? "mso-width-percent:1000;"
    var html: HTMLFragment = "\(Outlook.start)<v:rect style=\"\(style)\""
    html +=
      " xmlns:v=\"urn:schemas-microsoft-com:vml\" fill=\"true\" stroke=\"false\">"
    html += fill
    html += "<v:textbox style=\"mso-fit-shape-to-text:true\" inset=\"0,0,0,0\">"
    html.endOutlook()
    html += content
    html.startOutlook()
    html += "</v:textbox></v:rect>"
    html.endOutlook()
    return html
  }
}
