import LetterpressDiagnostics

/// The kinds of JSON values that a schema lets in; whole numbers apart, so that `integer` is a
/// subset of `number`.
struct JSONKinds: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  static let null = JSONKinds(rawValue: 1)
  static let boolean = JSONKinds(rawValue: 2)
  static let integer = JSONKinds(rawValue: 4)
  static let fraction = JSONKinds(rawValue: 8)
  static let string = JSONKinds(rawValue: 16)
  static let array = JSONKinds(rawValue: 32)
  static let object = JSONKinds(rawValue: 64)
  static let number: JSONKinds = [.integer, .fraction]
  static let all = JSONKinds(rawValue: 127)

  /// The values of the keyword `type`.
  static let names: [(name: String, kinds: JSONKinds)] = [
    ("null", .null), ("boolean", .boolean), ("integer", .integer), ("number", .number),
    ("string", .string), ("array", .array), ("object", .object),
  ]

  /// As the keyword `type` would write them.
  var typeNames: [String] {
    Self.names.filter { name, kinds in
      isSuperset(of: kinds) && !(name == "integer" && contains(.fraction))
    }.map(\.name)
  }
}

/// One schema of a file with its keywords read and checked, each by itself; nothing is resolved.
///
/// A class, as it is large and looked at often; it does not change once it is read.
final class SchemaNode {
  /// A place among the nodes of a file.
  typealias ID = Int

  struct Located<Value: Sendable>: Sendable {
    var value: Value
    var range: SourceRange
  }

  struct Property: Sendable {
    var name: String
    var keyRange: SourceRange
    var schema: ID
  }

  /// An `anyOf` or `oneOf`.
  struct Union: Sendable {
    /// Exactly one of the branches must hold.
    var isExclusive: Bool
    var keyRange: SourceRange
    var branches: [ID]
  }

  let range: SourceRange
  /// The schema `false`: no value satisfies it.
  var isFalse = false
  /// Its name where it stands directly under `$defs`; `profile` at the root.
  var definitionName: String?

  init(range: SourceRange) { self.range = range }

  // What it asserts.
  var kinds: Located<JSONKinds>?
  /// `enum`, or `const` as a list of one.
  var constants: [Located<[LocatedJSON]>] = []
  var format: Located<ValueType.Format>?
  var minLength: Located<Int>?
  var maxLength: Located<Int>?
  var pattern: Located<Pattern>?
  var isHTML: Bool?
  var minimum: Located<JSONNumber>?
  var maximum: Located<JSONNumber>?
  var exclusiveMinimum: Located<JSONNumber>?
  var exclusiveMaximum: Located<JSONNumber>?
  var multipleOf: Located<JSONNumber>?
  var properties: [Property] = []
  var hasProperties = false
  var required: [Located<String>] = []
  var additional: Located<ID>?
  var minProperties: Located<Int>?
  var maxProperties: Located<Int>?
  var items: ID?
  var minItems: Located<Int>?
  var maxItems: Located<Int>?
  var uniqueItems: Located<Bool>?

  // What it is made of.
  var reference: Located<String>?
  var allOf: [ID] = []
  var unions: [Union] = []

  // What it says without asserting it.
  var title: String?
  var description: String?
  var defaultValue: LocatedJSON?
  var isDeprecated = false
  var isPersonal = false
  var isCleanHTML = false

  /// Which kinds its keywords speak of, for schemas without `type`.
  var impliedKinds: [JSONKinds] {
    var implied: [JSONKinds] = []
    if format != nil || minLength != nil || maxLength != nil || pattern != nil || isHTML == true {
      implied.append(.string)
    }
    if minimum != nil || maximum != nil || exclusiveMinimum != nil || exclusiveMaximum != nil
      || multipleOf != nil
    {
      implied.append(.number)
    }
    if hasProperties || !required.isEmpty || additional != nil || minProperties != nil
      || maxProperties != nil
    {
      implied.append(.object)
    }
    if items != nil || minItems != nil || maxItems != nil || uniqueItems != nil {
      implied.append(.array)
    }
    return implied
  }

  /// Whether it only names another schema or adds remarks: it then takes no part in a type.
  var assertsNothing: Bool { unions.isEmpty && assertsOnlyUnions }

  var assertsOnlyUnions: Bool {
    !isFalse && kinds == nil && constants.isEmpty && impliedKinds.isEmpty && isHTML != true
      && !isCleanHTML
  }
}
