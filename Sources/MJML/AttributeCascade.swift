import LetterpressDiagnostics
import LetterpressMarkup
import LetterpressProgram
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

/// The attributes of one element, as layers; the first that has a name gives its value.
package struct ResolvedAttributes: Sendable {
  /// From the highest to the lowest.
  var layers: [[NamedAttribute]]
  let component: ComponentInfo

  /// The value of an attribute; nil where no layer has it.
  package subscript(name: AttributeName) -> AttributeValue? {
    for layer in layers {
      for attribute in layer where attribute.name == name {
        return component.isColor(name)
          ? attribute.value.transformed(.expandColor) : attribute.value
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
    var element = LayoutElement(
      typed: typed,
      path: path,
      attributes: ResolvedAttributes(layers: [], component: component),
      inherited: inherited,
      position: position,
      inheritedClasses: parent?.inheritedClasses ?? []
    )
    let own = named(typed.attributes)
    element.attributes.layers = [own]
    var classes: [String]?
    if let text = try text(.mjClass, of: element) {
      classes = text.split(separator: " ").map(String.init)
    }
    var layers: [[NamedAttribute]] = own.isEmpty ? [] : [own]
    for name in element.inheritedClasses.reversed() {
      if let layer = cascade.byClassAndTag[name]?[typed.name] { layers.append(layer) }
    }
    if let classes { layers += classLayers(classes) }
    if let layer = cascade.byTag[typed.name] { layers.append(layer) }
    if !passed.isEmpty { layers.append(passed) }
    if !cascade.all.isEmpty { layers.append(cascade.all) }
    element.attributes.layers = layers
    if let classes { element.inheritedClasses = classes }
    return element
  }

  /// The layers of a list of classes, the last first; their css-classes are joined into one.
  private func classLayers(_ classes: [String]) -> [[NamedAttribute]] {
    var layers = classes.reversed().compactMap { cascade.byClass[$0] }
    let cssClasses = classes.compactMap { name in
      cascade.byClass[name]?.first { $0.name == .cssClass }?.value
    }
    if cssClasses.count > 1 {
      layers.insert([NamedAttribute(.cssClass, AttributeValue(joining: cssClasses))], at: 0)
    }
    return layers
  }

  /// The attributes of a tag that some component knows; the first of a name wins.
  package func named(_ attributes: [TypedAttribute]) -> [NamedAttribute] {
    attributes.compactMap { attribute in
      AttributeName.named(attribute.name).map { NamedAttribute($0, value(of: attribute)) }
    }
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
