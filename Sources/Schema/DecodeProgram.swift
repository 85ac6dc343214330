/// The rules of a schema as the decoder runs them: flat tables of plain values, so that decoding
/// touches no reference counts and no strings.
struct DecodeProgram: Sendable {
  /// What is done for one value; its number is that of its `Rule`.
  struct Step {
    enum Kind: UInt8 {
      case anything
      case nothing
      case boolean
      case integer
      case number
      case string
      case constants
      case object
      case map
      case array
      case union
    }

    var kind: Kind
    var isNullable: Bool
    var format: ValueType.Format?
    /// Whether the rule has more facts than stand here.
    var hasMore = false
    /// Place of the object, of the first constant or variant, or step of the elements.
    var target: Int32 = 0
    /// Constants or variants.
    var count: Int32 = 0
    var minCount: Int32 = 0
    var maxCount = Int32.max
    var minimum = Int.min
    var maximum = Int.max
  }

  struct Object {
    enum Undeclared: UInt8 {
      case ignored
      case forbidden
      case kept
    }

    /// Its place among the objects.
    var number: Int
    var firstField: Int
    var fieldCount: Int
    var undeclared: Undeclared
    var undeclaredStep: Int
    /// Whether some names are forbidden one by one.
    var hasExcluded: Bool
    /// The open hash table from names to fields, a power of two long.
    var tableStart: Int
    var tableMask: Int
  }

  struct Field {
    var nameStart: Int
    var nameCount: Int
    /// The name in its quotes, as far as it fits into a word, and which bytes of it count.
    ///
    /// Names that do not stand in JSON as they are, and those of more than `wordNameLimit` bytes, match no word.
    var head: UInt64
    var headMask: UInt64
    /// Of a longer one the last bytes.
    var tail: UInt64
    var isRequired: Bool
    var step: Int
    /// What it is where the profile has no such member.
    var absent: Slot
    /// The default could not be read yet.
    var isPending: Bool
  }

  /// A member of an enumeration, or the tag of a variant.
  struct Constant {
    var kind: Slot.Kind
    var nameStart: Int
    var nameCount: Int
    var payload: UInt64
    /// What is done for a variant.
    var step: Int
  }

  var steps: [Step] = []
  var objects: [Object] = []
  var fields: [Field] = []
  var constants: [Constant] = []
  /// Places of tag names in `names`, by the number of the step.
  var tags: [Int: Field] = [:]
  var names: [UInt8] = []
  var table: [Int32] = []
  let rules: RuleTable

  init(_ rules: RuleTable) {
    self.rules = rules
    for rule in rules.rules { add(rule) }
    for object in rules.objects { add(object) }
  }

  // MARK: - Values

  private mutating func add(_ rule: Rule) {
    var step = Step(kind: .anything, isNullable: rule.isNullable)
    step.minCount = Int32(clamping: rule.minCount)
    step.maxCount = rule.maxCount.map { Int32(clamping: $0) } ?? .max
    step.format = rule.formats.first
    step.hasMore =
      !rule.factors.isEmpty || !rule.patterns.isEmpty || rule.formats.count > 1
      || rule.isUnique
    switch rule.shape {
    case .anything: step.kind = .anything
    case .nothing: step.kind = .nothing
    case .boolean: step.kind = .boolean
    case .integer: step.kind = .integer
    case .number: step.kind = .number
    case .string: step.kind = .string
    case .constants(let constants):
      step.kind = .constants
      step.target = Int32(self.constants.count)
      step.count = Int32(constants.count)
      for constant in constants { add(constant, step: 0) }
    case .object(let id): (step.kind, step.target) = (.object, Int32(id.index))
    case .map(let values): (step.kind, step.target) = (.map, Int32(values.index))
    case .array(let elements): (step.kind, step.target) = (.array, Int32(elements.index))
    case .union(let tag, let variants):
      step.kind = .union
      step.target = Int32(self.constants.count)
      step.count = Int32(variants.count)
      for variant in variants { add(variant.constant, step: variant.rule.index) }
      tags[steps.count] = field(named: tag, step: 0)
    }
    addBounds(rule, to: &step)
    steps.append(step)
  }

