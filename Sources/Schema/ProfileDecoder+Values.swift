extension ProfileDecoder {
  typealias Text = MutableSpan<UInt8>

  /// A string or a key as it stands in the arena.
  struct StringPlace {
    var start: Int
    var count: Int
    /// Of `CharacterClasses`.
    var classes: UInt8
  }

  // MARK: - Any value

  /// Decodes the value at the position by a step of the program.
  func decodeValue(
    _ index: Int,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Slot {
    let first = text[state.position]
    // Most values are strings.
    if first == UInt8(ascii: "\""), program.steps[index].kind == .string {
      return try decodeString(index, &state, &text)
    }
    switch program.steps[index].kind {
    case .integer where first == UInt8(ascii: "-") || Self.isDigit(first):
      return try decodeInteger(index, &state, text)
    case .number where first == UInt8(ascii: "-") || Self.isDigit(first):
      return try decodeNumber(index, &state, text)
    case .boolean where first == UInt8(ascii: "t") || first == UInt8(ascii: "f"):
      return try decodeBoolean(&state, text)
    case .object where first == UInt8(ascii: "{"):
      return try decodeObject(index, &state, &text)
    case .array where first == UInt8(ascii: "["):
      return try decodeArray(index, &state, &text)
    case .map where first == UInt8(ascii: "{"):
      return try decodeMap(Int(program.steps[index].target), index, &state, &text)
    case .union where first == UInt8(ascii: "{"):
      return try decodeUnion(index, &state, &text)
    case .anything where first != UInt8(ascii: "n") || program.steps[index].isNullable:
      return try decodeAnything(&state, &text)
    case .constants
    where first != UInt8(ascii: "{") && first != UInt8(ascii: "[") && first != UInt8(ascii: "n"):
      return try decodeConstant(index, &state, &text)
    default:
      if first == UInt8(ascii: "n"), program.steps[index].isNullable {
        return try decodeNull(&state, text)
      }
      try refuse(index, &state, &text)
      return .null
    }
  }

  /// Reports a value of the wrong kind and goes on after it.
  private func refuse(
    _ index: Int,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) {
    let start = state.position
    let found =
      switch text[start] {
      case UInt8(ascii: "\""): "a string"
      case UInt8(ascii: "{"): "an object"
      case UInt8(ascii: "["): "an array"
      case UInt8(ascii: "t"), UInt8(ascii: "f"): "a boolean"
      case UInt8(ascii: "n"): "null"
      default: "a number"
      }
    let end = try skipValue(&state, &text)
    let expected = expectation(of: index)
    state.report(.wrongType(expected: expected, found: found, start..<end))
  }

  /// What a step wants, in words.
  func expectation(of index: Int) -> String {
    let step = program.steps[index]
    let kind: String
    switch step.kind {
    case .anything: kind = "a value"
    case .nothing: return step.isNullable ? "null" : "no value at all"
    case .boolean: kind = "a boolean"
    case .integer: kind = "an integer"
    case .number: kind = "a number"
    case .string: kind = "a string"
    case .constants:
      let kinds = Set(constants(of: step).map(\.kind))
      kind = kinds == [.string] ? "a string" : kinds == [.integer] ? "an integer" : "a constant"
    case .object, .map, .union: kind = "an object"
    case .array: kind = "an array"
    }
    return step.isNullable ? kind + " or null" : kind
  }

  func constants(of step: DecodeProgram.Step) -> ArraySlice<DecodeProgram.Constant> {
    program.constants[Int(step.target)..<Int(step.target + step.count)]
  }

  /// Reads a value that is not kept, with all checks of JSON; returns where it ends.
  func skipValue(
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Int {
    let count = state.slots.count
    _ = try decodeAnything(&state, &text)
    state.slots.removeLast(state.slots.count - count)
    return state.position
  }

  /// Decodes a value of which no type is known.
  func decodeAnything(
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Slot {
    switch text[state.position] {
    case UInt8(ascii: "\""): return escapedSlot(try scanString(&state, &text), &state, &text)
    case UInt8(ascii: "{"):
      return try decodeMap(anything, anything, &state, &text)
    case UInt8(ascii: "["):
      return try decodeElements(anything, &state, &text)
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return try decodeBoolean(&state, text)
    case UInt8(ascii: "n"): return try decodeNull(&state, text)
    default: return try decodeNumber(anything, &state, text)
    }
  }

  // MARK: - Words

  func decodeNull(
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) -> Slot {
    let start = state.position
    // Each comparison fails at the zero byte after the text, so none reads beyond it.
    guard text[start] == UInt8(ascii: "n"), text[start + 1] == UInt8(ascii: "u"),
      text[start + 2] == UInt8(ascii: "l"), text[start + 3] == UInt8(ascii: "l")
    else { throw DecodeState.Stop() }
    state.position = start + 4
    return .null
  }

  func decodeBoolean(
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) -> Slot {
    let start = state.position
    if text[start] == UInt8(ascii: "t") {
      guard text[start + 1] == UInt8(ascii: "r"), text[start + 2] == UInt8(ascii: "u"),
        text[start + 3] == UInt8(ascii: "e")
      else { throw DecodeState.Stop() }
      state.position = start + 4
      return Slot(kind: .boolean, count: 1)
    }
    guard text[start] == UInt8(ascii: "f"), text[start + 1] == UInt8(ascii: "a"),
      text[start + 2] == UInt8(ascii: "l"), text[start + 3] == UInt8(ascii: "s"),
      text[start + 4] == UInt8(ascii: "e")
    else { throw DecodeState.Stop() }
    state.position = start + 5
    return Slot(kind: .boolean)
  }

  // MARK: - Arrays

  private func decodeArray(
    _ index: Int,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Slot {
    let start = state.position
    let step = program.steps[index]
    let slot = try decodeElements(Int(step.target), &state, &text)
    if slot.count < UInt32(bitPattern: step.minCount) {
      state.report(
        .tooFew(.element, Int(slot.count), minimum: Int(step.minCount), start..<state.position)
      )
    } else if slot.count > UInt32(bitPattern: step.maxCount) {
      state.report(
        .tooMany(.element, Int(slot.count), maximum: Int(step.maxCount), start..<state.position)
      )
    }
    if step.hasMore { checkUnique(index, start..<state.position, &state) }
    return slot
  }

  private func decodeElements(
    _ element: Int,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Slot {
    try state.enter()
    let base = state.pending.count
    state.position += 1
    skipSpace(&state, text)
    if text[state.position] == UInt8(ascii: "]") {
      state.position += 1
    } else {
      while true {
        let value = try decodeValue(element, &state, &text)
        state.pending.append(value)
        skipSpace(&state, text)
        let next = text[state.position]
        state.position += 1
        if next == UInt8(ascii: "]") { break }
        guard next == UInt8(ascii: ",") else { throw DecodeState.Stop() }
        skipSpace(&state, text)
      }
    }
    state.depth -= 1
    let count = state.pending.count - base
    let first = state.slots.count
    state.slots += state.pending[base...]
    state.pending.removeLast(count)
    return Slot(kind: .array, count: UInt32(count), payload: UInt64(first))
  }

  // MARK: - Bytes

  @inline(__always)
  func skipSpace(_ state: inout DecodeState, _ text: borrowing Text) {
    var position = state.position
    while true {
      let byte = text[position]
      if byte > 0x20 { break }
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { break }
      position &+= 1
    }
    if position != state.position { state.position = position }
  }

  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10
  }
}
