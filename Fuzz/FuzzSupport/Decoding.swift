@testable import LetterpressSchema

/// Decodes any bytes as a profile and reads all of the record; says whether they are one.
@discardableResult
package func decodeAny(
  _ json: [UInt8],
  with schema: ProfileSchema,
  into record: inout Record
) -> Bool {
  do {
    try schema.decoder.decode(json, into: &record)
  } catch {
    precondition(!error.violations.isEmpty, "who refuses a profile says why")
    for violation in error.violations {
      precondition(
        0 <= violation.range.lowerBound && violation.range.upperBound <= json.count,
        "a violation lies in its profile"
      )
    }
    return false
  }
  precondition(String(validating: json, as: UTF8.self) != nil, "a profile is UTF-8")
  let reader = RecordReader(record, types: schema.types)
  var count = 0
  walk(reader.profile, of: reader, &count)
  precondition(
    count <= json.count + 100_000,
    "a record has no more values than its text and defaults"
  )
  return true
}

private func walk(_ slot: Slot, of reader: RecordReader, _ count: inout Int) {
  count += 1
  switch slot.kind {
  case .string:
    precondition(
      String(validating: reader.bytes(slot), as: UTF8.self) != nil,
      "a decoded string is UTF-8"
    )
  case .array: for element in reader.elements(slot) { walk(element, of: reader, &count) }
  case .object, .map: for member in reader.members(slot) { walk(member.value, of: reader, &count) }
  case .null, .boolean, .integer, .number: break
  }
}
