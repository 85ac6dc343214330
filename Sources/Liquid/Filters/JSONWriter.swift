/// Writes values as JSON.
enum JSONWriter {
  static func append(_ value: Value, to text: inout BoundedText) throws(LiquidError) {
    switch value {
    case .nil: try text.append("null")
    case .boolean(let value): try text.append(value ? "true" : "false")
    case .integer(let value): try text.append(String(value))
    case .number(let value): try text.append(value.isFinite ? value.description : "null")
    case .string(let string): try text.appendQuoted(string)
    case .range, .date: try text.appendQuoted(try value.text(limit: text.limit))
    case .array(let items):
      try text.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { try text.append(UInt8(ascii: ",")) }
        try append(item, to: &text)
      }
      try text.append(UInt8(ascii: "]"))
    case .object(let object):
      try text.append(UInt8(ascii: "{"))
      for (index, entry) in object.entries.enumerated() {
        if index > 0 { try text.append(UInt8(ascii: ",")) }
        try text.appendQuoted(entry.key)
        try text.append(UInt8(ascii: ":"))
        try append(entry.value, to: &text)
      }
      try text.append(UInt8(ascii: "}"))
    }
  }
}
