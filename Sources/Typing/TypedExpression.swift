package import LetterpressDiagnostics
package import LetterpressLiquid
package import LetterpressSchema

/// An expression whose names are resolved and whose type is known.
///
/// A class, for it is handed on from stage to stage, into many nodes, and never changes: passing it on counts
/// one reference, not one for each of its parts.
package final class TypedExpression: Sendable {
  package enum Kind: Sendable {
    case literal(Literal)
    /// The whole profile.
    case profile
    /// The send time (or the persona's).
    case now
    case variable(VariableID)
    /// A declared property: the object's slot of that number.
    case field(TypedExpression, slot: Int, name: String)
    /// A look-up by name in a map, in undeclared properties or in untyped data; also Liquid's `size`,
    /// `first` and `last` of untyped data.
    case key(TypedExpression, String)
    case index(TypedExpression, TypedExpression)
    /// Liquid's own properties of typed arrays, maps and strings.
    case size(TypedExpression)
    case first(TypedExpression)
    case last(TypedExpression)
    case range(TypedExpression, TypedExpression)
    case filter(FilterUse)
    case forloop(LoopID, LoopProperty)
    /// Text with outputs in it: a block's argument of mixed text.
    case text([TypedNode])
    /// A list of literals (`vars:` of the manifest).
    case array([TypedExpression])
    case object([(String, TypedExpression)])
  }

  package let kind: Kind
  package let type: ValueType
  /// Holds or is made of a value marked `x-pii`: the paths of those values.
  package let personalSources: [String]
  /// All values it can have, as it prints them, where they are finitely many and known.
  package let finiteValues: [Literal]?
  package let range: SourceRange

  package init(
    _ kind: Kind,
    type: ValueType,
    range: SourceRange,
    personalSources: [String] = [],
    finiteValues: [Literal]? = nil
  ) {
    self.kind = kind
    self.type = type
    self.range = range
    self.personalSources = personalSources
    self.finiteValues = finiteValues
  }

  /// The same expression with another type or other values, at another place, or made of other personal
  /// fields.
  func with(
    type: ValueType? = nil,
    range: SourceRange? = nil,
    personalSources: [String]? = nil,
    finiteValues: [Literal]? = nil
  ) -> TypedExpression {
    TypedExpression(
      kind,
      type: type ?? self.type,
      range: range ?? self.range,
      personalSources: personalSources ?? self.personalSources,
      finiteValues: finiteValues ?? self.finiteValues
    )
  }
}

package enum LoopProperty: String, Sendable, CaseIterable {
  case index, index0, rindex, rindex0, first, last, length, name
  // tablerow's own.
  case col, col0, row
  case colFirst = "col_first"
  case colLast = "col_last"
}

package struct FilterUse: Sendable {
  package var name: String
  package var input: TypedExpression
  package var arguments: [TypedExpression]
  package var namedArguments: [(name: String, value: TypedExpression)]

  package init(
    name: String,
    input: TypedExpression,
    arguments: [TypedExpression],
    namedArguments: [(name: String, value: TypedExpression)]
  ) {
    self.name = name
    self.input = input
    self.arguments = arguments
    self.namedArguments = namedArguments
  }
}

package indirect enum TypedCondition: Sendable {
  case constant(Bool)
  case truth(TypedExpression)
  case comparison(TypedExpression, Condition.Operator, TypedExpression)
  case and(TypedCondition, TypedCondition)
  case or(TypedCondition, TypedCondition)
  case not(TypedCondition)
}
