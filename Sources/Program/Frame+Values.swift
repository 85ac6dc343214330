import LetterpressLiquid
import LetterpressSchema

/// The bridge to Liquid's own values, over which filters go that have no form on cells.
extension Frame {
  /// A value for a filter: text is copied, objects of the schema become objects with names.
  mutating func value(of cell: Cell, _ types: TypeTable) throws(RenderFault) -> Value {
    switch cell.kind {
    case .null: return .nil
    case .boolean: return .boolean(cell.boolean)
    case .integer: return .integer(cell.integer)
    case .number: return .number(cell.number)
    case .string: return .string(text(of: cell))
    case .blank, .empty: return .string("")
    case .range:
      return .range(IntegerRange(element(ofRange: cell, 0), element(ofRange: cell, 1)))
    case .array:
      try charge(cell.length)
      var items: [Value] = []
      items.reserveCapacity(cell.length)
      for index in 0..<cell.length { items.append(try value(of: element(cell, at: index), types)) }
      return .array(items)
    case .map:
      try charge(cell.length)
      return .object(Object(try entries(of: cell, types)))
    case .object:
      guard types.objects.indices.contains(cell.length) else { return .nil }
      let type = types.objects[cell.length]
      try charge(type.fields.count)
      var entries: [Object.Entry] = []
      for declared in type.fields {
        let field = field(cell, slot: declared.slot, name: .null)
        // A property that is not there and one that is null read alike in Liquid.
        if field.kind != .null { entries.append((declared.name, try value(of: field, types))) }
      }
      if type.additional != nil {
        let others = field(cell, slot: type.fields.count, name: .null)
        if others.kind == .map { entries += try self.entries(of: others, types) }
      }
      return .object(Object(entries))
    }
  }

  private mutating func entries(
    of map: Cell,
    _ types: TypeTable
  ) throws(RenderFault) -> [Object.Entry] {
    var entries: [Object.Entry] = []
    for index in 0..<map.length {
      let pair = element(map, at: index)
      entries.append(
        (text(of: element(pair, at: 0)), try value(of: element(pair, at: 1), types))
      )
    }
    return entries
  }

  /// What a filter made, as a cell.
  mutating func cell(of value: Value) throws(RenderFault) -> Cell {
    switch value {
    case .nil: return .null
    case .boolean(let value): return .boolean(value)
    case .integer(let value): return .integer(value)
    case .number(let value): return .number(value)
    case .string(let text): return try makeText(text)
    case .date(let moment): return try makeText(moment.description)
    case .range(let range):
      return try makeList(.range, [.integer(range.lower), .integer(range.upper)])
    case .array(let items):
      var cells: [Cell] = []
      cells.reserveCapacity(items.count)
      for item in items { cells.append(try cell(of: item)) }
      return try makeList(.array, cells)
    case .object(let object):
      var cells: [Cell] = []
      for entry in object.entries {
        cells.append(try makeText(entry.key))
        cells.append(try cell(of: entry.value))
      }
      return try makeList(.map, cells)
    }
  }

  /// Makes a string of text.
  mutating func makeText(_ text: String) throws(RenderFault) -> Cell {
    let utf8 = text.utf8
    guard utf8.count <= limits.value else { throw .valueTooLong }
    guard utf8.count <= limits.variables - bytes.count else { throw .valuesTooLong }
    let start = bytes.count
    bytes.append(contentsOf: utf8)
    return .string(.frame, from: start, count: utf8.count)
  }
}
