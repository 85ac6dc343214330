/// The CSS of one carousel: which image, arrow and thumbnail each of its radio buttons shows.
struct CarouselStyle {
  let css: HTMLFragment

  init(_ element: LayoutElement, id: String, images: Int, iconWidth: String) {
    guard images > 0 else {
      css = HTMLFragment()
      return
    }
    let numbers = 0..<images
    /// A selector for each image, joined.
    func each(_ selector: (Int) -> String) -> String {
      numbers.map(selector).joined(separator: ",")
    }
    /// From the radio button of an image, past those after it.
    func steps(after number: Int) -> String {
      String(repeating: "+ * ", count: images - number - 1)
    }
    func checked(_ number: Int) -> String {
      ".mj-carousel-\(id)-radio-\(number + 1):checked \(steps(after: number))+ .mj-carousel-content"
    }
    let anyImage = each {
      ".mj-carousel-\(id)-radio:checked \(String(repeating: "+ * ", count: $0))+ .mj-carousel-content .mj-carousel-image"
    }
    let image = each { "\(checked($0)) .mj-carousel-image-\($0 + 1)" }
    let next = each { "\(checked($0)) .mj-carousel-next-\(($0 + 1) % images + 1)" }
    let previous = each { "\(checked($0)) .mj-carousel-previous-\(($0 + images - 1) % images + 1)" }
    let thumbnail = each { "\(checked($0)) .mj-carousel-\(id)-thumbnail-\($0 + 1)" }
    let anyThumbnail = each { "\(checked($0)) .mj-carousel-\(id)-thumbnail" }
    let hoverAny = each {
      ".mj-carousel-\(id)-thumbnail:hover \(steps(after: $0))+ .mj-carousel-main .mj-carousel-image"
    }
    let hover = each {
      ".mj-carousel-\(id)-thumbnail-\($0 + 1):hover \(steps(after: $0))+ .mj-carousel-main .mj-carousel-image-\($0 + 1)"
    }
    var dark = HTMLFragment()
    for (name, selector) in [
      (AttributeName.darkTbSelectedBorderColor, thumbnail),
      (.darkTbHoverBorderColor, ".mj-carousel-thumbnail:hover"),
    ] {
      guard let color = element[name], color.known != "" else { continue }
      dark += """
        @media (prefers-color-scheme: dark) {
        \(selector) { border-color: \(color) !important; }
        }

        """
    }
    let othersOfFirst = String(repeating: "+ *", count: images - 1)
    css = """

      .mj-carousel { -webkit-user-select: none; -moz-user-select: none; user-select: none; }
      .mj-carousel-\(id)-icons-cell { display: table-cell !important; width: \(iconWidth) !important; }
      .mj-carousel-radio, .mj-carousel-next, .mj-carousel-previous { display: none !important; }
      .mj-carousel-thumbnail, .mj-carousel-next, .mj-carousel-previous { touch-action: manipulation; }
      \(anyImage) { display: none !important; }
      \(image) { display: block !important; }
      .mj-carousel-previous-icons, .mj-carousel-next-icons, \(next), \(previous) { display: block !important; }
      \(thumbnail) { border-color: \(element[.tbSelectedBorderColor]) !important; }
      \(anyThumbnail) { display: inline-block !important; }
      .mj-carousel-image img + div, .mj-carousel-thumbnail img + div { display: none !important; }
      \(hoverAny) { display: none !important; }
      .mj-carousel-thumbnail:hover { border-color: \(element[.tbHoverBorderColor]) !important; }
      \(hover) { display: block !important; }
      \(dark).mj-carousel noinput { display:block !important; }
      .mj-carousel noinput .mj-carousel-image-1 { display: block !important; }
      .mj-carousel noinput .mj-carousel-arrows, .mj-carousel noinput .mj-carousel-thumbnails { display: none !important; }
      [owa] .mj-carousel-thumbnail { display: none !important; }
      @media screen yahoo {
      .mj-carousel-\(id)-icons-cell, .mj-carousel-previous-icons, .mj-carousel-next-icons { display: none !important; }
      .mj-carousel-\(id)-radio-1:checked \(othersOfFirst)+ .mj-carousel-content .mj-carousel-\(id)-thumbnail-1 { border-color: transparent; }
      }

      """
  }
}
