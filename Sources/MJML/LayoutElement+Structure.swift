import LetterpressProgram
import LetterpressTyping

extension LayoutChild {
  /// The element, where its parent puts it into a box of its own: not mj-raw, and nothing unknown.
  var boxed: LayoutElement? {
    guard case .element(let element) = self, element.name != "mj-raw",
      element.attributes.component.component != nil
    else { return nil }
    return element
  }
}

extension LayoutElement {
  /// Whether a column or a group stands among its children, where only a section should have them: they
  /// share the width, so that they have to be counted.
  var holdsColumns: Bool { typed.children.containElement(named: ["mj-column", "mj-group"]) }

  /// Its css-class for Outlook's copy of it, a suffix after each word; empty where it has none.
  func suffixedClass(_ suffix: String) -> AttributeValue {
    addedClass?.transformed(.suffixWords(suffix)) ?? ""
  }

  /// The classes where they stand behind a component's own.
  var addedClass: AttributeValue? {
    // MJML reads `false` as no class here, and prints it elsewhere.
    self[.cssClass].flatMap { $0.known == "false" ? nil : $0 }
  }
}

extension LayoutElement {
  /// A child that the author left out, with nothing but what this element hands to it.
  func emptyChild(
    _ name: String,
    inheriting inherited: InheritedContext,
    passed: [PassedAttribute]
  ) -> LayoutElement {
    LayoutElement(
      typed: TypedElement(
        name: name,
        attributes: [],
        children: [],
        content: nil,
        range: typed.range,
        startTag: typed.startTag,
        nameRange: typed.nameRange
      ),
      path: path,
      attributes: ResolvedAttributes(
        of: ComponentInfo.named(name),
        own: AttributeLayer(passed, of: ComponentInfo.named(name))
      ),
      inherited: inherited,
      position: .unknown,
      inheritedClasses: []
    )
  }
}

extension InstancePath {
  /// The value of an `id` that no other element of the mail has: 16 hexadecimal digits, as MJML's.
  var htmlID: String { htmlID(mixing: []) }

  /// An id that is another one where a part is another one.
  func htmlID(mixing parts: [String]) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for text in [identifier] + parts {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0xff) &* 0x100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

extension TypedElement {
  /// The first attribute of a name.
  func attribute(_ name: String) -> TypedAttribute? { attributes.first { $0.name == name } }
}

extension [TypedNode] {
  /// Whether an element of a name stands among them on every path.
  func alwaysContainElement(named name: String) -> Bool {
    contains { node in
      switch node {
      case .element(let element): element.name == name
      case .scope(let scope): scope.body.alwaysContainElement(named: name)
      default: false
      }
    }
  }

  /// The names of the elements among them, those in branches and loops included.
  var namesOfElements: [String] {
    flatMap { node -> [String] in
      switch node {
      case .element(let element): [element.name]
      case .branch(let branch):
        branch.alternatives.flatMap(\.body.namesOfElements) + branch.otherwise.namesOfElements
      case .loop(let loop): loop.body.namesOfElements + loop.otherwise.namesOfElements
      case .scope(let scope): scope.body.namesOfElements
      default: []
      }
    }
  }

  /// Whether an element of one of these names stands among them, on some path.
  func containElement(named names: [String]) -> Bool {
    contains { node in
      switch node {
      case .element(let element): names.contains(element.name)
      case .branch(let branch):
        branch.alternatives.contains { $0.body.containElement(named: names) }
          || branch.otherwise.containElement(named: names)
      case .loop(let loop):
        loop.body.containElement(named: names) || loop.otherwise.containElement(named: names)
      case .scope(let scope): scope.body.containElement(named: names)
      default: false
      }
    }
  }
}
