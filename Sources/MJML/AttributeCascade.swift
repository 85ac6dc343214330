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

  package init() {}
}

/// The attributes of one element after the cascade.
///
/// Elements set a few attributes and their components ask for many, so most questions are answered by the
/// set of what is there, and the defaults stay where they are.
package struct ResolvedAttributes: Sendable {
  /// All layers above the defaults; the last of a name counts.
  private var set: [NamedAttribute] = []
  /// A bit for each name that is set; several names share one.
  private var names: UInt64 = 0
  let component: ComponentInfo

  /// Overlays a component's defaults with layers, the lowest first; in one layer the first of a name counts.
  init(of component: ComponentInfo, layers: [[NamedAttribute]]) {
    self.component = component
    if layers.isEmpty { return }
    set.reserveCapacity(layers.reduce(0) { $0 + $1.count })
    for layer in layers {
      for attribute in layer.reversed() {
        names |= Self.bit(attribute.name)
        set.append(attribute)
        if component.isColor(attribute.name) {
          set[set.count - 1].value = attribute.value.transformed(.expandColor)
        }
      }
    }
  }

  private static func bit(_ name: AttributeName) -> UInt64 { 1 << UInt64(name.rawValue & 63) }

  /// The value of an attribute; nil where no layer has it.
  package subscript(name: AttributeName) -> AttributeValue? {
    if names & Self.bit(name) != 0 {
      var index = set.count
      while index > 0 {
        index -= 1
        if set[index].name == name { return set[index].value }
      }
    }
    return component.defaultValue(of: name)
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
    let component = ComponentInfo.named(typed.name)
    var prologue: [HTMLNode] = []
    let own = named(typed.attributes, prologue: &prologue)
    let above = parent?.inheritedClasses ?? []
    let classes = try classes(among: own, of: typed, at: path)
    var layers: [[NamedAttribute]] = []
    if !cascade.all.isEmpty { layers.append(cascade.all) }
    if !passed.isEmpty { layers.append(passed) }
    if !cascade.byTag.isEmpty, let layer = cascade.byTag[typed.name] { layers.append(layer) }
    if let classes { layers += classLayers(classes) }
    for name in above {
      if let layer = cascade.byClassAndTag[name]?[typed.name] { layers.append(layer) }
    }
    if !own.isEmpty { layers.append(own) }
    return LayoutElement(
      typed: typed,
      path: path,
      attributes: ResolvedAttributes(of: component, layers: layers),
      inherited: inherited,
      position: position,
      inheritedClasses: classes ?? above,
      prologue: prologue
    )
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
    for attribute in attributes where attribute.value.containSteps {
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
    switch attribute.value.count {
    case 0: return AttributeValue("")
    case 1: if case .text(let range) = attribute.value[0] { return AttributeValue(text(range)) }
    default: break
    }
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
