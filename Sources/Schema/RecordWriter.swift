/// Writes a record as JSON: for tools that show or store a profile.
///
/// Members that are null are left out unless the schema requires them, so the text decodes to the
/// same record.
package struct RecordWriter {
  private let reader: RecordReader
  private let rules: RuleTable
  private var json: [UInt8] = []

  private init(_ reader: RecordReader, rules: RuleTable) {
    self.reader = reader
    self.rules = rules
  }

  /// The text of a profile, on one line.
  package static func json(_ record: Record, of schema: ProfileSchema) -> [UInt8] {
    var writer = RecordWriter(
      RecordReader(record, types: schema.types),
      rules: schema.rules
    )
    writer.write(record.profile)
    return writer.json
  }

  private mutating func write(_ slot: Slot) {
    switch slot.kind {
    case .null: json += Array("null".utf8)
    case .boolean: json += Array((slot.boolean ? "true" : "false").utf8)
    case .integer: json += Array(String(slot.integer).utf8)
    // Shortest form that reads back as the same value.
    case .number: json += Array(String(slot.number).utf8)
    case .string: Self.write(reader.bytes(slot), to: &json)
    case .array:
      json.append(UInt8(ascii: "["))
      for (index, element) in reader.elements(slot).enumerated() {
        if index > 0 { json.append(UInt8(ascii: ",")) }
        write(element)
      }
      json.append(UInt8(ascii: "]"))
    case .object: write(members: reader.members(slot), of: rules.objects[Int(slot.count)])
    case .map: write(members: reader.members(slot), of: nil)
    }
  }

  private mutating func write(members: [(name: String, value: Slot)], of rule: ObjectRule?) {
    json.append(UInt8(ascii: "{"))
    var isFirst = true
    for (index, member) in members.enumerated() {
      if let fields = rule?.fields, index < fields.count, member.value.kind == .null,
        !fields[index].isRequired, fields[index].defaultValue == nil
      {
        continue
      }
      if !isFirst { json.append(UInt8(ascii: ",")) }
      isFirst = false
      Self.write(Array(member.name.utf8)[...], to: &json)
      json.append(UInt8(ascii: ":"))
      write(member.value)
    }
    json.append(UInt8(ascii: "}"))
  }

  /// Writes a string in quotes.
  package static func write(_ text: ArraySlice<UInt8>, to json: inout [UInt8]) {
    json.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): json += [UInt8(ascii: "\\"), byte]
      case 0x0A: json += Array("\\n".utf8)
      case 0x0D: json += Array("\\r".utf8)
      case 0x09: json += Array("\\t".utf8)
      case 0..<0x20:
        let hex = String(byte, radix: 16)
        json += Array(("\\u00" + (byte < 16 ? "0" : "") + hex).utf8)
      default: json.append(byte)
      }
    }
    json.append(UInt8(ascii: "\""))
  }
}
