package import LetterpressDiagnostics
package import LetterpressLiquid
package import LetterpressMarkup
package import LetterpressSchema

/// A block: what `<lp-block>` in `blocks/NAME.mjml` declares.
package struct BlockDeclaration: Sendable {
  package struct Parameter: Sendable {
    package var name: String
    /// Of `T?` an optional.
    package var type: ValueType
    /// `default="…"`: the value, where it fits the type.
    package var defaultValue: Literal?
    /// A use may leave it out: it has a default or is a `T?`.
    package var isOptional: Bool
    /// As it is written: `Product[]`.
    package var typeName: String
    package var summary: String
    /// `<lp-param …/>`.
    package var range: SourceRange
    /// Its type is marked `x-pii` under `$defs`.
    package var isPersonal = false
  }

  package struct Slot: Sendable {
    /// Empty of the default slot.
    package var name: String
    package var summary: String
    package var range: SourceRange
  }

  package var name: String
  package var summary: String
  package var parameters: [Parameter]
  package var slots: [Slot]
  package var examples: [Element]
  /// `<lp-block>`.
  package var root: Element
  let structure: Structure

  package func parameter(_ name: String) -> Parameter? { parameters.first { $0.name == name } }
}

/// The blocks of a project.
package struct BlockLibrary: Sendable {
  package private(set) var blocks: [String: BlockDeclaration] = [:]
  /// What is wrong with the declarations, by block.
  private var found: [String: [Diagnostic]] = [:]
  /// Blocks that use themselves.
  private var foundCycles: [Diagnostic] = []

  /// No blocks.
  package init() {}

  package subscript(name: String) -> BlockDeclaration? { blocks[name] }

  /// The names, sorted.
  package var names: [String] { blocks.keys.sorted() }

  /// Reads the declarations of blocks; `name` is the file's name without its ending.
  ///
  /// Those of `previous` stay for the blocks that are named in `unchanged`.
  package static func declare(
    _ documents: [(name: String, document: Document)],
    types: TypeTable,
    in sources: SourceSet,
    verbatimElements: Set<String> = ["mj-raw"],
    limits: LiquidLimits = LiquidLimits(),
    previous: BlockLibrary = BlockLibrary(),
    unchanged: Set<String> = []
  ) -> (library: BlockLibrary, diagnostics: [Diagnostic]) {
    var library = BlockLibrary()
    for (name, document) in documents {
      if unchanged.contains(name) {
        library.blocks[name] = previous.blocks[name]
        library.found[name] = previous.found[name]
        continue
      }
      guard let root = document.root else { continue }
      guard root.name == LetterpressNames.block else {
        library.found[name] = [.notABlock(root)]
        continue
      }
      let structure = Structure.read(
        document,
        in: sources,
        verbatimElements: verbatimElements,
        limits: limits
      )
      var reader = BlockReader(types: types, sources: sources)
      library.blocks[name] = reader.read(root, name: name, structure: structure)
      library.found[name] = structure.diagnostics + reader.diagnostics
    }
    let isSame =
      documents.count == previous.found.count
      && documents.allSatisfy { unchanged.contains($0.name) }
    library.foundCycles = isSame ? previous.foundCycles : library.cycles()
    return (library, documents.flatMap { library.found[$0.name] ?? [] } + library.foundCycles)
  }

  /// A finding for each block that no layout reaches.
  package func unused(besides used: Set<String>) -> [Diagnostic] {
    names.filter { !used.contains($0) }.compactMap { blocks[$0].map { .unusedBlock($0) } }
  }

  /// Blocks that use themselves, directly or through others: one finding for each way back.
  private func cycles() -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    var finished: Set<String> = []
    for name in names { visit(name, path: [], &finished, &diagnostics) }
    return diagnostics
  }

  private func visit(
    _ name: String,
    path: [String],
    _ finished: inout Set<String>,
    _ diagnostics: inout [Diagnostic]
  ) {
    guard let block = blocks[name], !finished.contains(name) else { return }
    let path = path + [name]
    for use in block.root.uses(of: self) {
      if let start = path.firstIndex(of: use.name) {
        diagnostics.append(.blockCycle(path[start...] + [use.name], at: use))
      } else {
        visit(use.name, path: path, &finished, &diagnostics)
      }
    }
    finished.insert(name)
  }
}

