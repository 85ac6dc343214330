import LetterpressMarkup

extension ComponentDeclaration {
  /// A component of the body.
  init(
    bodyComponent name: String,
    content: Content,
    summary: String,
    attributes: [AttributeDeclaration]
  ) {
    self.init(
      name: name,
      content: content,
      attributes: attributes + AttributeDeclaration.ofEveryComponent + [.string(.lpText)],
      summary: summary
    )
  }

  /// A component of the head.
  init(
    headComponent name: String,
    content: Content,
    summary: String,
    attributes: [AttributeDeclaration] = []
  ) {
    self.init(
      name: name,
      content: content,
      attributes: attributes + AttributeDeclaration.ofEveryComponent,
      summary: summary
    )
  }
}

extension ComponentDeclaration.Content {
  /// What stands in a column: components one below the other.
  static let flow = Self.elements([
    "mj-accordion", "mj-button", "mj-carousel", "mj-divider", "mj-image", "mj-raw", "mj-social",
    "mj-spacer", "mj-table", "mj-text", "mj-navbar",
  ])
}

extension AttributeDeclaration {
  /// What MJML's validator accepts on each of its components, whether they have a use for it or not.
  static let ofEveryComponent: [AttributeDeclaration] = [
    .string(.mjClass, role: .layout), .string(.cssClass),
  ]

  static func string(
    _ name: AttributeName,
    default defaultValue: String? = nil,
    role: Role = .value
  ) -> Self {
    Self(name: name.text, kind: .string, role: role, defaultValue: defaultValue)
  }

  static func color(
    _ name: AttributeName,
    default defaultValue: String? = nil,
    role: Role = .value
  ) -> Self {
    Self(name: name.text, kind: .color, role: role, defaultValue: defaultValue)
  }

  static func boolean(_ name: AttributeName, role: Role = .value) -> Self {
    Self(name: name.text, kind: .boolean, role: role)
  }

  static func integer(
    _ name: AttributeName,
    default defaultValue: String? = nil,
    role: Role = .value
  ) -> Self {
    Self(name: name.text, kind: .integer, role: role, defaultValue: defaultValue)
  }

  /// One of some words.
  static func choice(
    _ name: AttributeName,
    _ words: [String],
    default defaultValue: String? = nil,
    role: Role = .value
  ) -> Self {
    Self(name: name.text, kind: .enumeration(words), role: role, defaultValue: defaultValue)
  }

  /// One to `most` lengths.
  static func length(
    _ name: AttributeName,
    _ units: [String],
    upTo most: Int = 1,
    default defaultValue: String? = nil,
    role: Role = .value
  ) -> Self {
    Self(
      name: name.text,
      kind: .unit(units, most: most),
      role: role,
      defaultValue: defaultValue
    )
  }

  /// A length that may be negative.
  static func signedLength(
    _ name: AttributeName,
    _ units: [String],
    default defaultValue: String? = nil,
    role: Role = .value
  ) -> Self {
    Self(
      name: name.text,
      kind: .signedUnit(units),
      role: role,
      defaultValue: defaultValue
    )
  }
}
