import LetterpressDiagnostics

extension ProfileDecoder {
  /// Keeps, ignores or refuses a member that the schema does not name.
  func decodeUndeclared(
    _ key: StringPlace,
    at quote: Int,
    _ object: DecodeProgram.Object,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) {
    let isRefused =
      object.undeclared == .forbidden || (object.hasExcluded && isExcluded(key, object, text))
    if isRefused, !state.isFull() {
      let name = string(key, text)
      let fields = program.fields[object.firstField..<object.firstField + object.fieldCount]
      let range = quote..<keyEnd(quote, state)
      state.report(
        .unknownField(name, suggestion: suggestField(name, among: fields.map(self.name)), range)
      )
    }
    state.pending.append(slot(key, text))
    if object.undeclared == .kept {
      let value = try decodeValue(object.undeclaredStep, &state, &text)
      state.pending.append(value)
    } else {
      _ = try skipValue(&state, &text)
      state.pending.append(.null)
    }
  }

  private func isExcluded(
    _ key: StringPlace,
    _ object: DecodeProgram.Object,
    _ text: borrowing Text
  ) -> Bool {
    let name = string(key, text)
    return program.rules.objects[object.number].excluded.contains {
      $0.utf8.elementsEqual(name.utf8)
    }
  }

  /// Decodes an object of any keys.
  func decodeMap(
    _ values: Int,
    _ index: Int,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Slot {
    try state.enter()
    let base = state.pending.count
    let brace = state.position
    state.position += 1
    skipSpace(&state, text)
    if text[state.position] == UInt8(ascii: "}") {
      state.position += 1
    } else {
      while true {
        guard text[state.position] == UInt8(ascii: "\"") else { throw DecodeState.Stop() }
        let key = try scanString(&state, &text)
        state.pending.append(slot(key, text))
        try skipColon(&state, text)
        let value = try decodeValue(values, &state, &text)
        state.pending.append(value)
        if try isEnd(&state, text) { break }
      }
    }
    state.depth -= 1
    let map = closeMembers(base, &state, text)
    checkMembers(Int(map.count), index, brace, &state)
    return map
  }

  /// Moves the pairs since `base` to their place.
  func closeMembers(
    _ base: Int,
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) -> Slot {
    checkDuplicates(base, &state, text)
    let first = state.slots.count
    let count = state.pending.count - base
    state.slots += state.pending[base...]
    state.pending.removeLast(count)
    return Slot(kind: .map, count: UInt32(count / 2), payload: UInt64(first))
  }

  /// Reports keys that stand twice among the pairs since `base`.
  func checkDuplicates(
    _ base: Int,
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) {
    let count = (state.pending.count - base) / 2
    if count < 2 { return }
    // Few keys are compared with each other, many are put in an order that brings equal ones
    // together.
    if count <= 12 {
      for later in 1..<count {
        for earlier in 0..<later
        where areEqual(state.pending[base + 2 * earlier], state.pending[base + 2 * later], text) {
          reportDuplicate(state.pending[base + 2 * later], &state, text)
          break
        }
      }
      return
    }
    var order: [(hash: Int, pair: Int)] = []
    order.reserveCapacity(count)
    for pair in 0..<count {
      let key = state.pending[base + 2 * pair]
      var hash = DecodeProgram.hashStart
      for index in key.first..<key.first + Int(key.count) {
        hash = DecodeProgram.hashStep(hash, text[index])
      }
      order.append((DecodeProgram.hashEnd(hash), pair))
    }
    order.sort { ($0.hash, $0.pair) < ($1.hash, $1.pair) }
    for place in 1..<count where order[place].hash == order[place - 1].hash {
      let (earlier, later) = (order[place - 1].pair, order[place].pair)
      if areEqual(state.pending[base + 2 * earlier], state.pending[base + 2 * later], text) {
        reportDuplicate(state.pending[base + 2 * later], &state, text)
      }
    }
  }

  private func areEqual(_ a: Slot, _ b: Slot, _ text: borrowing Text) -> Bool {
    guard a.count == b.count else { return false }
    for offset in 0..<Int(a.count) where text[a.first + offset] != text[b.first + offset] {
      return false
    }
    return true
  }

  func reportDuplicate(
    _ key: Slot,
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) {
    reportDuplicate(
      key.first - 1,
      StringPlace(start: key.first, count: Int(key.count), classes: 0),
      &state,
      text
    )
  }

  func reportDuplicate(
    _ quote: Int,
    _ key: StringPlace,
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) {
    state.report(.duplicateKey(string(key, text), quote..<keyEnd(quote, state)))
  }

  /// The offset after a key's closing quote, found in the text as it was before it was decoded in
  /// place.
  func keyEnd(_ quote: Int, _ state: DecodeState) -> Int {
    var index = quote + state.shift + 1
    while index < state.source.count, state.source[index] != UInt8(ascii: "\"") {
      index += state.source[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return index + 1 - state.shift
  }
}

/// The closest name; case and separators aside, it may also be one that another convention writes.
func suggestField(_ name: String, among fields: [String]) -> String? {
  func key(_ name: String) -> String { name.lowercased().filter { $0 != "_" && $0 != "-" } }
  return suggestion(for: name, among: fields) ?? fields.first { key($0) == key(name) }
}
