import FuzzSupport
@testable import LetterpressDiagnostics
@testable import LetterpressProfiles
@testable import LetterpressSchema

/// Any bytes as a file of profiles: NDJSON, a JSON array or CSV.
///
/// The first byte chooses the format and the limit of a row, the second how many bytes are read at a time and
/// where the reading is resumed. The laws: rows are numbered without a gap and lie in what was read; a row
/// conforms or fails at a place in the file; however the file is cut into pieces, and wherever the reading
/// goes on, the rows are the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRows(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = FuzzInput(data, count).bytes
  guard bytes.count >= 2 else { return 0 }
  file.write(Array(bytes[2...]))
  var input = ProfileInput(path: file.path, format: formats[Int(bytes[0]) % 3])
  input.ignoresUnknownColumns = bytes[0] & 0x40 != 0
  input.delimiter = bytes[0] & 0x80 != 0 ? UInt8(ascii: ";") : nil
  if bytes[0] & 0x20 != 0 { input.limits.row = 40 + Int(bytes[1]) }
  let whole = Reading(input, to: bytes.count - 2)
  input.limits.readSize = 1 + Int(bytes[1]) % 61
  requireSame(Reading(input, to: bytes.count - 2), whole, "in pieces")
  guard !whole.rows.isEmpty else { return 0 }
  let place = Int(bytes[1]) % whole.rows.count
  let rest = Reading(input, to: bytes.count - 2, from: whole.rows[place].next)
  precondition(rest.rows == Array(whole.rows[(place + 1)...]), "reading goes on behind a row")
  precondition(rest.error == whole.error, "reading ends as it did")
  return 0
}

private nonisolated(unsafe) let file = ScratchFile("fuzz-rows")
private let formats: [ProfileInput.Format] = [.ndjson, .json, .csv]

private func requireSame(_ a: Reading, _ b: Reading, _ how: String) {
  precondition(a.rows == b.rows, "the rows are the same \(how)")
  precondition(a.error == b.error, "the end is the same \(how)")
}

/// What was read of a file.
private struct Reading {
  struct Row: Equatable {
    var number: Int
    var line: Int
    var column: Int
    var json: [UInt8]
    var failures: [RowFailure]
    var next: SourcePosition
  }

  var rows: [Row] = []
  var error: String?

  init(_ input: ProfileInput, to size: Int, from position: SourcePosition? = nil) {
    var chunk = ProfileChunk()
    var record = Record()
    do throws(ProfileSourceError) {
      let source = try input.open(schema: schema)
      if let position { try source.resume(at: position) }
      while try source.read(into: &chunk) {
        precondition(!chunk.rows.isEmpty, "a chunk has rows, or it is the end")
        for index in chunk.rows.indices { take(index, of: chunk, &record) }
        if let progress = source.progress {
          precondition((0...1).contains(progress), "progress is a share of the whole")
        }
      }
    } catch {
      self.error = error.description
    }
    var number = position?.row ?? 0
    var offset = position?.offset ?? 0
    for row in rows {
      number += 1
      precondition(row.number == number && row.next.row == number, "rows have no gaps")
      precondition(offset <= row.next.offset && row.next.offset <= size, "reading goes forwards")
      precondition(row.line > 0 && row.column > 0, "a row has a place")
      offset = row.next.offset
    }
  }

  private mutating func take(_ index: Int, of chunk: ProfileChunk, _ record: inout Record) {
    let row = chunk.rows[index]
    precondition(
      chunk.bytes.indices.contains(row.json) || row.json.isEmpty,
      "JSON lies in its chunk"
    )
    var failures = chunk.failures[index] ?? []
    if failures.isEmpty {
      do {
        try schema.decoder.decode(chunk.bytes, in: row.json, into: &record)
      } catch {
        precondition(!error.violations.isEmpty, "who refuses a profile says why")
        failures = error.violations.map { violation in
          precondition(
            row.json.lowerBound <= violation.range.lowerBound
              && violation.range.upperBound <= row.json.upperBound,
            "a violation lies in its row"
          )
          return chunk.failure(of: row, violation)
        }
      }
    }
    for failure in failures {
      precondition(failure.line ?? row.line >= row.line, "a failure lies behind its row's start")
    }
    rows.append(
      Row(
        number: row.number,
        line: row.line,
        column: row.column,
        json: chunk.failures[index] == nil ? Array(chunk.bytes[row.json]) : [],
        failures: failures,
        next: row.next
      )
    )
  }
}

private let schema: ProfileSchema = {
  let text = """
    {"type": "object", "required": ["id"], "properties": {
      "id": {"type": "integer"}, "name": {"type": ["string", "null"]}, "score": {"type": "number"},
      "vip": {"type": "boolean"}, "tags": {"type": "array", "items": {"type": "string"}},
      "tier": {"enum": ["gold", "silver"]}, "any": true, "day": {"type": "string", "format": "date"},
      "address": {"type": "object", "properties": {"city": {"type": "string"},
        "zip.code": {"type": "string"}, "geo": {"type": "object", "properties": {
          "lat": {"type": "number"}}}}}}}
    """
  var diagnostics: [Diagnostic] = []
  let file = SourceFile(path: "schema.json", text: text)
  let id = SourceFile.ID(index: 0)
  guard let schema = ProfileSchema.read(file, id: id, diagnostics: &diagnostics),
    !diagnostics.contains(where: { $0.severity == .error })
  else { fatalError("the schema is right: \(diagnostics.map(\.message))") }
  return schema
}()

extension Range<Int> {
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