extension Element {
  /// The elements in it that use blocks.
  fileprivate func uses(of library: BlockLibrary) -> [Element] {
    var uses: [Element] = []
    for case .element(let child) in children {
      if library[child.name] != nil { uses.append(child) }
      uses += child.uses(of: library)
    }
    return uses
  }
}

/// Reads one `<lp-block>`.
struct BlockReader {
  let types: TypeTable
  let sources: SourceSet
  var diagnostics: [Diagnostic] = []

  init(types: TypeTable, sources: SourceSet) {
    self.types = types
    self.sources = sources
  }

  mutating func read(
    _ root: Element,
    name: String,
    structure: Structure
  ) -> BlockDeclaration {
    var block = BlockDeclaration(
      name: name,
      summary: value(of: "summary", in: root) ?? "",
      parameters: [],
      slots: [],
      examples: [],
      root: root,
      structure: structure
    )
    for case .element(let child) in root.children {
      switch child.name {
      case LetterpressNames.parameter:
        if let parameter = parameter(child) {
          if let first = block.parameter(parameter.name) {
            diagnostics.append(.duplicateParameter(parameter, first: first))
          } else {
            block.parameters.append(parameter)
          }
        }
      case LetterpressNames.example: block.examples.append(child)
      default: break
      }
    }
    block.slots = slots(in: root)
    return block
  }

  private func value(of attribute: String, in element: Element) -> String? {
    element.attribute(attribute).map { sources.text($0.value).decodingEntities }
  }

  private mutating func parameter(_ element: Element) -> BlockDeclaration.Parameter? {
    guard let name = element.attribute("name"), let text = value(of: "name", in: element) else {
      diagnostics.append(.parameterWithout("name", element))
      return nil
    }
    guard text.isName else {
      diagnostics.append(.invalidParameterName(text, at: name.value))
      return nil
    }
    let (type, written) = type(of: element)
    var parameter = BlockDeclaration.Parameter(
      name: text,
      type: type,
      defaultValue: nil,
      isOptional: type.admitsNil || type == .unknown,
      typeName: written,
      summary: value(of: "summary", in: element) ?? "",
      range: element.range,
      isPersonal: ParameterType.isPersonal(written, types: types)
    )
    if let attribute = element.attribute("default") {
      parameter.isOptional = true
      let text = sources.text(attribute.value).decodingEntities
      switch ArgumentLiteral.read(text, as: type) {
      case .value(let literal): parameter.defaultValue = literal
      case .unfit(let reason):
        diagnostics.append(
          .invalidDefault(
            text,
            for: parameter,
            reason: reason.isEmpty ? type.noun(in: types) : reason,
            suggestion: type.near(text),
            at: attribute.value
          )
        )
      }
    }
    return parameter
  }

  /// The declared type; unknown after a finding.
  private mutating func type(of element: Element) -> (type: ValueType, written: String) {
    guard let attribute = element.attribute("type") else {
      diagnostics.append(.parameterWithout("type", element))
      return (.unknown, "")
    }
    let written = sources.text(attribute.value).decodingEntities
    switch ParameterType.parse(written, types: types) {
    case .type(let known): return (known, written)
    case .unknown(let name):
      let near = ParameterType.suggestion(for: name, types: types)
      diagnostics.append(
        .unknownParameterType(name, suggestion: near, at: attribute.value)
      )
    case .malformed: diagnostics.append(.malformedParameterType(written, at: attribute.value))
    }
    return (.unknown, written)
  }

  private func slots(in element: Element) -> [BlockDeclaration.Slot] {
    var slots: [BlockDeclaration.Slot] = []
    for case .element(let child) in element.children {
      if child.name == LetterpressNames.slot {
        let slot = BlockDeclaration.Slot(
          name: value(of: "name", in: child) ?? "",
          summary: value(of: "summary", in: child) ?? "",
          range: child.range
        )
        if !slots.contains(where: { $0.name == slot.name }) { slots.append(slot) }
      }
      for slot in self.slots(in: child) where !slots.contains(where: { $0.name == slot.name }) {
        slots.append(slot)
      }
    }
    return slots
  }
}

extension ValueType {
  /// The member of an enum that was meant.
  func near(_ text: String) -> String? {
    guard case .enumeration(let members) = unwrapped else { return nil }
    return suggestion(
      for: text,
      among: members.compactMap { member -> String? in
        if case .string(let name) = member { return name }
        return nil
      }
    )
  }
}
