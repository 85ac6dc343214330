import LetterpressDiagnostics
import LetterpressMarkup
import LetterpressProgram
import LetterpressSchema
package import LetterpressTyping

/// An attribute with its value.
package struct NamedAttribute: Sendable {
  package var name: AttributeName
  package var value: AttributeValue

  package init(_ name: AttributeName, _ value: AttributeValue) {
    self.name = name
    self.value = value
  }
}

/// What a parent hands to its children, above mj-all and below mj-attributes by tag.
package typealias PassedAttribute = NamedAttribute

/// The defaults that the head's mj-attributes sets.
///
/// From the lowest to the highest (SEMANTICS.md, "Attribute cascade"): the component's defaults, mj-all,
/// what the parent passes, mj-attributes by tag, mj-class from left to right, the child defaults in the
/// mj-class of the nearest ancestor that has one, the element's own.
package struct AttributeCascade: Sendable {
  package var all: [NamedAttribute] = []
  package var byTag: [String: [NamedAttribute]] = [:]
  package var byClass: [String: [NamedAttribute]] = [:]
  /// By class, then by tag: `<mj-class name="p"><mj-text …/></mj-class>`.
  package var byClassAndTag: [String: [String: [NamedAttribute]]] = [:]
  /// By the number of a component, what all its elements have of `all` and `byTag`, once one asked for it.
  private var common: [AttributeLayer?] = []

  package init() {}

  /// What elements of a component have in common; nothing may be added afterwards.
  mutating func common(to component: ComponentInfo, named name: String) -> AttributeLayer {
    if common.isEmpty { common = Array(repeating: nil, count: ComponentInfo.count) }
    if let known = common[component.number] { return known }
    let layer = AttributeLayer(layers: [all, byTag[name] ?? []], of: component)
    common[component.number] = layer
    return layer
  }
}

extension LayoutContext {
  /// The element with its attributes, as its component lays it out.
  ///
  /// - Throws: a question where its mj-class depends on the recipient.
  package mutating func element(
    _ typed: TypedElement,
    at path: InstancePath,
    position: SiblingPosition,
    parent: LayoutElement?,
    inheriting inherited: InheritedContext,
    passed: [PassedAttribute] = []
  ) throws(LayoutInterruption) -> LayoutElement {
    var prologue: [HTMLNode] = []
    let own = named(typed.attributes, prologue: &prologue)
    let above = parent?.inheritedClasses ?? []
    let classes = try classes(among: own, of: typed, at: path)
    return LayoutElement(
      typed: typed,
      path: path,
      attributes: attributes(of: typed, own, classes: classes, above: above, passed: passed),
      inherited: inherited,
      position: position,
      inheritedClasses: classes ?? above,
      prologue: prologue
    )
  }

  /// The cascade of one element: few have more layers than its own and what its kind has in common.
  private mutating func attributes(
    of typed: TypedElement,
    _ own: [NamedAttribute],
    classes: [String]?,
    above: [String],
    passed: [PassedAttribute]
  ) -> ResolvedAttributes {
    let component = ComponentInfo.named(typed.name)
    var layers = classes.map(classLayers) ?? []
    for name in above {
      if let layer = cascade.byClassAndTag[name]?[typed.name] { layers.append(layer) }
    }
    if passed.isEmpty {
      let top =
        layers.isEmpty
        ? AttributeLayer(own, of: component) : AttributeLayer(layers: layers + [own], of: component)
      let common = cascade.common(to: component, named: typed.name)
      return ResolvedAttributes(of: component, own: top, common: common)
    }
    layers = [cascade.all, passed, cascade.byTag[typed.name] ?? []] + layers + [own]
    return ResolvedAttributes(of: component, own: AttributeLayer(layers: layers, of: component))
  }

  /// The words of an element's own mj-class; nil where it has none.
  private mutating func classes(
    among own: [NamedAttribute],
    of typed: TypedElement,
    at path: InstancePath
  ) throws(LayoutInterruption) -> [String]? {
    guard let value = own.first(where: { $0.name == .mjClass })?.value else { return nil }
    var names = value.known
    if names == nil { names = try text(.mjClass, of: typed, at: path) }
    return (names ?? "").split(separator: " ").map(String.init)
  }

