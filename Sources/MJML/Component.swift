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
  /// The declared defaults, colors expanded.
  let defaults: [AttributeValue]
  /// For the number of each attribute, the place of its default.
  let places: [UInt8]
  /// The place of an attribute without a value.
  static let noPlace = UInt8.max
  private let colors: [Bool]

  private init(_ component: (any Component.Type)?) {
    self.component = component
    var defaults: [AttributeValue] = []
    var places = [UInt8](repeating: Self.noPlace, count: AttributeName.allCases.count)
    var colors = [Bool](repeating: false, count: places.count)
    for attribute in component?.declaration.attributes ?? [] {
      guard let name = AttributeName.named(attribute.name) else { continue }
      let isColor = attribute.kind == .color
      colors[Int(name.rawValue)] = isColor
      guard let text = attribute.defaultValue else { continue }
      places[Int(name.rawValue)] = UInt8(defaults.count)
      let value = AttributeValue(text)
      defaults.append(isColor ? value.transformed(.expandColor) : value)
    }
    self.defaults = defaults
    self.places = places
    self.colors = colors
  }

  /// An element that no component is known for: it has a place among its siblings and no HTML.
  private static let unknown = ComponentInfo(nil)

  private static let all = Dictionary(
    uniqueKeysWithValues: bodyComponentTypes.map { ($0.declaration.name, ComponentInfo($0)) }
  )

  static func named(_ name: String) -> ComponentInfo { all[name] ?? unknown }

  func isColor(_ name: AttributeName) -> Bool { colors[Int(name.rawValue)] }
}

extension LayoutContext {
  /// The child's own HTML; nothing for an element that is unknown.
  package mutating func render(
    _ child: LayoutChild
  ) throws(LayoutInterruption) -> HTMLFragment {
    switch child {
    case .raw(let html, _):
      head.note(html)
      return html
    case .element(let element):
      guard let component = element.attributes.component.component else { return HTMLFragment() }
      return try component.render(element, in: &self)
    }
  }
}
