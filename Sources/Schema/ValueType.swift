package import LetterpressDiagnostics

/// What a value can be, as JSON Schema says it.
///
/// Objects are named by their place in a `TypeTable`, so that types may be recursive and cheap to
/// compare.
package indirect enum ValueType: Hashable, Sendable {
  /// Already reported; agrees with everything, so that one mistake gives one message.
  case unknown
  /// Untyped: `true`, `{}`, or what `additionalProperties: true` lets in.
  case any
  /// Nothing but nil.
  case null
  case boolean
  case integer(IntegerBounds)
  case number(NumberBounds)
  case string(StringFacts)
  /// `enum` and `const`: one of these, in the order of the schema.
  case enumeration([Constant])
  /// A string that is markup on purpose (`contentMediaType: text/html`).
  case html(isClean: Bool)
  case object(ObjectType.ID)
  /// An object of any keys whose values have one type.
  case map(ValueType)
  case array(ArrayType)
  /// Not required, or nullable: nil is a value too. Never nested, never around `null`, `any` or
  /// `unknown`.
  case optional(ValueType)
  /// A `oneOf` of objects told apart by a property that is a constant in each.
  case union(tag: String, [ObjectType.ID])

  /// A value that a schema names.
  package enum Constant: Hashable, Sendable {
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
  }

  /// `minimum` and `maximum`, exclusive ones already moved by one; nil where open.
  package struct IntegerBounds: Hashable, Sendable {
    package var minimum: Int?
    package var maximum: Int?

    package init(minimum: Int? = nil, maximum: Int? = nil) {
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  package struct NumberBounds: Hashable, Sendable {
    package var minimum: Double?
    package var maximum: Double?
    package var isMinimumExclusive: Bool
    package var isMaximumExclusive: Bool

    package init(
      minimum: Double? = nil,
      maximum: Double? = nil,
      isMinimumExclusive: Bool = false,
      isMaximumExclusive: Bool = false
    ) {
      self.minimum = minimum
      self.maximum = maximum
      self.isMinimumExclusive = isMinimumExclusive
      self.isMaximumExclusive = isMaximumExclusive
    }
  }

  /// The `format`s that the type system builds on; any other is an annotation.
  package enum Format: String, Hashable, Sendable, CaseIterable {
    case date
    case dateTime = "date-time"
    case time
    case uri
    case email
    case color
    case length
    case currency
    case timeZone = "iana-tz"
  }

  /// Lengths in Unicode scalars.
  package struct StringFacts: Hashable, Sendable {
    package var format: Format?
    package var minLength: Int
    package var maxLength: Int?

    package init(format: Format? = nil, minLength: Int = 0, maxLength: Int? = nil) {
      self.format = format
      self.minLength = minLength
      self.maxLength = maxLength
    }
  }

  package struct ArrayType: Hashable, Sendable {
    package var element: ValueType
    package var minItems: Int
    package var maxItems: Int?

    package init(element: ValueType, minItems: Int = 0, maxItems: Int? = nil) {
      self.element = element
      self.minItems = minItems
      self.maxItems = maxItems
    }
  }
}

/// An object with known properties.
package struct ObjectType: Sendable {
  /// Its place in the `TypeTable`.
  package struct ID: Hashable, Sendable {
    package let index: Int

    package init(index: Int) { self.index = index }
  }

  /// A property.
  package struct Field: Sendable {
    package var name: String
    /// `optional` where the property is not required (and has no `default`) or is nullable.
    package var type: ValueType
    /// Which of the object's slots holds the value.
    package var slot: Int
    package var isPersonal: Bool
    package var isDeprecated: Bool
    package var description: String
    /// The property's key in the schema.
    package var declaration: SourceRange

    package init(
      name: String,
      type: ValueType,
      slot: Int,
      isPersonal: Bool,
      isDeprecated: Bool,
      description: String,
      declaration: SourceRange
    ) {
      self.name = name
      self.type = type
      self.slot = slot
      self.isPersonal = isPersonal
      self.isDeprecated = isDeprecated
      self.description = description
      self.declaration = declaration
    }
  }

  /// What to call it in messages: the `$defs` name, the title, or the path to it.
  package var name: String
  /// In the order of the schema; a field's slot is its place here.
  package var fields: [Field]
  /// The type of undeclared properties; nil where there are none (LANGUAGE.md, B01).
  ///
  /// Values of undeclared properties stand in a map slot after the fields' slots.
  package var additional: ValueType?
  package var declaration: SourceRange

  package init(
    name: String,
    fields: [Field],
    additional: ValueType?,
    declaration: SourceRange
  ) {
    self.name = name
    self.fields = fields
    self.additional = additional
    self.declaration = declaration
  }

  package func field(_ name: String) -> Field? { fields.first { $0.name == name } }
}

/// All object types of a schema.
package struct TypeTable: Sendable {
  package var objects: [ObjectType]
  /// The types under `$defs`, for the parameters of blocks.
  package var definitions: [String: ValueType]
  /// Those of them that are marked `x-pii`.
  package var personalDefinitions: Set<String> = []

  package init(objects: [ObjectType] = [], definitions: [String: ValueType] = [:]) {
    self.objects = objects
    self.definitions = definitions
  }

  package subscript(id: ObjectType.ID) -> ObjectType { objects[id.index] }
}
