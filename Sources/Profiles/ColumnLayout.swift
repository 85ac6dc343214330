import LetterpressDiagnostics
import LetterpressSchema

/// How the columns of a table make the fields of a profile.
///
/// A column's name is the path of a field: `first_name`, `address.city`, or a JSON Pointer
/// (`/address/city`). Where a field's own name has a dot, the longer name wins.
struct ColumnLayout {
  /// What the schema expects of a column's values.
  enum Kind {
    case string
    case integer
    case number
    case boolean
    /// Arrays, objects and unions: the value is JSON text.
    case json
    /// Nothing is said about it.
    case any
    /// The column is left out.
    case ignored
  }

  struct Column {
    var name: String
    var pointer: String
    var kind: Kind
    /// Where the column has no value the member is null, rather than missing.
    var isNullable: Bool
  }

  /// What is written for a row, one after the other.
  private enum Step {
    case open(key: [UInt8])
    case value(column: Int, key: [UInt8])
    case close
  }

  private(set) var columns: [Column] = []
  private var steps: [Step] = []

  /// Where a row's objects started, while it is written.
  struct Scratch {
    var starts: [Int] = []
  }

  init(
    names: [String],
    of input: ProfileInput,
    line: Int?,
    schema: ProfileSchema
  ) throws(ProfileSourceError) {
    let resolver = ColumnResolver(schema)
    var root = Node()
    var seen: Set<[UInt8]> = []
    var unknown: [String] = []
    for (index, name) in names.enumerated() {
      guard !name.isEmpty else {
        throw ProfileSourceError(
          .unfit,
          "empty-header",
          in: input.name,
          line: line,
          "column \(index + 1) has no name"
        )
      }
      guard let (tokens, column) = resolver.column(name) else {
        unknown.append(name)
        columns.append(Column(name: name, pointer: "", kind: .ignored, isNullable: false))
        continue
      }
      guard seen.insert(Array(column.pointer.utf8)).inserted else {
        throw ProfileSourceError(
          .unfit,
          "duplicate-header",
          in: input.name,
          line: line,
          "the column '\(name)' stands there twice"
        )
      }
      columns.append(column)
      guard root.insert(tokens[...], column: index) else {
        throw ProfileSourceError(
          .unfit,
          "duplicate-header",
          in: input.name,
          line: line,
          "the column '\(name)' is part of another column's value"
        )
      }
    }
    if let name = unknown.first, !input.ignoresUnknownColumns {
      throw Self.unknownColumn(name, names: names, input, line: line, resolver)
    }
    try Self.requireColumns(columns, input, line: line, resolver)
    root.write(into: &steps)
  }

  /// Appends a row's JSON.
  ///
  /// `value` appends the value of a column, or leaves it out and says so by false.
  func write(
    into json: inout [UInt8],
    _ scratch: inout Scratch,
    value: (Int, inout [UInt8]) -> Bool
  ) {
    scratch.starts.removeAll(keepingCapacity: true)
    json.append(UInt8(ascii: "{"))
    for step in steps {
      switch step {
      case .open(let key):
        scratch.starts.append(json.count)
        Self.append(key, to: &json)
        json.append(UInt8(ascii: "{"))
      case .value(let column, let key):
        let start = json.count
        Self.append(key, to: &json)
        if !value(column, &json) { json.removeLast(json.count - start) }
      case .close:
        // An object all of whose columns are empty is missing itself.
        let start = scratch.starts.removeLast()
        if json.last == UInt8(ascii: "{") {
          json.removeLast(json.count - start)
        } else {
          json.append(UInt8(ascii: "}"))
        }
      }
    }
    json.append(UInt8(ascii: "}"))
  }

  private static func append(_ key: [UInt8], to json: inout [UInt8]) {
    if json.last != UInt8(ascii: "{") { json.append(UInt8(ascii: ",")) }
    json.append(contentsOf: key)
  }

  // MARK: - Headers

  private static func unknownColumn(
    _ name: String,
    names: [String],
    _ input: ProfileInput,
    line: Int?,
    _ resolver: ColumnResolver
  ) -> ProfileSourceError {
    let other = [(";", "';'"), ("\t", "a tab"), ("|", "'|'"), (",", "','")].first {
      names.count == 1 && name.contains($0.0)
    }
    if input.format == .csv, let (delimiter, shown) = other {
      return ProfileSourceError(
        .unfit,
        "wrong-delimiter",
        in: input.name,
        line: line,
        "the fields seem to be separated by \(shown)",
        hint: "--delimiter '\(delimiter)'"
      )
    }
    let advice =
      suggestion(for: name, among: resolver.names).map { "; did you mean '\($0)'?" } ?? ""
    return ProfileSourceError(
      .unfit,
      "unknown-column",
      in: input.name,
      line: line,
      "the schema has no field for the column '\(name)'\(advice)",
      hint: "--ignore-unknown leaves such columns out"
    )
  }

  /// A required field without a column would refuse each row for the same reason.
  private static func requireColumns(
    _ columns: [Column],
    _ input: ProfileInput,
    line: Int?,
    _ resolver: ColumnResolver
  ) throws(ProfileSourceError) {
    for name in resolver.requiredNames {
      let pointer = JSONPointer.token(name)
      if columns.contains(where: { $0.pointer == pointer || $0.pointer.hasPrefix(pointer + "/") }) {
        continue
      }
      throw ProfileSourceError(
        .unfit,
        "missing-column",
        in: input.name,
        line: line,
        "there is no column for the required field '\(name)'"
      )
    }
  }

