/// A catalogue as the check asks it: by the numbers of names, so that no name is hashed or compared twice.
final class CheckedElements: Sendable {
  /// An element of the catalogue.
  final class Known: Sendable {
    let declaration: ComponentDeclaration
    let required: [AttributeDeclaration]
    /// Of an element that holds defaults for others, what an attribute may be declared as, by its name.
    let defaults: [String: [AttributeDeclaration]]
    /// The numbers of its attributes, in the order of the declaration.
    private let attributes: [NameTable.ID?]
    /// By the number of a name, whether such an element may stand in it.
    private let children: [Bool]

    fileprivate init(
      _ declaration: ComponentDeclaration,
      in catalog: ComponentCatalog,
      _ names: NameTable
    ) {
      self.declaration = declaration
      required = declaration.attributes.filter(\.isRequired)
      attributes = declaration.attributes.map { names.id(of: $0.name) }
      children = names.names.map(declaration.childNames.contains)
      defaults =
        declaration.holdsDefaults
        ? Dictionary(
          uniqueKeysWithValues: catalog.attributeNames(in: declaration).map {
            ($0, catalog.declarations(of: $0, in: declaration))
          }
        ) : [:]
    }

    /// Whether an element of that name may stand in it.
    func mayHold(_ name: NameTable.ID) -> Bool { children[Int(name)] }

    /// The kind of an attribute of its own.
    func kind(of attribute: NameTable.ID) -> AttributeDeclaration.Kind? {
      attributes.firstIndex { $0 == attribute }.map { declaration.attributes[$0].kind }
    }
  }

  private let names: NameTable
  /// By the numbers of their names.
  private let elements: [Known?]

  init(_ catalog: ComponentCatalog) {
    let names = NameTable(catalog)
    self.names = names
    elements = names.names.map { name in
      catalog[name].map { Known($0, in: catalog, names) }
    }
  }

  /// The number of a name that stands in a source, or nil.
  func name(_ range: Range<Int>, of source: [UInt8]) -> NameTable.ID? {
    names.id(of: source, range)
  }

  /// The number of a name, where it is that of an element.
  func name(_ text: String) -> NameTable.ID? {
    names.id(of: text).flatMap { elements[Int($0)] == nil ? nil : $0 }
  }

  subscript(name: NameTable.ID) -> Known? { elements[Int(name)] }
}

extension NameTable {
  fileprivate func id(of name: String) -> ID? {
    let bytes = Array(name.utf8)
    return id(of: bytes, 0..<bytes.count)
  }
}
