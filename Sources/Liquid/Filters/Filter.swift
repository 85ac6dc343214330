/// What kinds of values a filter takes and gives, for whoever checks types.
package enum FilterType: Sendable, Hashable {
  case any
  case string
  case integer
  /// An integer or a fraction.
  case number
  case boolean
  /// A date, a date with a time, or seconds since 1970.
  case date
  case array
  /// A string that is HTML, escaped already.
  case html
  case uri
  /// What the filter was given.
  case sameAsInput
  /// An element of the array that it was given; nil where there is none.
  case element
  /// The array that it was given, with other elements of the same type.
  case sameArray
  /// An array of what the property has that the first argument names.
  case arrayOfProperty
  /// The type of the input, without nil, joined to that of the first argument.
  case inputOrArgument
  /// An integer where the input and all arguments are integers, else a number.
  case arithmetic
  /// The name of a property of the input's elements.
  case property
  /// An ISO 4217 code: "EUR".
  case currency
  /// A BCP 47 tag: "de-AT".
  case locale
  /// A name of the IANA time zone database: "Europe/Berlin".
  case timeZone
  /// The key of a translation.
  case translationKey
}

/// What a filter is called and what it takes.
package struct FilterSignature: Sendable {
  package struct Parameter: Sendable {
    package var name: String
    package var type: FilterType
    package var isOptional: Bool

    package init(_ name: String, _ type: FilterType, isOptional: Bool = false) {
      self.name = name
      self.type = type
      self.isOptional = isOptional
    }

    package static func optional(_ name: String, _ type: FilterType) -> Self {
      Self(name, type, isOptional: true)
    }
  }

  package var name: String
  package var input: FilterType
  package var parameters: [Parameter]
  /// Arguments with a name; all are optional.
  package var namedParameters: [Parameter]
  /// Whether any other name may be used too (`t`).
  package var takesAnyName: Bool
  /// Whether any number of arguments may follow (what translations are made of).
  package var takesMore: Bool
  package var result: FilterType
  /// One sentence for documentation and editors.
  package var summary: String

  /// How many arguments without a name it takes.
  package var arity: ClosedRange<Int> {
    parameters.count { !$0.isOptional }...(takesMore ? .max : parameters.count)
  }
}

/// A filter: its signature and what it does.
package struct Filter: Sendable {
  package typealias Function =
    @Sendable (Value, FilterArguments, inout FilterContext) throws(LiquidError) -> Value

  package let signature: FilterSignature
  private let function: Function

  package init(
    _ name: String,
    _ summary: String,
    input: FilterType,
    _ parameters: FilterSignature.Parameter...,
    named: [FilterSignature.Parameter] = [],
    takesAnyName: Bool = false,
    takesMore: Bool = false,
    result: FilterType,
    _ function: @escaping Function
  ) {
    signature = FilterSignature(
      name: name,
      input: input,
      parameters: parameters,
      namedParameters: named,
      takesAnyName: takesAnyName,
      takesMore: takesMore,
      result: result,
      summary: summary
    )
    self.function = function
  }

  /// Applies the filter, within the context's limits.
  ///
  /// The caller has checked the number of arguments against the signature (`FilterCatalog.check`).
  package func callAsFunction(
    _ input: Value,
    _ arguments: FilterArguments,
    _ context: inout FilterContext
  ) throws(LiquidError) -> Value {
    try context.budget.spend()
    try context.budget.spend(on: input)
    for argument in arguments.positional { try context.budget.spend(on: argument) }
    let result = try function(input, arguments, &context)
    if case .string(let text) = result {
      try context.budget.spend(on: result)
      guard text.utf8.count <= context.valueLimit else { throw .tooLarge(context.valueLimit) }
    }
    return result
  }
}

/// The arguments of one application.
package struct FilterArguments: Sendable {
  package var positional: [Value]
  package var named: [(name: String, value: Value)]

  package init(_ positional: [Value] = [], named: [(name: String, value: Value)] = []) {
    self.positional = positional
    self.named = named
  }

  package var count: Int { positional.count }

  /// The argument at a place, nil (the value) where there is none.
  package subscript(position: Int) -> Value {
    positional.indices.contains(position) ? positional[position] : .nil
  }

  package func has(_ position: Int) -> Bool { positional.indices.contains(position) }

  /// The argument of a name.
  package subscript(name: String) -> Value? { named.last { $0.name == name }?.value }
}
