package import LetterpressMarkup

/// `mj-attributes`: defaults of attributes, for all components, for those of a name, or by class.
package enum MJAttributes {
  package static let declaration = ComponentDeclaration(
    headComponent: "mj-attributes",
    content: .elements(MJMLCatalog.namesInAttributes.union(["mj-all", "mj-class"])),
    summary: "Defaults of attributes: mj-all, mj-class, and an element for each component"
  )

  /// `mj-all`: defaults of every component.
  package static let all = ComponentDeclaration(
    name: "mj-all",
    content: .empty,
    attributes: [],
    takesAnyAttribute: true,
    holdsDefaults: true,
    summary: "Attributes of every component"
  )

  /// `mj-class`: attributes of the elements that name it in `mj-class`; its children are those of the
  /// elements inside such an element.
  package static let classes = ComponentDeclaration(
    name: "mj-class",
    content: .elements(MJMLCatalog.namesInAttributes),
    attributes: [.string(.name, role: .layout)],
    takesAnyAttribute: true,
    holdsDefaults: true,
    summary: "Attributes of the elements that name this class in mj-class"
  )
}
