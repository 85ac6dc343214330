import LetterpressDiagnostics
import LetterpressMarkup

/// Slots and what fills them.
///
/// A use's children are elaborated once, as the caller's. Where the block has a slot, they are *projected*: what
/// the caller's conditions let through for that slot, and the slot's own content on the other paths.
///
///     <card>{% if vip %}<lp-fill slot="foot">A</lp-fill>{% endif %}<mj-text/></card>
///     slot foot:     branch [ vip → A, else → default content ]
///     default slot:  mj-text
extension Checker {
  /// `<lp-slot>` in a block's body.
  func slot(_ element: Element) -> [TypedNode] {
    let content = children(of: element)
    guard let fills else { return content }
    let name = attribute("name", of: element) ?? ""
    return projected(fills[...], slot: name, otherwise: content)
  }

  private func attribute(_ name: String, of element: Element) -> String? {
    element.attribute(name).map { text($0.value).decodingEntities }
  }

  /// What of the caller's nodes goes into a slot; `otherwise` stands where nothing does.
  ///
  /// Statements at the top of the nodes run before the block does; those in branches and loops stay.
  private func projected(
    _ nodes: ArraySlice<TypedNode>,
    slot: String,
    otherwise: [TypedNode],
    isNested: Bool = false
  ) -> [TypedNode] {
    guard let index = nodes.firstIndex(where: { fills([$0], slot) }) else {
      return isNested ? nodes.filter(\.isStatement) + otherwise : otherwise
    }
    let before = isNested ? nodes[..<index].filter(\.isStatement) : []
    func rest(_ otherwise: [TypedNode]) -> [TypedNode] {
      projected(nodes[(index + 1)...], slot: slot, otherwise: otherwise, isNested: isNested)
    }
    func nested(_ body: [TypedNode], _ otherwise: [TypedNode]) -> [TypedNode] {
      projected(body[...], slot: slot, otherwise: otherwise, isNested: true)
    }
    switch nodes[index] {
    case .element(let element) where element.name == LetterpressNames.fill:
      return before + element.children + rest([])
    case .branch(var branch):
      let (none, more) = (rest(otherwise), rest([]))
      func filled(_ body: [TypedNode]) -> [TypedNode] {
        guard fills(body, slot) else { return body.filter(\.isStatement) + none }
        return nested(body, more.isEmpty ? none : []) + more
      }
      for index in branch.alternatives.indices {
        branch.alternatives[index].body = filled(branch.alternatives[index].body)
      }
      branch.otherwise = filled(branch.otherwise)
      return before + [.branch(branch)]
    case .loop(var loop):
      loop.body = nested(loop.body, [])
      loop.otherwise = nested(loop.otherwise, [])
      return before + [.loop(loop)] + rest([])
    default: return before + [nodes[index]] + rest([])
    }
  }

  /// Whether any of the nodes has something for a slot.
  private func fills(_ nodes: [TypedNode], _ slot: String) -> Bool {
    nodes.contains { node in
      switch node {
      case .element(let element):
        element.name == LetterpressNames.fill ? slotName(of: element) == slot : slot.isEmpty
      case .branch(let branch):
        fills(branch.otherwise, slot) || branch.alternatives.contains { fills($0.body, slot) }
      case .loop(let loop): fills(loop.body, slot) || fills(loop.otherwise, slot)
      case .scope, .comment: slot.isEmpty
      case .raw, .text, .literal, .output, .statement: false
      }
    }
  }

  private func slotName(of fill: TypedElement) -> String {
    fill.attributes.first { $0.name == "slot" }
      .map { text($0.valueRange).decodingEntities } ?? ""
  }

  // MARK: Checks

  /// Reports fills of slots that the block does not have, and slots that are filled twice.
  func checkFills(_ nodes: [TypedNode], of block: BlockDeclaration, at use: Element) {
    var filled: [String: TypedElement] = [:]
    for node in nodes {
      guard case .element(let element) = node, element.name == LetterpressNames.fill else {
        continue
      }
      let name = slotName(of: element)
      if let first = filled[name] {
        report(.duplicateFill(name, at: element.startTag, first: first.startTag))
      }
      filled[name] = element
    }
    checkFillNames(nodes, of: block, at: use)
  }

  private func checkFillNames(
    _ nodes: [TypedNode],
    of block: BlockDeclaration,
    at use: Element
  ) {
    for node in nodes {
      switch node {
      case .element(let element) where element.name == LetterpressNames.fill:
        let name = slotName(of: element)
        guard !block.slots.contains(where: { $0.name == name }) else { continue }
        let attribute = element.attributes.first { $0.name == "slot" }
        report(
          .unknownSlot(
            name,
            of: block.name,
            known: block.slots.map(\.name).filter { !$0.isEmpty },
            at: attribute?.valueRange ?? element.startTag
          )
        )
      case .element(let element):
        guard !block.slots.contains(where: { $0.name.isEmpty }) else { continue }
        report(
          .noDefaultSlot(
            of: block.name,
            known: block.slots.map(\.name),
            at: element.startTag
          )
        )
        return
      case .branch(let branch):
        for alternative in branch.alternatives {
          checkFillNames(alternative.body, of: block, at: use)
        }
        checkFillNames(branch.otherwise, of: block, at: use)
      case .loop(let loop):
        checkFillNames(loop.body, of: block, at: use)
        checkFillNames(loop.otherwise, of: block, at: use)
      default: break
      }
    }
  }
}
