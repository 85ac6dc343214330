import LetterpressLiquid
import LetterpressSchema

/// Reading by names and numbers that are known only now, as Liquid does it.
extension Frame {
  /// The whole profile.
  var profile: Cell { Cell(record.profile) }

  /// The send time as text (RFC 3339).
  mutating func nowText(_ out: inout OutputBuffer) throws(RenderFault) -> Cell {
    let mark = out.count
    try out.append(timestamp: context.now.seconds)
    return try takeText(from: mark, of: &out)
  }

  /// `object.name`; a name that the data has wins over `size`, `first` and `last`.
  func member(_ name: String, _ key: Cell, of cell: Cell, _ types: TypeTable) -> Cell {
    switch cell.kind {
    case .map where hasKey(key, in: cell):
      return value(of: key, in: cell)
    case .object:
      return value(of: name, key, in: cell, types)
    default: break
    }
    switch name {
    case "size": return size(of: cell)
    case "first": return edge(of: cell, isLast: false)
    case "last": return edge(of: cell, isLast: true)
    default: return .null
    }
  }

  /// The field of an object of the schema by its name; undeclared ones stand in the slot after the others.
  private func value(of name: String, _ key: Cell, in cell: Cell, _ types: TypeTable) -> Cell {
    guard types.objects.indices.contains(cell.length) else { return .null }
    let type = types.objects[cell.length]
    if let field = type.field(name) { return self.field(cell, slot: field.slot, name: key) }
    guard type.additional != nil else { return .null }
    let others = self.field(cell, slot: type.fields.count, name: key)
    return others.kind == .map ? value(of: key, in: others) : .null
  }

  /// `object[index]`: an element by its number, from the end where negative, or a value by its name.
  func element(of cell: Cell, at index: Cell, _ types: TypeTable) -> Cell {
    switch (cell.kind, index.kind) {
    case (.array, .integer):
      let position = index.integer
      return element(cell, at: position < 0 ? position + cell.length : position)
    case (.map, .string): return value(of: index, in: cell)
    case (.object, .string): return value(of: text(of: index), index, in: cell, types)
    default: return .null
    }
  }

  /// The first or the last element.
  func edge(of cell: Cell, isLast: Bool) -> Cell {
    switch cell.kind {
    case .array: return element(cell, at: isLast ? cell.length - 1 : 0)
    case .map: return isLast ? .null : element(cell, at: 0)
    case .range:
      let isEmpty = element(ofRange: cell, 0) > element(ofRange: cell, 1)
      return isEmpty ? .null : .integer(element(ofRange: cell, isLast ? 1 : 0))
    case .string:
      guard cell.count > 0 else { return cell }
      let (start, end) = withText(of: cell) { text in
        var start = isLast ? text.count - 1 : 0
        while isLast, start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
        var end = start + 1
        while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
        return (start, end)
      }
      return .string(
        cell.origin,
        from: cell.first + start,
        count: end - start,
        traits: cell.traits & (Cell.isPlainHTML | Cell.isPlainHeader | Cell.isUnreserved)
      )
    default: return .null
    }
  }

  /// A bound of a range: an integer, or what Ruby's `to_i` makes of the value.
  func bound(_ cell: Cell) -> Int {
    switch cell.kind {
    case .integer: return cell.integer
    case .number: return Int(exactly: cell.number.rounded(.towardZero)) ?? 0
    case .string:
      return withText(of: cell) { text in
        var index = 0
        while index < text.count, text[index].isSpace { index += 1 }
        var digits = ""
        if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+")
        {
          digits.unicodeScalars.append(Unicode.Scalar(text[index]))
          index += 1
        }
        while index < text.count, text[index].isDigit, digits.utf8.count < 20 {
          digits.unicodeScalars.append(Unicode.Scalar(text[index]))
          index += 1
        }
        return Int(digits) ?? 0
      }
    default: return 0
    }
  }
}

extension OutputBuffer {
  /// Appends a time as RFC 3339 writes it in UTC.
  mutating func append(timestamp seconds: Int) throws(RenderFault) {
    // Three million years around 1970: nothing below can overflow.
    let seconds = min(max(seconds, -100_000_000_000_000), 100_000_000_000_000)
    let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
    let time = seconds - days * 86_400
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years that start in March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * month + 2) / 5 + 1
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    try append(padded: year, to: 4)
    try append(UInt8(ascii: "-"), month < 10 ? month + 3 : month - 9)
    try append(UInt8(ascii: "-"), day)
    try append(UInt8(ascii: "T"), time / 3_600)
    try append(UInt8(ascii: ":"), time / 60 % 60)
    try append(UInt8(ascii: ":"), time % 60)
    try append(UInt8(ascii: "Z"))
  }

  private mutating func append(_ separator: UInt8, _ number: Int) throws(RenderFault) {
    try append(separator)
    try append(padded: number, to: 2)
  }

  private mutating func append(padded number: Int, to width: Int) throws(RenderFault) {
    var bound = 10
    for _ in 1..<width {
      if number >= 0, number < bound { try append(UInt8(ascii: "0")) }
      bound *= 10
    }
    try append(decimal: number)
  }
}
