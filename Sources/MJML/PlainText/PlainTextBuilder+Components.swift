import LetterpressProgram
import LetterpressTyping

/// What each component says in the text part.
extension PlainTextBuilder {
  mutating func append(_ element: TypedElement, _ attributes: TextAttributes) {
    switch element.name {
    case "mjml": walk(element.children)
    case "mj-text", "mj-accordion-text": appendParagraph { $0.appendContent(of: element) }
    case "mj-button":
      appendParagraph { builder in
        let target = builder.value(of: .href, attributes)
        builder.appendLink(to: target) { $0.appendContent(of: element) }
      }
    case "mj-image":
      appendParagraph { $0.appendImage(attributes) }
    case "mj-carousel-image":
      text.append(.line)
      appendImage(attributes)
      text.append(.line)
    case "mj-divider": text.append(.divider)
    case "mj-spacer": text.append(.paragraph)
    case "mj-table": appendTable(element, attributes)
    case "mj-raw": appendRaw(element)
    case "mj-social-element": appendSocialElement(element, attributes)
    case "mj-navbar": appendNavbar(element, attributes)
    case "mj-navbar-link": appendNavbarLink(element, attributes)
    case "mj-accordion-title":
      appendParagraph { builder in
        builder.text.append(.heading3)
        builder.appendContent(of: element)
        builder.text.append(.headingEnd)
      }
    case let name where MJMLCatalog.containers.contains(name):
      appendParagraph { $0.walk(element.children) }
    default:
      // The head, and what no component is known for.
      run(element.content ?? [])
      run(element.children)
    }
  }

  private mutating func appendParagraph(_ body: (inout Self) -> Void) {
    text.append(.paragraph)
    body(&self)
    text.append(.paragraph)
  }

  private mutating func appendContent(of element: TypedElement) {
    let html = context.lowered(context.trimmed(element.content ?? []))
    text.append(reduction.reduced(html.nodes))
  }

  private mutating func appendLink(to target: AttributeValue?, label: (inout Self) -> Void) {
    appendLink(to: target?.html, label: label)
  }

  private mutating func appendLink(to target: HTMLFragment?, label: (inout Self) -> Void) {
    guard let target, !target.isEmpty else { return label(&self) }
    text.append(reduction.endOfLink())
    text.append(target: target.nodes.decodingTarget())
    label(&self)
    text.append(.linkEnd)
  }

  private mutating func appendImage(_ attributes: TextAttributes) {
    guard let alt = value(of: .alt, attributes) else { return }
    appendLink(to: value(of: .href, attributes)) { $0.text.append(alt.html.nodes.decodingText()) }
  }

  private mutating func appendTable(_ element: TypedElement, _ attributes: TextAttributes) {
    appendParagraph { builder in
      let role = builder.value(of: .role, attributes)?.known
      let isLayout = role == "presentation" || role == "none"
      builder.text.append(isLayout ? .layoutTable : .dataTable)
      builder.appendContent(of: element)
      builder.text.append(.tableEnd)
    }
  }

  /// HTML of the author's; where it stands before the document it is none of the text.
  private mutating func appendRaw(_ element: TypedElement) {
    if element.attribute("position") != nil {
      run(element.content ?? [])
    } else {
      text.append(.line)
      appendContent(of: element)
      text.append(.line)
    }
  }

  // MARK: - Links in rows

  /// The network's text, else the icon's, else the network's name; with the link that HTML has.
  private mutating func appendSocialElement(
    _ element: TypedElement,
    _ attributes: TextAttributes
  ) {
    let name = value(of: .name, attributes)?.known ?? ""
    let network = SocialNetwork.named(name)
    let target = value(of: .href, attributes).map { href in
      network?.shareLink(to: href) ?? href.html
    }
    let content = context.trimmed(element.content ?? [])
    text.append(.line)
    appendLink(to: target) { builder in
      if !content.isEmpty {
        builder.appendContent(of: element)
      } else if let alt = builder.value(of: .alt, attributes), alt.known != "" {
        builder.text.append(alt.html.nodes.decodingText())
      } else if network != nil {
        builder.text.append(SocialNetwork.title(of: name))
      }
    }
    text.append(.line)
  }

  private mutating func appendNavbar(_ element: TypedElement, _ attributes: TextAttributes) {
    let outer = navbarBase
    navbarBase = value(of: .baseURL, attributes)
    appendParagraph { $0.walk(element.children) }
    navbarBase = outer
  }

  private mutating func appendNavbarLink(_ element: TypedElement, _ attributes: TextAttributes) {
    var target = HTMLFragment()
    if let navbarBase { target.append(navbarBase.html) }
    if let href = value(of: .href, attributes) { target.append(href.html) }
    text.append(.line)
    appendLink(to: target) { $0.appendContent(of: element) }
    text.append(.line)
  }
}

extension MJMLCatalog {
  /// Components that hold nothing but other components.
  fileprivate static let containers: Set<String> = [
    "mj-body", "mj-wrapper", "mj-section", "mj-group", "mj-column", "mj-hero", "mj-social",
    "mj-accordion", "mj-accordion-element", "mj-carousel",
  ]
}
