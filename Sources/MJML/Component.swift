package import LetterpressMarkup
import LetterpressProgram

/// A component of the body: its declaration and its layout, in one file named after its tag.
package protocol Component: SendableMetatype {
  /// Attributes, types, defaults and content.
  static var declaration: ComponentDeclaration { get }

  /// The element's HTML.
  ///
  /// - Throws: a question where the layout depends on the recipient, a failure once it is reported.
  static func render(
    _ element: LayoutElement,
    in context: inout LayoutContext
  ) throws(LayoutInterruption) -> HTMLFragment
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
  private let defaults: [NamedAttribute]
  private let colors: [AttributeName]

  private init(_ component: (any Component.Type)?) {
    self.component = component
    let attributes = component?.declaration.attributes ?? []
    defaults = attributes.compactMap { attribute in
      guard let name = AttributeName.named(attribute.name), let text = attribute.defaultValue else {
        return nil
      }
      let value = AttributeValue(text)
      return NamedAttribute(
        name,
        attribute.kind == .color ? value.transformed(.expandColor) : value
      )
    }
    colors = attributes.compactMap {
      $0.kind == .color ? AttributeName.named($0.name) : nil
    }
  }

  /// An element that no component is known for: it has a place among its siblings and no HTML.
  private static let unknown = ComponentInfo(nil)

  private static let all = Dictionary(
    uniqueKeysWithValues: bodyComponentTypes.map { ($0.declaration.name, ComponentInfo($0)) }
  )

  static func named(_ name: String) -> ComponentInfo { all[name] ?? unknown }

  func defaultValue(of name: AttributeName) -> AttributeValue? {
    defaults.first { $0.name == name }?.value
  }

  func isColor(_ name: AttributeName) -> Bool { colors.contains(name) }
}

extension LayoutContext {
  /// The child's own HTML; nothing for an element that is unknown.
  package mutating func render(
    _ child: LayoutChild
  ) throws(LayoutInterruption) -> HTMLFragment {
    switch child {
    case .raw(let html, _): html
    case .element(let element):
      if let component = element.attributes.component.component {
        try component.render(element, in: &self)
      } else {
        HTMLFragment()
      }
    }
  }
}
