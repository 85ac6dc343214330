import LetterpressProgram

/// The attributes of one element after the cascade.
///
/// Elements set a few attributes and their components ask for many, so most questions are answered by the
/// set of what is there, and what elements have in common stays where it is.
package struct ResolvedAttributes: Sendable {
  private let own: AttributeLayer
  private let common: AttributeLayer
  let component: ComponentInfo

  init(of component: ComponentInfo, own: AttributeLayer, common: AttributeLayer = .empty) {
    self.component = component
    self.own = own
    self.common = common
  }

  /// Whether an attribute has a value.
  func has(_ name: AttributeName) -> Bool {
    own.mayHave(name) && own[name] != nil || common.mayHave(name) && common[name] != nil
      || component.defaultValue(of: name) != nil
  }

  /// The value of an attribute; nil where no layer has it.
  package subscript(name: AttributeName) -> AttributeValue? {
    own[name] ?? common[name] ?? component.defaultValue(of: name)
  }
}

/// Attributes of which the last of a name counts.
struct AttributeLayer: Sendable {
  private var attributes: [NamedAttribute]
  /// A bit for each name that is set; several names share one.
  private var names: UInt64 = 0

  static let empty = AttributeLayer([])

  private init(_ attributes: [NamedAttribute]) { self.attributes = attributes }

  /// What a tag says, colors expanded; it has each name once.
  init(_ attributes: [NamedAttribute], of component: ComponentInfo) {
    self.attributes = attributes
    for index in attributes.indices {
      names |= Self.bit(attributes[index].name)
      let value = attributes[index].value
      if component.isColor(attributes[index].name), value.mayBeShortColor {
        self.attributes[index].value = value.transformed(.expandColor)
      }
    }
  }

  /// Layers on each other, the lowest first.
  init(layers: [[NamedAttribute]], of component: ComponentInfo) {
    self.init(Array(layers.joined()), of: component)
  }

  private static func bit(_ name: AttributeName) -> UInt64 { 1 << UInt64(name.rawValue & 63) }

  /// False where no attribute has that name; mostly true only where one has.
  func mayHave(_ name: AttributeName) -> Bool { names & Self.bit(name) != 0 }

  subscript(name: AttributeName) -> AttributeValue? {
    guard mayHave(name) else { return nil }
    var index = attributes.count
    while index > 0 {
      index -= 1
      if attributes[index].name == name { return attributes[index].value }
    }
    return nil
  }
}
