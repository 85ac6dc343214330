/// Which elements there are, what they take and what they hold: the one source of the scan (which
/// content is raw), the RELAX NG grammar, the checker and the did-you-means.
///
/// The MJML module makes it of its components, the project adds its blocks; neither this module nor
/// the checker names an `mj-*`.
package struct ComponentCatalog: Sendable, Equatable {
  package var components: [String: ComponentDeclaration]

  package init(_ components: [ComponentDeclaration]) {
    self.components = Dictionary(components.map { ($0.name, $0) }) { first, _ in first }
  }

  package subscript(name: String) -> ComponentDeclaration? { components[name] }

  /// The names of the elements that can be a file's one element, sorted: those that stand in no other.
  package var rootNames: [String] {
    let children = components.values.reduce(into: Set<String>()) { $0.formUnion($1.childNames) }
    return components.keys.filter { !children.contains($0) }.sorted()
  }

  /// The declarations that an attribute may have in an element of this name: its own, or, of an element that
  /// takes any, those of the elements beside it.
  package func declarations(
    of attribute: String,
    in element: ComponentDeclaration
  ) -> [AttributeDeclaration] {
    if let own = element.attribute(attribute) { return [own] }
    guard element.holdsDefaults else { return [] }
    return siblings(of: element).compactMap { $0.attribute(attribute) }
  }

  /// The names of the attributes that an element of this name may have, sorted.
  func attributeNames(in element: ComponentDeclaration) -> [String] {
    let all = [element] + (element.holdsDefaults ? siblings(of: element) : [])
    return Set(all.flatMap(\.attributes).map(\.name)).sorted()
  }

  /// The elements that may stand beside one of this name, but those that take any attribute themselves.
  package func siblings(of element: ComponentDeclaration) -> [ComponentDeclaration] {
    let names = parents(of: element.name).flatMap { components[$0]?.childNames ?? [] }
    return Set(names).sorted().compactMap { components[$0] }.filter { !$0.takesAnyAttribute }
  }

  /// The names of the elements that an element of this name may stand in, sorted.
  package func parents(of name: String) -> [String] {
    components.values.filter { $0.childNames.contains(name) }.map(\.name).sorted()
  }
}

/// The declaration of one element.
package struct ComponentDeclaration: Sendable, Equatable {
  /// What stands between its tags.
  package enum Content: Sendable, Equatable {
    /// An *ending tag*: raw HTML or text.
    case raw
    /// Only the elements of these names, and comments.
    case elements(Set<String>)
    /// Nothing.
    case empty
  }

  package var name: String
  package var content: Content
  /// By name, in the order of documentation.
  package var attributes: [AttributeDeclaration]
  /// Takes any attribute (`mj-class`, `mj-all` and the per-tag elements of `mj-attributes`).
  package var takesAnyAttribute: Bool
  /// Of any attribute only those make sense that an element beside it has: defaults for all of them.
  package var holdsDefaults: Bool
  /// One line for editors and `--help`.
  package var summary: String

  package init(
    name: String,
    content: Content,
    attributes: [AttributeDeclaration],
    takesAnyAttribute: Bool = false,
    holdsDefaults: Bool = false,
    summary: String
  ) {
    self.name = name
    self.content = content
    self.attributes = attributes
    self.takesAnyAttribute = takesAnyAttribute
    self.holdsDefaults = holdsDefaults
    self.summary = summary
  }

  package func attribute(_ name: String) -> AttributeDeclaration? {
    attributes.first { $0.name == name }
  }

  /// The elements that may stand in it.
  package var childNames: Set<String> {
    if case .elements(let names) = content { names } else { [] }
  }
}

/// The declaration of one attribute.
package struct AttributeDeclaration: Sendable, Equatable {
  /// MJML's types of attribute values.
  package indirect enum Kind: Hashable, Sendable {
    case string
    case color
    case boolean
    case integer
    /// One of these words.
    case enumeration([String])
    /// One to `most` lengths in these units (`px`, `%`, …, "" for a bare number); `auto` among them is the
    /// word. A bare 0 is always one.
    case unit([String], most: Int)
    /// One length in these units that may be negative.
    case signedUnit([String])
  }

  /// Where its value may come out; what the checker asks of a placeholder depends on it.
  package enum Role: Hashable, Sendable {
    /// Copied into the output, escaped for its place.
    case value
    /// A whole URL.
    case url
    /// Read by the layout itself (`width`, `padding`): known at compile time or one of finitely many.
    case layout
  }

  package var name: String
  package var kind: Kind
  package var role: Role
  /// The component's default; nil where it has none.
  package var defaultValue: String?
  /// Whether an element without it is a mistake.
  package var isRequired: Bool

  package init(
    name: String,
    kind: Kind,
    role: Role = .value,
    defaultValue: String? = nil,
    isRequired: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.role = role
    self.defaultValue = defaultValue
    self.isRequired = isRequired
  }
}
