extension ProfileDecoder {
  // MARK: - Numbers

  func decodeInteger(
    _ index: Int,
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) -> Slot {
    let start = state.position
    var slot = try scanNumber(&state, text)
    if slot.kind != .integer {
      switch JSONNumber(text: bytes(start..<state.position, text)) {
      case .integer(let integer)?: slot = Self.slot(integer)
      case .real(_, isWhole: true)?, nil:
        state.report(.integerRange(start..<state.position))
        return .null
      case .real?:
        state.report(
          .wrongType(
            expected: expectation(of: index),
            found: token(start, state, text),
            start..<state.position
          )
        )
        return .null
      }
    }
    let step = program.steps[index]
    if slot.integer < step.minimum || slot.integer > step.maximum || step.hasMore {
      checkNumber(slot, index, start, &state, text)
    }
    return slot
  }

  func decodeNumber(
    _ index: Int,
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) -> Slot {
    let start = state.position
    let slot = try scanNumber(&state, text)
    if slot.kind == .null {
      state.report(.numberRange(start..<state.position))
      return slot
    }
    let step = program.steps[index]
    let isBounded = step.minimum != .min || step.maximum != .max || step.hasMore
    if isBounded { checkNumber(slot, index, start, &state, text) }
    return slot
  }

  /// An integer slot where the number has no fraction and no exponent and fits, a number slot of
  /// any other, null where it is too large for a `Double`.
  private func scanNumber(
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) -> Slot {
    let start = state.position
    var position = start
    let isNegative = text[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let firstDigit = position
    var magnitude: UInt64 = 0
    while Self.isDigit(text[position]) {
      magnitude = magnitude &* 10 &+ UInt64(text[position] &- UInt8(ascii: "0"))
      position += 1
    }
    let digits = position - firstDigit
    guard digits > 0, digits == 1 || text[firstDigit] != UInt8(ascii: "0") else {
      throw DecodeState.Stop()
    }
    var fractionDigits = 0
    if text[position] == UInt8(ascii: ".") {
      position += 1
      let firstFraction = position
      while Self.isDigit(text[position]) {
        magnitude = magnitude &* 10 &+ UInt64(text[position] &- UInt8(ascii: "0"))
        position += 1
      }
      fractionDigits = position - firstFraction
      guard fractionDigits > 0 else { throw DecodeState.Stop() }
    } else if text[position] | 0x20 != UInt8(ascii: "e"), digits <= 18 {
      state.position = position
      let integer = Int(truncatingIfNeeded: magnitude)
      return Self.slot(isNegative ? -integer : integer)
    }
    var hasExponent = false
    if text[position] | 0x20 == UInt8(ascii: "e") {
      hasExponent = true
      position += 1
      if text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-") {
        position += 1
      }
      let firstExponent = position
      while Self.isDigit(text[position]) { position += 1 }
      guard position > firstExponent else { throw DecodeState.Stop() }
    }
    state.position = position
    // Both are exact and their quotient is rounded once (Clinger 1990).
    if !hasExponent, digits + fractionDigits <= 15 {
      let value = Double(magnitude) / powersOfTen[fractionDigits]
      return Self.slot(isNegative ? -value : value)
    }
    let isSpelledWhole = fractionDigits == 0 && !hasExponent
    switch JSONNumber(text: bytes(start..<position, text)) {
    case .integer(let integer)? where isSpelledWhole: return Self.slot(integer)
    case let number?: return Self.slot(number.double)
    case nil: return .null
    }
  }

  static func slot(_ integer: Int) -> Slot {
    Slot(kind: .integer, payload: UInt64(bitPattern: Int64(integer)))
  }

  static func slot(_ number: Double) -> Slot {
    Slot(kind: .number, payload: number.bitPattern)
  }

  func bytes(_ range: Range<Int>, _ text: borrowing Text) -> [UInt8] {
    var bytes: [UInt8] = []
    for index in range { bytes.append(text[index]) }
    return bytes
  }

  /// The number that was just read, as it is written.
  func token(_ start: Int, _ state: DecodeState, _ text: borrowing Text) -> String {
    String(decoding: bytes(start..<state.position, text).prefix(40), as: UTF8.self)
  }

  // MARK: - Constants

  func decodeConstant(
    _ index: Int,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Slot {
    let start = state.position
    var slot: Slot
    switch text[start] {
    case UInt8(ascii: "\""):
      let place = try scanString(&state, &text)
      slot = escapedSlot(place, &state, &text)
    case UInt8(ascii: "t"), UInt8(ascii: "f"): slot = try decodeBoolean(&state, text)
    default: slot = try scanNumber(&state, text)
    }
    if slot.kind == .number, let integer = Int(exactly: slot.number) { slot = Self.slot(integer) }
    for constant in constants(of: program.steps[index])
    where constant.kind == slot.kind && equals(constant, slot, text) { return slot }
    guard !state.isFull(), case .constants(let constants) = program.rules.rules[index].shape else {
      return slot
    }
    let value =
      slot.kind == .string
      ? "\"" + string(StringPlace(start: slot.first, count: Int(slot.count), classes: 0), text)
        + "\""
      : token(start, state, text)
    state.report(notAConstant(value, among: constants, start..<state.position))
    return slot
  }

  @inline(__always)
  private func equals(
    _ constant: DecodeProgram.Constant,
    _ slot: Slot,
    _ text: borrowing Text
  ) -> Bool {
    guard slot.kind == .string else {
      return constant.payload == (slot.kind == .boolean ? UInt64(slot.count) : slot.payload)
    }
    guard constant.nameCount == Int(slot.count) else { return false }
    for offset in 0..<constant.nameCount
    where program.names[constant.nameStart + offset] != text[slot.first + offset] { return false }
    return true
  }

  /// `value` is JSON; strings are quoted for the message.
  func notAConstant(
    _ value: String,
    among constants: [ValueType.Constant],
    _ range: Range<Int>
  ) -> Finding {
    guard value.hasPrefix("\"") else {
      return .notAConstant(value, among: constants, suggestion: nil, range)
    }
    let string = String(value.dropFirst().dropLast())
    let names = constants.compactMap { constant in
      if case .string(let name) = constant { name } else { nil }
    }
    return .notAConstant(
      Finding.quote(string),
      among: constants,
      suggestion: suggestField(string, among: names),
      range
    )
  }
}
