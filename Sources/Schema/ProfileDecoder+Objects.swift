extension ProfileDecoder {
  // MARK: - Objects

  /// Decodes an object of a known type; its slots are set aside first, so they are next to each
  /// other.
  func decodeObject(
    _ index: Int,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Slot {
    try state.enter()
    let type = Int(program.steps[index].target)
    let object = program.objects[type]
    let brace = state.position
    let first = state.slots.count
    let base = state.pending.count
    // One by one: a slice would be retained, and a few slots cost less than that.
    for _ in 0..<object.fieldCount { state.slots.append(DecodeState.absent) }
    if object.undeclared == .kept { state.slots.append(.null) }
    var expected = 0
    var filled = 0
    var members = 0
    state.position += 1
    skipSpace(&state, text)
    if text[state.position] == UInt8(ascii: "}") {
      state.position += 1
    } else {
      while true {
        let quote = state.position
        var field = expected
        var key: StringPlace?
        if expected < object.fieldCount,
          stands(program.fields[object.firstField &+ expected], at: quote, text)
        {
          state.position = quote &+ program.fields[object.firstField &+ expected].nameCount &+ 2
        } else {
          (field, key) = try findField(object, &state, &text)
        }
        try skipColon(&state, text)
        members &+= 1
        if field >= 0 {
          expected = field &+ 1
          let step = program.fields[object.firstField &+ field].step
          let value = try decodeValue(step, &state, &text)
          let slot = first &+ field
          if state.slots[slot].kind == .null, state.slots[slot].count == DecodeState.absent.count {
            state.slots[slot] = value
            filled &+= 1
          } else {
            reportDuplicate(quote, key ?? keyPlace(of: field, object, at: quote), &state, text)
          }
        } else if let key {
          try decodeUndeclared(key, at: quote, object, &state, &text)
        }
        if try isEnd(&state, text) { break }
      }
    }
    state.depth -= 1
    if filled < object.fieldCount { fillAbsent(object, first, brace, &state) }
    if object.undeclared == .kept {
      state.slots[first + object.fieldCount] = closeMembers(base, &state, text)
    } else if state.pending.count > base {
      checkDuplicates(base, &state, text)
      state.pending.removeLast(state.pending.count - base)
    }
    checkMembers(members, index, brace, &state)
    return Slot(kind: .object, count: UInt32(type), payload: UInt64(first))
  }

  /// The field whose key stands at the position, −1 for none, and the key, which has been decoded then.
  @inline(never)
  private func findField(
    _ object: DecodeProgram.Object,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> (field: Int, key: StringPlace?) {
    guard text[state.position] == UInt8(ascii: "\"") else { throw DecodeState.Stop() }
    let key = try scanString(&state, &text)
    var hash = DecodeProgram.hashStart
    for index in key.start..<key.start + key.count {
      hash = DecodeProgram.hashStep(hash, text[index])
    }
    var place = DecodeProgram.hashEnd(hash)
    while true {
      let candidate = Int(program.table[object.tableStart + place & object.tableMask])
      if candidate < 0 { return (-1, key) }
      if equals(program.fields[object.firstField + candidate], key, text) {
        return (candidate, key)
      }
      place += 1
    }
  }

  /// The key of a field that stands at a quote as it is.
  private func keyPlace(
    of field: Int,
    _ object: DecodeProgram.Object,
    at quote: Int
  ) -> StringPlace {
    let count = program.fields[object.firstField + field].nameCount
    return StringPlace(start: quote + 1, count: count, classes: 0)
  }

  /// Whether a field's name stands at a place, in quotes.
  @inline(__always)
  func stands(
    _ field: DecodeProgram.Field,
    at quote: Int,
    _ text: borrowing Text
  ) -> Bool {
    let count = field.nameCount &+ 2
    // Words beyond the text are zero bytes: a name with a word of its own is shorter than they are.
    if ByteWord.number(text, at: quote) & field.headMask != field.head { return false }
    if count <= ByteWord.size { return true }
    let tail = count &- ByteWord.size
    if ByteWord.number(text, at: quote &+ tail) != field.tail { return false }
    for offset in min(ByteWord.size, tail)..<tail
    where program.names[field.nameStart + offset - 1] != text[quote + offset] { return false }
    return true
  }

  private func equals(
    _ field: DecodeProgram.Field,
    _ key: StringPlace,
    _ text: borrowing Text
  ) -> Bool {
    guard field.nameCount == key.count else { return false }
    for offset in 0..<key.count
    where program.names[field.nameStart + offset] != text[key.start + offset] { return false }
    return true
  }

  @inline(__always)
  func skipColon(
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) {
    skipSpace(&state, text)
    guard text[state.position] == UInt8(ascii: ":") else { throw DecodeState.Stop() }
    state.position &+= 1
    skipSpace(&state, text)
  }

  /// Goes beyond a comma or the closing brace, and tells which it was.
  @inline(__always)
  func isEnd(
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) -> Bool {
    skipSpace(&state, text)
    let next = text[state.position]
    state.position &+= 1
    if next == UInt8(ascii: "}") { return true }
    guard next == UInt8(ascii: ",") else { throw DecodeState.Stop() }
    skipSpace(&state, text)
    return false
  }

  /// Reports the required fields that are missing and fills in the defaults of the others.
  private func fillAbsent(
    _ object: DecodeProgram.Object,
    _ first: Int,
    _ brace: Int,
    _ state: inout DecodeState
  ) {
    for offset in 0..<object.fieldCount {
      let slot = state.slots[first + offset]
      guard slot.kind == .null, slot.count == DecodeState.absent.count else { continue }
      let field = program.fields[object.firstField + offset]
      if field.isRequired { state.report(.missingField(name(field), ofObjectAt: brace)) }
      state.needsDefault = state.needsDefault || field.isPending
      state.slots[first + offset] = field.absent
    }
  }

  func name(_ field: DecodeProgram.Field) -> String {
    String(
      decoding: program.names[field.nameStart..<field.nameStart + field.nameCount],
      as: UTF8.self
    )
  }

  func checkMembers(
    _ members: Int,
    _ index: Int,
    _ brace: Int,
    _ state: inout DecodeState
  ) {
    let step = program.steps[index]
    if members < Int(step.minCount) {
      state.report(.tooFew(.field, members, minimum: Int(step.minCount), brace..<state.position))
    } else if members > Int(step.maxCount) {
      state.report(.tooMany(.field, members, maximum: Int(step.maxCount), brace..<state.position))
    }
  }
}
