import LetterpressDiagnostics

/// Decodes profiles of a schema straight into records, in one pass over the text.
///
/// The text is copied into the record's arena as a whole; strings stay where they stand in it and
/// are decoded in place, for no escape is shorter than what it stands for. So a string costs one
/// look at each of its bytes, which gathers its `Traits` as well. Members are expected in the order
/// of the schema; others are looked up by hash. Places and reasons of violations are worked out
/// only once there is one.
package struct ProfileDecoder: Sendable {
  /// As many violations are listed of one profile.
  package static let violationLimit = 100

  private(set) var program: DecodeProgram
  let root: Int
  package let limits: ProfileLimits
  let classes = CharacterClasses()
  /// The zero bytes behind each text: no scan of a word or a string goes beyond them.
  private let padding = [UInt8](repeating: 0, count: Record.padding)
  /// As much room for printed forms is set aside for each 2 KiB of a profile.
  private let printedRoom = [UInt8](repeating: 0, count: 2_560)
  /// Exact powers of ten, for fractions.
  let powersOfTen: [Double]
  /// The values of all defaults, with which each record starts.
  private(set) var defaultSlots: [Slot] = []
  private(set) var defaultBytes: [UInt8] = []

  /// Makes the decoder of a schema; `invalid` takes the defaults that do not satisfy their own
  /// schema.
  init(
    rules: RuleTable,
    root: Rule.ID,
    limits: ProfileLimits,
    invalid: (ObjectRule.DefaultValue, ProfileViolation) -> Void
  ) {
    program = DecodeProgram(rules)
    program.steps.append(DecodeProgram.Step(kind: .anything, isNullable: true))
    self.root = root.index
    self.limits = limits
    powersOfTen = (0..<23).map { (0..<$0).reduce(1.0) { power, _ in power * 10 } }
    readDefaults(rules, invalid: invalid)
  }

  /// The number of the step for untyped values.
  var anything: Int { program.steps.count - 1 }

  /// Decodes the profile that is the whole text, but for white space and a byte order mark at the
  /// start.
  ///
  /// After an error the record holds nothing of use.
  package func decode(_ json: [UInt8], into record: inout Record) throws(ProfileError) {
    try decode(json, in: 0..<json.count, into: &record)
  }

  /// Decodes the profile that stands in a part of a text; the ranges of violations are those of the
  /// whole text.
  package func decode(
    _ json: [UInt8],
    in range: Range<Int>,
    into record: inout Record
  ) throws(ProfileError) {
    let range = range.clamped(to: 0..<json.count)
    guard range.count <= limits.size else {
      throw ProfileError([.tooLarge(range, limit: limits.size)])
    }
    var state = run(root, json, in: range, into: &record)
    guard state.isComplete else { throw ProfileError([fault(in: json, range)]) }
    guard state.findings.isEmpty else { throw Self.error(&state, in: json, range) }
  }

  // MARK: - Running

  /// How a run ended.
  struct Outcome {
    var findings: [Finding]
    var isTruncated: Bool
    var needsDefault: Bool
    /// Whether the text was read to its end; if not, it is no JSON.
    var isComplete: Bool
  }

  private func run(
    _ step: Int,
    _ json: [UInt8],
    in range: Range<Int>,
    into record: inout Record
  ) -> Outcome {
    // The arrays leave the record while they are worked on, so that nothing is copied.
    var bytes = record.bytes
    record.bytes = []
    bytes.removeAll(keepingCapacity: true)
    bytes += defaultBytes
    bytes += json[range]
    bytes += padding
    let escapes = bytes.count
    // Room for the printed forms; a text that finds none there is escaped when it is printed.
    for _ in 0...range.count / 2_048 { bytes += printedRoom }
    var state = DecodeState(
      position: defaultBytes.count,
      end: escapes - Record.padding,
      escapes: escapes,
      slots: record.slots,
      pending: record.pending,
      limits: limits,
      source: json,
      shift: range.lowerBound - defaultBytes.count
    )
    record.slots = []
    record.pending = []
    state.slots.removeAll(keepingCapacity: true)
    state.slots += defaultSlots
    state.pending.removeAll(keepingCapacity: true)
    let profile: Slot?
    do {
      var text = bytes.mutableSpan
      profile = try decodeDocument(step, &state, &text)
    } catch {
      profile = nil
    }
    // Behind each form that was written there is room for the padding (`MutableSpan.copy`, `escapeHTML`).
    let used = state.escapes == escapes ? escapes : state.escapes + Record.padding
    bytes.removeLast(max(0, bytes.count - used))
    record.bytes = bytes
    record.slots = state.slots
    record.pending = state.pending
    record.profile = profile ?? .null
    record.printedStart = escapes
    return Outcome(
      findings: state.findings.isEmpty ? [] : state.findings.map { $0.moved(by: state.shift) },
      isTruncated: state.isTruncated,
      needsDefault: state.needsDefault,
      isComplete: profile != nil
    )
  }

  private func decodeDocument(
    _ step: Int,
    _ state: inout DecodeState,
    _ text: inout MutableSpan<UInt8>
  ) throws(DecodeState.Stop) -> Slot {
    let start = state.position
    if text[start] == 0xEF, text[start + 1] == 0xBB, text[start + 2] == 0xBF { state.position += 3 }
    skipSpace(&state, text)
    let slot = try decodeValue(step, &state, &text)
    skipSpace(&state, text)
    guard state.position == state.end else { throw DecodeState.Stop() }
    return slot
  }

  private func fault(in json: [UInt8], _ range: Range<Int>) -> ProfileViolation {
    do {
      var reader = JSONReader(json, in: range, file: .init(index: 0), depth: limits.depth)
      _ = try reader.readDocument()
    } catch {
      return ProfileViolation(
        pointer: PointerFinder.pointers(in: json, range, to: [error.range.lowerBound])[0],
        range: error.range,
        code: error.code.rawValue,
        message: error.message
      )
    }
    return ProfileViolation(pointer: "", range: range, code: "json-syntax", message: "no JSON")
  }

  private static func error(
    _ outcome: inout Outcome,
    in json: [UInt8],
    _ range: Range<Int>
  ) -> ProfileError {
    outcome.findings.sort { ($0.range.lowerBound, $0.code) < ($1.range.lowerBound, $1.code) }
    let pointers = PointerFinder.pointers(in: json, range, to: outcome.findings.map(\.target))
    return ProfileError(
      zip(outcome.findings, pointers).map { finding, pointer in
        ProfileViolation(
          pointer: pointer,
          range: finding.range,
          code: finding.code,
          message: finding.message
        )
      },
      isTruncated: outcome.isTruncated
    )
  }

  // MARK: - Defaults

  /// Reads the defaults once and keeps their slots and bytes for all records.
  ///
  /// The default of an object may lack members that have defaults themselves, so those come first.
  private mutating func readDefaults(
    _ rules: RuleTable,
    invalid: (ObjectRule.DefaultValue, ProfileViolation) -> Void
  ) {
    var open: [(field: Int, value: ObjectRule.DefaultValue)] = []
    for (object, rule) in zip(program.objects, rules.objects) {
      for (offset, field) in rule.fields.enumerated() {
        if let value = field.defaultValue { open.append((object.firstField + offset, value)) }
      }
    }
    // Inner objects mostly have higher numbers than those around them.
    open.reverse()
    while !open.isEmpty {
      let left = open.filter { entry in !readDefault(entry.value, of: entry.field, invalid: invalid)
      }
      if left.count == open.count { break }
      open = left
    }
    for (field, value) in open {
      program.fields[field].isPending = false
      invalid(
        value,
        ProfileViolation(
          pointer: "",
          range: 0..<value.json.count,
          code: "schema-cycle",
          message: "the default lacks a field whose default is this one again"
        )
      )
    }
  }

  /// Whether it could be read; not before the defaults that it needs itself.
  private mutating func readDefault(
    _ value: ObjectRule.DefaultValue,
    of field: Int,
    invalid: (ObjectRule.DefaultValue, ProfileViolation) -> Void
  ) -> Bool {
    let whole = 0..<value.json.count
    var record = Record()
    var outcome = run(program.fields[field].step, value.json, in: whole, into: &record)
    if outcome.needsDefault { return false }
    program.fields[field].isPending = false
    guard outcome.findings.isEmpty else {
      let error = Self.error(&outcome, in: value.json, whole)
      for violation in error.violations { invalid(value, violation) }
      return true
    }
    program.fields[field].absent = record.profile
    // The record starts with the defaults so far, so its places hold for all records from now on.
    if record.slots.count > defaultSlots.count || record.profile.kind == .string {
      defaultSlots = record.slots
      // All but the padding, so that no printed form is cut, which would go on in the next profile's text.
      defaultBytes = record.bytes.dropLast(Record.padding)
    }
    return true
  }
}
