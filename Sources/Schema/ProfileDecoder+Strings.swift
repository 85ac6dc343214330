extension ProfileDecoder {
  func decodeString(
    _ index: Int,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> Slot {
    let start = state.position
    let place = try scanString(&state, &text)
    let slot = escapedSlot(place, &state, &text)
    let step = program.steps[index]
    if step.minCount > 0 || step.maxCount < .max {
      checkLength(place, step, start, &state, text)
    }
    if let format = step.format, !(format == .uri && slot.traits.contains(.isWebURL)) {
      let value = text.span.extracting(place.start..<place.start + place.count)
      if !TextFormat.accepts(format, value) {
        state.report(.format(format, string(place, text), start..<state.position))
      }
    }
    if step.hasMore { checkText(place, index, start, &state, text) }
    return slot
  }

  private func checkLength(
    _ place: StringPlace,
    _ step: DecodeProgram.Step,
    _ start: Int,
    _ state: inout DecodeState,
    _ text: borrowing Text
  ) {
    var count = place.count
    if place.classes & CharacterClasses.nonASCII != 0 {
      for index in place.start..<place.start + place.count where text[index] & 0xC0 == 0x80 {
        count -= 1
      }
    }
    if count < Int(step.minCount) {
      state.report(
        .tooFew(.character, count, minimum: Int(step.minCount), start..<state.position)
      )
    } else if count > Int(step.maxCount) {
      state.report(
        .tooMany(.character, count, maximum: Int(step.maxCount), start..<state.position)
      )
    }
  }

  /// Reads the string at the position and decodes it where it stands.
  @inline(__always)
  func scanString(
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> StringPlace {
    let start = state.position + 1
    var position = start
    var seen: UInt8 = 0
    // The zero bytes after the text stop, so there is always a whole word to look at.
    while true {
      let gathered = classes.gather(ByteWord.load(text, at: position))
      if gathered >= CharacterClasses.stop { break }
      seen |= gathered
      position &+= ByteWord.size
    }
    // Not byte by byte: the length of what is left differs from string to string, and each would be guessed wrong.
    let (rest, count) = CharacterClasses.cutAtStop(ByteWord.number(text, at: position))
    seen |= classes.gather(rest)
    position &+= count
    if text[position] == UInt8(ascii: "\"") {
      state.position = position + 1
      return StringPlace(start: start, count: position - start, classes: seen)
    }
    return try scanRest(start, position, seen, &state, &text)
  }

  /// The part of a string from its first escape or its first character beyond ASCII on.
  private func scanRest(
    _ start: Int,
    _ from: Int,
    _ classesBefore: UInt8,
    _ state: inout DecodeState,
    _ text: inout Text
  ) throws(DecodeState.Stop) -> StringPlace {
    var read = from
    var write = from
    var seen = classesBefore
    while true {
      let byte = text[read]
      let classes = classes[byte]
      if classes < CharacterClasses.stop {
        seen |= classes
        text[write] = byte
        (read, write) = (read + 1, write + 1)
      } else if byte >= 0x80 {
        let length = try sequenceLength(at: read, text)
        seen |= classes
        for offset in 0..<length { text[write + offset] = text[read + offset] }
        (read, write) = (read + length, write + length)
      } else if byte == UInt8(ascii: "\"") {
        state.position = read + 1
        return StringPlace(
          start: start,
          count: write - start,
          classes: seen & ~CharacterClasses.stop
        )
      } else if byte == UInt8(ascii: "\\") {
        let scalar = try scanEscape(&read, text)
        if scalar < 0x80 {
          let decoded = UInt8(truncatingIfNeeded: scalar)
          seen |= self.classes[decoded]
          text[write] = decoded
          write += 1
        } else {
          seen |= self.classes[0x80]
          for byte in UTF8Sequence.encode(scalar) {
            text[write] = byte
            write += 1
          }
        }
      } else {
        throw DecodeState.Stop()
      }
    }
  }

  private func sequenceLength(
    at index: Int,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) -> Int {
    let lead = text[index]
    guard lead >= 0xC2, lead <= 0xF4 else { throw DecodeState.Stop() }
    let second = text[index + 1]
    guard second >= UTF8Sequence.secondMinimum(lead), second <= UTF8Sequence.secondMaximum(lead)
    else { throw DecodeState.Stop() }
    if lead < 0xE0 { return 2 }
    guard text[index + 2] & 0xC0 == 0x80 else { throw DecodeState.Stop() }
    if lead < 0xF0 { return 3 }
    guard text[index + 3] & 0xC0 == 0x80 else { throw DecodeState.Stop() }
    return 4
  }

  /// Reads the escape at a place and goes beyond it.
  private func scanEscape(
    _ read: inout Int,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) -> UInt32 {
    let letter = text[read + 1]
    read += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt32(letter)
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "u"): break
    default: throw DecodeState.Stop()
    }
    let unit = try scanHex(&read, text)
    if unit < 0xD800 || unit >= 0xE000 { return unit }
    guard unit < 0xDC00, text[read] == UInt8(ascii: "\\"), text[read + 1] == UInt8(ascii: "u")
    else {
      throw DecodeState.Stop()
    }
    read += 2
    let low = try scanHex(&read, text)
    guard low >= 0xDC00, low < 0xE000 else { throw DecodeState.Stop() }
    return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
  }

  private func scanHex(
    _ read: inout Int,
    _ text: borrowing Text
  ) throws(DecodeState.Stop) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = hexValue(text[read]) else { throw DecodeState.Stop() }
      value = value << 4 | UInt32(digit)
      read += 1
    }
    return value
  }

  /// A string with its printed form, which is written behind the text.
  @inline(__always)
  func escapedSlot(
    _ place: StringPlace,
    _ state: inout DecodeState,
    _ text: inout Text
  ) -> Slot {
    let traits = traits(place, text)
    if traits.contains(.isPlainHTML) {
      guard place.count > 0, place.count <= 255,
        text.copy(from: place.start, place.count, to: state.escapes)
      else { return Self.slot(place, traits) }
      defer { state.escapes &+= place.count }
      return Slot(
        traits,
        at: place.start,
        place.count,
        printedAt: state.escapes,
        UInt8(truncatingIfNeeded: place.count)
      )
    }
    return escapedSlot(place, traits, &state, &text)
  }

  /// A string without a printed form.
  private static func slot(_ place: StringPlace, _ traits: Slot.Traits) -> Slot {
    Slot(
      kind: .string,
      traits: traits,
      count: UInt32(truncatingIfNeeded: place.count),
      payload: UInt64(truncatingIfNeeded: place.start)
    )
  }

  @inline(never)
  private func escapedSlot(
    _ place: StringPlace,
    _ traits: Slot.Traits,
    _ state: inout DecodeState,
    _ text: inout Text
  ) -> Slot {
    // Long texts go another way when they are printed.
    guard place.count <= 255,
      let count = text.escapeHTML(from: place.start, place.count, to: state.escapes),
      let printed = UInt8(exactly: count)
    else { return Self.slot(place, traits) }
    let escaped = state.escapes
    state.escapes += count
    return Slot(traits, at: place.start, place.count, printedAt: escaped, printed)
  }

  /// A key, which is never printed by itself.
  func slot(_ place: StringPlace, _ text: borrowing Text) -> Slot {
    Self.slot(place, traits(place, text))
  }

  @inline(__always)
  private func traits(_ place: StringPlace, _ text: borrowing Text) -> Slot.Traits {
    var traits: Slot.Traits = []
    if place.classes & CharacterClasses.markup == 0 { traits.insert(.isPlainHTML) }
    if place.classes & (CharacterClasses.control | CharacterClasses.nonASCII) == 0 {
      traits.insert(.isPlainHeader)
    }
    if place.classes & (CharacterClasses.reserved | CharacterClasses.noURL) == 0 {
      traits.insert(.isUnreserved)
    } else if place.classes & CharacterClasses.noURL == 0, isWebURL(place, text) {
      traits.insert(.isWebURL)
    }
    return traits
  }

  /// Whether a string of characters that a URL can hold is one: a scheme of the web, a host,
  /// perhaps a port.
  private func isWebURL(_ place: StringPlace, _ text: borrowing Text) -> Bool {
    let end = place.start + place.count
    let word = ByteWord.number(text, at: place.start)
    // "https://" and "http://", first character lowest; behind a shorter string they may stand in part.
    let isSecure = word == 0x2F2F_3A73_7074_7468
    guard isSecure || word & 0x00FF_FFFF_FFFF_FFFF == 0x002F_2F3A_7074_7468 else { return false }
    let host = place.start &+ (isSecure ? 8 : 7)
    let hostEnd = min(CharacterClasses.hostEnd(in: text, from: host), end)
    guard hostEnd > host else { return false }
    var index = hostEnd
    if index < end, text[index] == UInt8(ascii: ":") {
      index += 1
      while index < end, Self.isDigit(text[index]) { index += 1 }
    }
    if index < end {
      let next = text[index]
      guard next == UInt8(ascii: "/") || next == UInt8(ascii: "?") || next == UInt8(ascii: "#")
      else { return false }
    }
    guard place.classes & CharacterClasses.doubtfulInURL != 0 else { return true }
    return TextFormat.accepts(.uri, text.span.extracting(place.start..<end))
  }

  /// The text of a string, for messages.
  func string(_ place: StringPlace, _ text: borrowing Text) -> String {
    var bytes: [UInt8] = []
    for index in place.start..<place.start + place.count { bytes.append(text[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }
}
