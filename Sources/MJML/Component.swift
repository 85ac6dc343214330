package import LetterpressMarkup
import LetterpressProgram

/// A component of the body: its declaration and its layout, in one file named after its tag.
package protocol Component: SendableMetatype {
  /// Attributes, types, defaults and content.
  static var declaration: ComponentDeclaration { get }

  /// The element's HTML.
  ///
  /// A component says how to make it or how to append it; one follows from the other.
  ///
  /// - Throws: a question where the layout depends on the recipient, a failure once it is reported.
  static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment

  /// Appends the element's HTML: what is nested would be copied at every level otherwise.
  ///
  /// - Throws: as above; what was appended is taken back by who asked.
  static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption)
}

extension Component {
  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html = HTMLFragment()
    try render(element, in: &context, into: &html)
    return html
  }

  package static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    html.append(try render(element, in: &context))
  }
}

/// The components that have HTML of their own in the body.
let bodyComponentTypes: [any Component.Type] = [
  MJBody.self, MJWrapper.self, MJSection.self, MJGroup.self, MJColumn.self, MJHero.self,
  MJText.self,
  MJImage.self, MJButton.self, MJDivider.self, MJSpacer.self, MJTable.self, MJRaw.self,
  MJSocial.self, MJSocialElement.self, MJNavbar.self, MJNavbarLink.self, MJAccordion.self,
  MJAccordionElement.self, MJAccordionTitle.self, MJAccordionText.self, MJCarousel.self,
  MJCarouselImage.self,
]

/// What layout looks up by an element's name: made once, of the declaration.
package final class ComponentInfo: Sendable {
  let component: (any Component.Type)?
  /// Its place among all components.
  let number: Int
  /// The declared defaults by the numbers of the attributes, colors expanded.
  private let defaults: [AttributeValue?]
  private let colors: [Bool]

  private init(number: Int) {
    self.number = number
    component = number < bodyComponentTypes.count ? bodyComponentTypes[number] : nil
    var defaults = [AttributeValue?](repeating: nil, count: AttributeName.allCases.count)
    var colors = [Bool](repeating: false, count: defaults.count)
    for attribute in component?.declaration.attributes ?? [] {
      guard let name = AttributeName.named(attribute.name) else { continue }
      let isColor = attribute.kind == .color
      colors[Int(name.rawValue)] = isColor
      guard let text = attribute.defaultValue else { continue }
      let value = AttributeValue(text)
      defaults[Int(name.rawValue)] =
        isColor && value.mayBeShortColor ? value.transformed(.expandColor) : value
    }
    self.defaults = defaults
    self.colors = colors
  }

  /// An element that no component is known for: it has a place among its siblings and no HTML.
  private static let unknown = ComponentInfo(number: bodyComponentTypes.count)

  private static let all = bodyComponentTypes.indices.map { ComponentInfo(number: $0) }
  private static let index = NameIndex(bodyComponentTypes.map { $0.declaration.name })

  static func named(_ name: String) -> ComponentInfo {
    index.number(of: name).map { all[$0] } ?? unknown
  }

  /// The numbers of all components and that of those that nobody knows.
  static let count = bodyComponentTypes.count + 1

  func defaultValue(of name: AttributeName) -> AttributeValue? { defaults[Int(name.rawValue)] }

  func isColor(_ name: AttributeName) -> Bool { colors[Int(name.rawValue)] }
}

extension LayoutContext {
  /// The child's own HTML; nothing for an element that is unknown.
  package mutating func render(
    _ child: LayoutChild
  ) throws(LayoutInterruption) -> HTMLFragment {
    var html = HTMLFragment()
    try render(child, into: &html)
    return html
  }

  /// Appends the child's own HTML.
  package mutating func render(
    _ child: LayoutChild,
    into html: inout HTMLFragment
  ) throws(LayoutInterruption) {
    switch child {
    case .raw(let raw, _):
      head.note(raw)
      html.append(raw)
    case .element(let element):
      try element.attributes.component.component?.render(element, in: &self, into: &html)
    }
  }
}