  private mutating func add(_ constant: ValueType.Constant, step: Int) {
    var entry = Constant(kind: .null, nameStart: 0, nameCount: 0, payload: 0, step: step)
    switch constant {
    case .boolean(let boolean): (entry.kind, entry.payload) = (.boolean, boolean ? 1 : 0)
    case .integer(let integer):
      (entry.kind, entry.payload) = (.integer, UInt64(bitPattern: Int64(integer)))
    case .number(let number): (entry.kind, entry.payload) = (.number, number.bitPattern)
    case .string(let string):
      entry.kind = .string
      entry.nameStart = names.count
      names += Array(string.utf8)
      entry.nameCount = names.count - entry.nameStart
    }
    constants.append(entry)
  }

  /// Bounds that are integers are compared as such; all others take the long way.
  private func addBounds(_ rule: Rule, to step: inout Step) {
    if let bound = rule.minimum {
      if case .integer(let integer) = bound.value, !bound.isExclusive || integer < .max {
        step.minimum = bound.isExclusive ? integer + 1 : integer
        step.hasMore = step.hasMore || (bound.isExclusive && step.kind == .number)
      } else {
        step.hasMore = true
      }
    }
    if let bound = rule.maximum {
      if case .integer(let integer) = bound.value, !bound.isExclusive || integer > .min {
        step.maximum = bound.isExclusive ? integer - 1 : integer
        step.hasMore = step.hasMore || (bound.isExclusive && step.kind == .number)
      } else {
        step.hasMore = true
      }
    }
  }

  // MARK: - Objects

  private mutating func add(_ rule: ObjectRule) {
    var object = Object(
      number: objects.count,
      firstField: fields.count,
      fieldCount: rule.fields.count,
      undeclared: .ignored,
      undeclaredStep: 0,
      hasExcluded: !rule.excluded.isEmpty,
      tableStart: table.count,
      tableMask: 0
    )
    switch rule.undeclared {
    case .ignored: object.undeclared = .ignored
    case .forbidden: object.undeclared = .forbidden
    case .kept(let values):
      (object.undeclared, object.undeclaredStep) = (.kept, values.index)
    }
    for declared in rule.fields {
      var field = field(named: declared.name, step: declared.rule.index)
      field.isRequired = declared.isRequired
      field.isPending = declared.defaultValue != nil
      fields.append(field)
    }
    var size = 4
    while size < rule.fields.count * 2 { size *= 2 }
    object.tableMask = size - 1
    table += [Int32](repeating: -1, count: size)
    for index in object.firstField..<fields.count {
      let field = fields[index]
      var place = Self.hash(names[field.nameStart..<field.nameStart + field.nameCount])
      while table[object.tableStart + place & object.tableMask] >= 0 { place += 1 }
      table[object.tableStart + place & object.tableMask] = Int32(index - object.firstField)
    }
    objects.append(object)
  }

  /// With its quotes it goes no further beyond a text than there are zero bytes.
  private static let wordNameLimit = Record.padding - 8

  private mutating func field(named name: String, step: Int) -> Field {
    let start = names.count
    names += Array(name.utf8)
    let isPlain =
      name.utf8.count <= Self.wordNameLimit
      && name.utf8.allSatisfy {
        $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
      }
    let quoted = Array("\"\(name)\"".utf8)
    let (head, headMask) = Self.word(quoted.prefix(ByteWord.size))
    return Field(
      nameStart: start,
      nameCount: names.count - start,
      head: isPlain ? head : 1,
      headMask: isPlain ? headMask : 0,
      tail: Self.word(quoted.suffix(ByteWord.size)).bytes,
      isRequired: false,
      step: step,
      absent: .null,
      isPending: false
    )
  }

  /// Up to eight bytes as a word, the first one lowest, and which bytes of it count.
  private static func word(_ bytes: ArraySlice<UInt8>) -> (bytes: UInt64, mask: UInt64) {
    var word: (bytes: UInt64, mask: UInt64) = (0, 0)
    for (offset, byte) in bytes.enumerated() {
      word.bytes |= UInt64(byte) << (8 * UInt64(offset))
      word.mask |= 0xFF << (8 * UInt64(offset))
    }
    return word
  }

  /// FNV-1a, kept positive; small enough to count up from.
  private static func hash(_ name: ArraySlice<UInt8>) -> Int {
    var hash = hashStart
    for byte in name { hash = hashStep(hash, byte) }
    return hashEnd(hash)
  }

  static let hashStart: UInt64 = 0xCBF2_9CE4_8422_2325
  @inline(__always) static func hashStep(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }
  @inline(__always) static func hashEnd(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: (hash ^ hash >> 32) & 0x3FFF_FFFF)
  }
}