  /// The tree of fields that the columns stand in.
  private struct Node {
    var column: Int?
    var children: [(name: String, node: Node)] = []

    /// False where a column would be both a value and a part of one.
    mutating func insert(_ tokens: ArraySlice<String>, column: Int) -> Bool {
      guard let name = tokens.first else {
        if self.column != nil || !children.isEmpty { return false }
        self.column = column
        return true
      }
      if self.column != nil { return false }
      if let index = children.firstIndex(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
        return children[index].node.insert(tokens.dropFirst(), column: column)
      }
      var child = Node()
      let isNew = child.insert(tokens.dropFirst(), column: column)
      children.append((name, child))
      return isNew
    }

    func write(into steps: inout [Step]) {
      for (name, child) in children {
        var key: [UInt8] = []
        JSONText.append(Array(name.utf8)[...], to: &key)
        key.append(UInt8(ascii: ":"))
        if let column = child.column {
          steps.append(.value(column: column, key: key))
        } else {
          steps.append(.open(key: key))
          child.write(into: &steps)
          steps.append(.close)
        }
      }
    }
  }
}

/// Finds the fields of a schema that columns are named after.
private struct ColumnResolver {
  /// No path has more steps (DESIGN, "Limits": JSON depth 64).
  private static let depthLimit = 64

  private let schema: ProfileSchema
  /// The root's fields.
  let names: [String]
  /// Those that each profile must have.
  let requiredNames: [String]

  init(_ schema: ProfileSchema) {
    self.schema = schema
    let fields = Self.objects(of: schema.rootRule, schema).flatMap { schema.rules[$0].fields }
    names = fields.map(\.name)
    guard case .object(let id) = schema.rules[schema.rootRule].shape else {
      requiredNames = []
      return
    }
    requiredNames = schema.rules[id].fields.filter { $0.isRequired && $0.defaultValue == nil }
      .map(\.name)
  }

  func column(_ name: String) -> (tokens: [String], ColumnLayout.Column)? {
    let isPointer = name.hasPrefix("/")
    let tokens =
      isPointer
      ? name.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(Self.unescape)
      : name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard tokens.count <= Self.depthLimit else { return nil }
    guard let (path, rule) = resolve(tokens[...], isPointer: isPointer, from: schema.rootRule)
    else { return nil }
    let facts = schema.rules[rule]
    return (
      path,
      ColumnLayout.Column(
        name: name,
        pointer: path.map { JSONPointer.token($0) }.joined(),
        kind: kind(of: facts),
        isNullable: facts.isNullable
      )
    )
  }

  private func resolve(
    _ tokens: ArraySlice<String>,
    isPointer: Bool,
    from rule: Rule.ID
  ) -> (path: [String], Rule.ID)? {
    if tokens.isEmpty { return ([], rule) }
    for count in isPointer ? [1] : Array(stride(from: tokens.count, through: 1, by: -1)) {
      let name = tokens.prefix(count).joined(separator: ".")
      guard let member = member(name, of: rule),
        let (rest, found) = resolve(tokens.dropFirst(count), isPointer: isPointer, from: member)
      else { continue }
      return ([name] + rest, found)
    }
    return nil
  }

  private func member(_ name: String, of rule: Rule.ID) -> Rule.ID? {
    switch schema.rules[rule].shape {
    case .anything: return rule
    case .map(let value): return value
    default: break
    }
    for id in Self.objects(of: rule, schema) {
      let object = schema.rules[id]
      if let field = object.fields.first(where: { $0.name.utf8.elementsEqual(name.utf8) }) {
        return field.rule
      }
      if case .kept(let rule) = object.undeclared, !object.excluded.contains(name) { return rule }
    }
    return nil
  }

  private static func objects(of rule: Rule.ID, _ schema: ProfileSchema) -> [ObjectType.ID] {
    switch schema.rules[rule].shape {
    case .object(let id): [id]
    case .union(_, let variants): variants.map(\.type)
    default: []
    }
  }

  private func kind(of rule: Rule) -> ColumnLayout.Kind {
    switch rule.shape {
    case .anything, .nothing: .any
    case .boolean: .boolean
    case .integer: .integer
    case .number: .number
    case .string: .string
    case .object, .map, .array, .union: .json
    case .constants(let constants): kind(of: constants)
    }
  }

  /// Constants of one kind are like a value of that kind.
  private func kind(of constants: [ValueType.Constant]) -> ColumnLayout.Kind {
    let kinds = constants.map { constant -> ColumnLayout.Kind in
      switch constant {
      case .boolean: .boolean
      case .integer, .number: .number
      case .string: .string
      }
    }
    guard let first = kinds.first, kinds.allSatisfy({ $0 == first }) else { return .any }
    return first
  }

  private static func unescape(_ token: Substring) -> String {
    // In this order: `~01` is the name `~1`.
    let slashes = token.split(separator: "~1", omittingEmptySubsequences: false)
      .joined(separator: "/")
    return slashes.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
  }
}
