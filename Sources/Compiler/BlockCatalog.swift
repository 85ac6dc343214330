import LetterpressMarkup
import LetterpressTyping

extension BlockLibrary {
  /// The catalogue with the project's blocks as elements: each may stand where the elements at its root
  /// may stand, and takes its parameters as attributes.
  func extending(_ catalog: ComponentCatalog) -> ComponentCatalog {
    var catalog = catalog
    let roots = names.map { (name: $0, roots: self.roots(of: $0, within: [])) }
    let bodyElements = Self.elements(in: catalog["lp-block"]).union(names + ["lp-fill"])
    for (parent, var declaration) in catalog.components {
      guard case .elements(let children) = declaration.content else { continue }
      let isSlot = ["lp-block", "lp-slot", "lp-fill"].contains(parent)
      let blocks = roots.filter {
        // Of a block that has nothing but slots, or uses itself, nobody knows what comes out.
        isSlot || $0.roots.isSubset(of: children)
      }
      guard !blocks.isEmpty else { continue }
      declaration.content = .elements(children.union(blocks.map(\.name)))
      catalog.components[parent] = declaration
    }
    for name in names {
      guard let block = self[name] else { continue }
      catalog.components[name] = ComponentDeclaration(
        name: name,
        content: .elements(bodyElements),
        attributes: (block.parameters.map(\.name) + ["lp-text"]).map {
          AttributeDeclaration(name: $0, kind: .string)
        },
        // The checker of types knows arguments better.
        takesAnyAttribute: true,
        summary: block.summary
      )
    }
    return catalog
  }

  /// The elements at a block's root, through the blocks that stand there; a slot is whatever fills it.
  private func roots(of name: String, within outer: [String]) -> Set<String> {
    guard let block = self[name], !outer.contains(name) else { return [] }
    var roots: Set<String> = []
    for case .element(let child) in block.root.children where !child.name.hasPrefix("lp-") {
      if self[child.name] != nil {
        roots.formUnion(self.roots(of: child.name, within: outer + [name]))
      } else {
        roots.insert(child.name)
      }
    }
    return roots
  }

  private static func elements(in declaration: ComponentDeclaration?) -> Set<String> {
    if case .elements(let names)? = declaration?.content { return names }
    return []
  }
}
