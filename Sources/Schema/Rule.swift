package import LetterpressDiagnostics

/// What a value of a profile must satisfy, beside its type: the facts of a schema that only
/// validation asks.
package struct Rule: Sendable {
  /// Its place in the `RuleTable`.
  package struct ID: Hashable, Sendable {
    package let index: Int

    package init(index: Int) { self.index = index }
  }

  package enum Shape: Sendable {
    /// Any JSON: no type is given, or it was reported already.
    case anything
    /// Nothing but null, if that.
    case nothing
    case boolean
    case integer
    case number
    case string
    /// One of these; further facts have been applied to the list.
    case constants([ValueType.Constant])
    case object(ObjectType.ID)
    case map(Rule.ID)
    case array(Rule.ID)
    /// The objects by the value of their tag, in the order of the schema.
    case union(tag: String, [Variant])
  }

  package struct Variant: Sendable {
    package var constant: ValueType.Constant
    package var type: ObjectType.ID
    package var rule: Rule.ID
  }

  package struct Bound: Hashable, Sendable {
    package var value: JSONNumber
    package var isExclusive: Bool
  }

  package var shape: Shape
  package var isNullable = false
  package var minimum: Bound?
  package var maximum: Bound?
  package var factors: [JSONNumber] = []
  /// Unicode scalars of a string, elements of an array, members of an object.
  package var minCount = 0
  package var maxCount: Int?
  package var patterns: [Pattern] = []
  package var formats: [ValueType.Format] = []
  package var isUnique = false
}

/// The members of an object type, as validation sees them; stands beside the `ObjectType` of the
/// same ID.
package struct ObjectRule: Sendable {
  package struct Field: Sendable {
    package var name: String
    package var rule: Rule.ID
    package var isRequired: Bool
    /// Filled in where the profile has no such member (LANGUAGE.md, D27).
    package var defaultValue: DefaultValue?
  }

  package struct DefaultValue: Sendable {
    /// As the schema writes it.
    package var json: [UInt8]
    package var range: SourceRange
  }

  package enum Undeclared: Sendable {
    /// Let in and not kept.
    case ignored
    case forbidden
    case kept(Rule.ID)
  }

  /// In the order of the type's fields, so of its slots.
  package var fields: [Field] = []
  package var undeclared = Undeclared.ignored
  /// Names of properties whose schema is `false`.
  package var excluded: [String] = []
}

/// The rules of a schema.
package struct RuleTable: Sendable {
  package var rules: [Rule] = []
  /// By `ObjectType.ID`.
  package var objects: [ObjectRule] = []

  package subscript(id: Rule.ID) -> Rule { rules[id.index] }
  package subscript(id: ObjectType.ID) -> ObjectRule { objects[id.index] }
}
