import LetterpressDiagnostics

extension ProfileDecoder {
  /// Decodes the variant of which the tag names the constant.
  func decodeUnion(
    _ index: Int,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Slot {
    let brace = state.position
    guard let tag = program.tags[index],
      case .union(let name, let variants) = program.rules.rules[index].shape
    else { throw DecodeState.Stop() }
    let start = findTag(tag, name, state, text)
    if let start {
      for constant in constants(of: program.steps[index])
      where isConstant(constant, at: start, state, text) {
        return try decodeObject(constant.step, &state, &text)
      }
    }
    _ = try skipValue(&state, &text)
    if let start {
      // The text up to here has been read without a fault, so the tag can be read again.
      let value = locatedValue(at: start, state)
      state.report(
        notAConstant(value, among: variants.map(\.constant), start..<start + value.count)
      )
    } else {
      state.report(.missingField(name, ofObjectAt: brace))
    }
    return .null
  }

  /// Where the value of the tag starts, found without decoding anything.
  private func findTag(
    _ tag: DecodeProgram.Field,
    _ name: String,
    _ state: DecodeState,
    _ text: borrowing Text
  ) -> Int? {
    var scanner = RawScanner(position: state.position + 1)
    while true {
      scanner.skipSpace(text)
      let quote = scanner.position
      guard scanner.skipString(text) else { return nil }
      let isTag: Bool
      if tag.headMask != 0, !scanner.sawEscape {
        isTag = stands(tag, at: quote, text)
      } else {
        isTag = decodedKey(quote, scanner.position, state).utf8.elementsEqual(name.utf8)
      }
      scanner.skipSpace(text)
      guard text[scanner.position] == UInt8(ascii: ":") else { return nil }
      scanner.position += 1
      scanner.skipSpace(text)
      if isTag { return scanner.position }
      guard scanner.skipValue(text) else { return nil }
      scanner.skipSpace(text)
      guard text[scanner.position] == UInt8(ascii: ",") else { return nil }
      scanner.position += 1
    }
  }

  private func decodedKey(_ start: Int, _ end: Int, _ state: DecodeState) -> String {
    var reader = JSONReader(
      state.source,
      in: start + state.shift..<end + state.shift,
      file: .init(index: 0)
    )
    return (try? reader.readDocument().string) ?? ""
  }

  /// The text of a scalar in the source.
  private func locatedValue(at start: Int, _ state: DecodeState) -> String {
    var index = start + state.shift
    let first = index
    if index < state.source.count, state.source[index] == UInt8(ascii: "\"") {
      index = keyEnd(start, state) + state.shift
    } else {
      while index < state.source.count,
        ![0x2C, 0x7D, 0x5D, 0x20, 0x0A, 0x0D, 0x09].contains(state.source[index])
      {
        index += 1
      }
    }
    return String(decoding: state.source[first..<min(index, state.source.count)], as: UTF8.self)
  }

  /// Whether the scalar at a place is a constant.
  private func isConstant(
    _ constant: DecodeProgram.Constant,
    at start: Int,
    _ state: DecodeState,
    _ text: borrowing Text
  ) -> Bool {
    let first = text[start]
    switch constant.kind {
    case .string:
      guard first == UInt8(ascii: "\"") else { return false }
      var scanner = RawScanner(position: start)
      guard scanner.skipString(text) else { return false }
      let name = program.names[constant.nameStart..<constant.nameStart + constant.nameCount]
      if scanner.sawEscape {
        return decodedKey(start, scanner.position, state).utf8.elementsEqual(name)
      }
      guard scanner.position - start - 2 == constant.nameCount else { return false }
      for (offset, byte) in name.enumerated() where text[start + 1 + offset] != byte {
        return false
      }
      return true
    case .boolean: return first == (constant.payload == 1 ? UInt8(ascii: "t") : UInt8(ascii: "f"))
    default:
      guard first == UInt8(ascii: "-") || Self.isDigit(first) else { return false }
      let number = JSONNumber(text: Array(locatedValue(at: start, state).utf8))
      return number == .integer(Int(Int64(bitPattern: constant.payload)))
        && constant.kind == .integer
        || constant.kind == .number
          && number.map(\.double) == Double(bitPattern: constant.payload)
    }
  }
}
