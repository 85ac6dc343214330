import LetterpressDiagnostics
import LetterpressSchema

/// The way to the profile's field with the recipient's address.
package struct RecipientPath {
  /// Why a path leads nowhere.
  package struct Failure: Error {
    /// One line.
    package var message: String
    /// The name that was meant, where one is near.
    package var suggestion: String?
  }

  /// The names of the properties, from the profile on.
  let names: [String]

  /// Follows a path of names with points between them through a schema.
  ///
  /// It may begin with `profile`, as templates write it.
  init(_ path: String, in schema: ProfileSchema) throws(Failure) {
    var names = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if names.first == "profile", !Self.hasField("profile", schema) { names.removeFirst() }
    self.names = names
    var type = schema.root
    for name in names { type = try Self.member(name, of: type, in: schema.types) }
    switch Self.present(type) {
    case .string, .any: break
    default: throw Failure(message: "'\(path)' is no text")
    }
  }

  /// `email` of the profile, where the schema has such a text.
  init?(likelyIn schema: ProfileSchema) {
    guard case .object(let id) = schema.root, let field = schema.types[id].field("email"),
      case .string = Self.present(field.type)
    else { return nil }
    names = ["email"]
  }

  private static func hasField(_ name: String, _ schema: ProfileSchema) -> Bool {
    guard case .object(let id) = schema.root else { return false }
    return schema.types[id].field(name) != nil
  }

  private static func member(
    _ name: String,
    of type: ValueType,
    in types: TypeTable
  ) throws(Failure) -> ValueType {
    switch present(type) {
    case .any: return .any
    case .object(let id):
      if let field = types[id].field(name) { return field.type }
      if types[id].additional != nil { return .any }
      throw Failure(
        message: "the profile has no field '\(name)'",
        suggestion: suggestion(for: name, among: types[id].fields.map(\.name))
      )
    default: throw Failure(message: "there are no fields where '\(name)' is looked for")
    }
  }

  private static func present(_ type: ValueType) -> ValueType {
    if case .optional(let wrapped) = type { return wrapped }
    return type
  }
}
