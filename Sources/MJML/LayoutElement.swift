import LetterpressDiagnostics
import LetterpressProgram
package import LetterpressTyping

/// One concrete element as a component lays it out.
///
/// A class because it is handed around a lot.
package final class LayoutElement: Sendable {
  package let typed: TypedElement
  package let path: InstancePath
  package let attributes: ResolvedAttributes
  /// What its ancestors hand down.
  package let inherited: InheritedContext
  package let position: SiblingPosition
  /// The mj-class whose child defaults reach its children; see `AttributeCascade`.
  package let inheritedClasses: [String]
  /// What has to run before it is printed: values that may be evaluated only once.
  let prologue: [HTMLNode]

  init(
    typed: TypedElement,
    path: InstancePath,
    attributes: ResolvedAttributes,
    inherited: InheritedContext,
    position: SiblingPosition,
    inheritedClasses: [String],
    prologue: [HTMLNode] = []
  ) {
    self.typed = typed
    self.path = path
    self.attributes = attributes
    self.inherited = inherited
    self.position = position
    self.inheritedClasses = inheritedClasses
    self.prologue = prologue
  }

  /// Its name.
  package var name: String { typed.name }

  /// The value of an attribute after the cascade, to be copied; nil where nothing sets it.
  package subscript(name: AttributeName) -> AttributeValue? { attributes[name] }
}

/// Where an element stands among its siblings, as MJML counts: comments and mj-raw are siblings too.
///
/// Known only under parents that count their children; else `index` is 0 of 1.
package struct SiblingPosition: Sendable {
  package var index: Int
  package var siblings: Int
  package var nonRawSiblings: Int

  package static let unknown = SiblingPosition(index: 0, siblings: 1, nonRawSiblings: 1)

  package var isFirst: Bool { index == 0 }
  package var isLast: Bool { index + 1 == siblings }
}

/// A child as its parent's renderer sees it.
package enum LayoutChild: Sendable {
  case element(LayoutElement)
  /// A comment or kept Liquid: a raw sibling, printed as it stands.
  case raw(HTMLFragment, SiblingPosition)
}