  /// The layers of a list of classes, the first first; their css-classes are joined into one.
  private func classLayers(_ classes: [String]) -> [[NamedAttribute]] {
    var layers = classes.compactMap { cascade.byClass[$0] }
    let cssClasses = layers.compactMap { layer in layer.first { $0.name == .cssClass }?.value }
    if cssClasses.count > 1 {
      layers.append([NamedAttribute(.cssClass, AttributeValue(joining: cssClasses))])
    }
    return layers
  }

  /// The attributes of a tag that some component knows; the first of a name wins.
  package func named(_ attributes: [TypedAttribute]) -> [NamedAttribute] {
    var named: [NamedAttribute] = []
    named.reserveCapacity(attributes.count)
    for index in attributes.indices {
      if let name = AttributeName.named(attributes[index].name) {
        named.append(NamedAttribute(name, value(of: attributes[index])))
      }
    }
    return named
  }

  /// The attributes of an element of the body.
  ///
  /// A value that steps a cycle or a counter is caught in a variable, by what is added to `prologue`: MJML
  /// prints a value as often as it likes.
  private mutating func named(
    _ attributes: [TypedAttribute],
    prologue: inout [HTMLNode]
  ) -> [NamedAttribute] {
    var named = named(attributes)
    for place in attributes.indices
    where !attributes[place].isText && attributes[place].value.containSteps {
      let attribute = attributes[place]
      guard let name = AttributeName.named(attribute.name),
        let index = named.firstIndex(where: { $0.name == name })
      else { continue }
      let variable = captureVariable(for: attribute.valueRange)
      prologue.append(.statement(.capture(variable, attribute.value, isMarkup: false)))
      let caught = TypedExpression(
        .variable(variable),
        type: .string(.init()),
        range: attribute.valueRange
      )
      named[index].value = AttributeValue(
        nodes: attribute.value,
        html: HTMLFragment(node: .output(HTMLOutput(caught, stack: stack)))
      )
    }
    return named
  }

  private mutating func captureVariable(for range: SourceRange) -> VariableID {
    if let known = captureVariables[range] { return known }
    let variable = VariableID(index: variableCount)
    variableCount += 1
    captureVariables[range] = variable
    return variable
  }

  /// The value of an attribute: known text, or text with Liquid in it.
  package func value(of attribute: TypedAttribute) -> AttributeValue {
    if attribute.isText { return AttributeValue(text(attribute.valueRange)) }
    let html = lowered(attribute.value)
    if let bytes = html.staticBytes {
      return AttributeValue(String(decoding: bytes, as: UTF8.self))
    }
    return AttributeValue(nodes: attribute.value, html: html)
  }
}

extension AttributeValue {
  /// The values with a space between them.
  fileprivate init(joining values: [AttributeValue]) {
    var nodes: [TypedNode] = []
    var html = HTMLFragment()
    var texts: [String] = []
    for value in values {
      if !html.isEmpty {
        html += " "
        nodes.append(.literal(" "))
      }
      html += value.html
      switch value.content {
      case .known(let text): texts.append(text)
      case .dynamic(let part, _): nodes += part
      }
    }
    // Known texts have no nodes; a list that mixes both is joined only as HTML, which is what copies it.
    self =
      texts.count == values.count
      ? AttributeValue(texts.joined(separator: " ")) : AttributeValue(nodes: nodes, html: html)
  }
}

extension [TypedNode] {
  /// Whether evaluating them twice differs from evaluating them once.
  fileprivate var containSteps: Bool {
    contains { node in
      switch node {
      case .statement(.cycle), .statement(.counter), .statement(.ifChanged): true
      case .branch(let branch):
        branch.alternatives.contains { $0.body.containSteps } || branch.otherwise.containSteps
      case .loop(let loop):
        loop.resumes || loop.body.containSteps || loop.otherwise.containSteps
      case .scope(let scope): scope.body.containSteps
      default: false
      }
    }
  }
}
