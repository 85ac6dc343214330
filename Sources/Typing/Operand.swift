import LetterpressDiagnostics
import LetterpressLiquid
import LetterpressSchema

/// An elaborated expression with what the checker needs to know beside its type.
struct Operand {
  var expression: TypedExpression
  /// What a test of it tells something of.
  var subject: Subject?
  /// Values that tests have ruled out.
  var excluded: Set<ValueType.Constant> = []
  /// The path of what it is read from, from the profile on; nil where that is no part of the profile.
  var schemaRoot: String?
  /// Why it may be nil.
  var nilCause: NilCause?
  /// How the template writes it.
  var source: WrittenText
  /// A string of digits, which math takes: a date written by `%s` or `%Y`.
  var isNumericText = false
  /// Whether a filter may be put behind it where it stands.
  var isFilterable = false

  /// The same as text, for messages.
  var written: String { source.text }

  /// The path from the profile on, for the names of personal fields: `profile.home.phone`.
  var schemaPath: String? {
    let path = expression.appendingFields(to: schemaRoot ?? "")
    return path.isEmpty ? schemaRoot : path
  }

  var type: ValueType {
    get { expression.type }
    set { expression = expression.with(type: newValue) }
  }
  var range: SourceRange { expression.range }

  /// Already reported, or nothing is known of it.
  var isOpaque: Bool { type.isOpaque }

  /// As messages name it: quoted, but for literals, which bring their quotes.
  var shown: String { isLiteral ? written : quoted(written) }

  /// All values it can have, where they are known by constants or by its type.
  var finiteValues: [Literal]? { expression.finiteValues }
}

/// How a template writes something: cut out of its file once a message wants it.
struct WrittenText {
  private enum Form {
    case text(String)
    case literal(Literal)
    case run([UInt8], Range<Int>)
  }

  private let form: Form

  init(_ text: String) { form = .text(text) }

  init(_ literal: Literal) { form = .literal(literal) }

  init(_ range: SourceRange, in sources: SourceSet) {
    form = .run(sources.bytes(of: range.file), range.bounds)
  }

  var text: String {
    switch form {
    case .text(let text): text
    case .literal(let literal): literal.written
    case .run(let bytes, let bounds): String(decoding: bytes[bounds], as: UTF8.self)
    }
  }
}

extension TypedExpression {
  /// A path with the names of the fields behind which the expression is read.
  fileprivate func appendingFields(to path: String) -> String {
    switch kind {
    case .field(let base, _, let name):
      let holder = base.appendingFields(to: path)
      return holder.isEmpty ? name : holder + "." + name
    case .key(let base, _), .index(let base, _), .size(let base), .first(let base), .last(let base):
      return base.appendingFields(to: path)
    default: return path
    }
  }
}

/// Why a value may be nil, the first reason on its path.
indirect enum NilCause {
  /// A property that is not required or nullable: its path and its place in the schema.
  case field(String, SourceRange)
  /// An element of an array that may be too short: the array's path.
  case element(String)
  /// A key that a map may lack.
  case key(String)
  /// A variable that some path does not assign.
  case unassigned(String, [SourceRange])
  /// A variable that was given a value that may be nil.
  case variable(String, [SourceRange])
  /// A filter that may find nothing.
  case filter(String)
  /// A parameter of the type `T?`.
  case parameter(String)
}

extension Literal {
  /// As a constant of types; nil for nil, blank and empty.
  var constant: ValueType.Constant? {
    switch self {
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .nil, .blank, .empty: nil
    }
  }

  init(_ constant: ValueType.Constant) {
    switch constant {
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    }
  }

  /// The type of a literal where it stands.
  var type: ValueType {
    switch self {
    case .nil: .null
    case .boolean(let value): .enumeration([.boolean(value)])
    case .integer(let value): .integer(.init(minimum: value, maximum: value))
    case .number(let value): .number(.init(minimum: value, maximum: value))
    case .string(let value): .string(.init(literal: value))
    case .blank, .empty: .string(.init(maxLength: 0))
    }
  }
}

extension ValueType.StringFacts {
  fileprivate init(literal text: String) {
    let length = text.unicodeScalars.count
    self.init(format: text.literalFormat, minLength: length, maxLength: length)
  }
}

extension ValueType {
  /// All values as literals, where the type names them; nil is one of an optional's.
  var finiteValues: [Literal]? {
    switch self {
    case .enumeration(let members): members.map { Literal($0) }
    case .boolean: [.boolean(true), .boolean(false)]
    case .null: [.nil]
    case .optional(let wrapped): wrapped.finiteValues.map { $0 + [.nil] }
    default: nil
    }
  }
}

extension String {
  /// What a literal is good for: a link, a date (`now` and `today` are dates to the filter `date`).
  fileprivate var literalFormat: ValueType.Format? {
    if isURLReference { return .uri }
    if self == "now" || self == "today" { return .dateTime }
    return isDate ? .date : nil
  }

  /// Whether a literal can stand where a whole URL is wanted: an absolute one, a path, an anchor.
  var isURLReference: Bool {
    guard let first = utf8.first else { return false }
    if first == UInt8(ascii: "#") || first == UInt8(ascii: "/") || first == UInt8(ascii: "?") {
      return true
    }
    guard utf8.contains(UInt8(ascii: ":")) else { return false }
    return Self.schemes.contains { scheme in
      utf8.count > scheme.utf8.count
        && zip(utf8, scheme.utf8).allSatisfy { ($0 | 0x20) == ($1 | 0x20) }
    }
  }

  private static let schemes = [
    "https://", "http://", "mailto:", "tel:", "sms:", "cid:", "webcal://", "ftp://",
  ]
}
