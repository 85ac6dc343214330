/// Writes values as JSON.
enum JSONWriter {
  static func append(_ value: Value, to text: inout BoundedText) throws(LiquidError) {
    switch value {
    case .nil: try text.append("null")
    case .boolean(let value): try text.append(value ? "true" : "false")
    case .integer(let value): try text.append(String(value))
    case .number(let value): try text.append(value.isFinite ? value.description : "null")
    case .string(let string): try appendString(string, to: &text)
    case .range, .date: try appendString(try value.text(limit: text.limit), to: &text)
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
        try appendString(entry.key, to: &text)
        try text.append(UInt8(ascii: ":"))
        try append(entry.value, to: &text)
      }
      try text.append(UInt8(ascii: "}"))
    }
  }

  private static func appendString(
    _ string: String,
    to text: inout BoundedText
  ) throws(LiquidError) {
    try text.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      switch byte {
      case UInt8(ascii: "\""): try text.append("\\\"")
      case UInt8(ascii: "\\"): try text.append("\\\\")
      case UInt8(ascii: "\n"): try text.append("\\n")
      case UInt8(ascii: "\r"): try text.append("\\r")
      case UInt8(ascii: "\t"): try text.append("\\t")
      case 0..<0x20:
        try text.append("\\u00" + (byte < 0x10 ? "0" : "") + String(byte, radix: 16))
      default: try text.append(byte)
      }
    }
    try text.append(UInt8(ascii: "\""))
  }
}
