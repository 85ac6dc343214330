import Foundation
import LetterpressDiagnostics
import LetterpressProfiles
import LetterpressSchema

/// What became of the rows of an input.
struct ProfileReading {
  /// The numbers of the rows that conform.
  var accepted: [Int] = []
  /// The JSON of those rows.
  var profiles: [String] = []
  /// The rows that failed, in order.
  var rejected: [(row: Int, key: String?, failures: [RowFailure])] = []
  /// Why the input was given up.
  var error: ProfileSourceError?
  /// Where reading could go on after each row.
  var positions: [SourcePosition] = []

  /// Reads an input to its end, or up to a number of rows.
  init(
    _ input: ProfileInput,
    schema: ProfileSchema,
    from position: SourcePosition? = nil,
    limit: Int = .max
  ) {
    var record = Record()
    var chunk = ProfileChunk()
    do throws(ProfileSourceError) {
      let source = try input.open(schema: schema)
      if let position { try source.resume(at: position) }
      while try source.read(into: &chunk) {
        for index in chunk.rows.indices {
          take(index, of: chunk, schema, &record)
          if accepted.count + rejected.count >= limit { return }
        }
      }
    } catch {
      self.error = error
    }
  }

  private mutating func take(
    _ index: Int,
    of chunk: ProfileChunk,
    _ schema: ProfileSchema,
    _ record: inout Record
  ) {
    let row = chunk.rows[index]
    positions.append(row.next)
    if let failures = chunk.failures[index] {
      rejected.append((row.number, chunk.sourceKey(of: row), failures))
      return
    }
    do {
      try schema.decoder.decode(chunk.bytes, in: row.json, into: &record)
      accepted.append(row.number)
      profiles.append(String(decoding: chunk.bytes[row.json], as: UTF8.self))
    } catch {
      let failures = error.violations.map { chunk.failure(of: row, $0) }
      rejected.append((row.number, chunk.sourceKey(of: row), failures))
    }
  }

  /// `row code` of each row that failed.
  var codes: [String] { rejected.map { "\($0.row) \($0.failures[0].code)" } }

  /// The lines of the rows that failed.
  var lines: [Int] { rejected.compactMap { $0.failures[0].line } }

  /// `line:column pointer` of each failure.
  var places: [String] {
    rejected.flatMap(\.failures).map { "\($0.line ?? 0):\($0.column ?? 0) \($0.pointer)" }
  }
}

/// A schema of text, and files that are gone after the test.
final class ProfileFixture {
  let schema: ProfileSchema
  private let folder: URL

  init(_ schema: String = ProfileFixture.standardSchema) throws {
    self.schema = try ProfileSchema.reading(schema)
    folder = FileManager.default.temporaryDirectory.appending(path: "profiles-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  /// Writes a file and reads it by the format of its name.
  func read(
    _ name: String,
    _ content: some Sequence<UInt8>,
    _ change: (inout ProfileInput) -> Void = { _ in }
  ) throws -> ProfileReading {
    ProfileReading(try input(name, content, change), schema: schema)
  }

  func read(
    _ name: String,
    _ content: String,
    _ change: (inout ProfileInput) -> Void = { _ in }
  ) throws -> ProfileReading {
    try read(name, content.utf8, change)
  }

  func input(
    _ name: String,
    _ content: some Sequence<UInt8>,
    _ change: (inout ProfileInput) -> Void = { _ in }
  ) throws -> ProfileInput {
    try Data(content).write(to: folder.appending(path: name))
    var input = ProfileInput(path: path(name), format: .init(path: name) ?? .ndjson)
    change(&input)
    return input
  }

  /// Names, numbers, and an object inside.
  static let standardSchema = """
    {"type": "object", "required": ["id", "name"], "additionalProperties": false, "properties": {
      "id": {"type": "integer"}, "name": {"type": "string"},
      "age": {"type": ["integer", "null"], "minimum": 0}, "score": {"type": "number"},
      "vip": {"type": "boolean"}, "tags": {"type": "array", "items": {"type": "string"}},
      "address": {"type": "object", "properties": {"city": {"type": "string"},
        "zip.code": {"type": "string"}}}}}
    """
}

extension ProfileSchema {
  struct NotASchema: Error {}

  static func reading(_ text: String) throws -> ProfileSchema {
    var sources = SourceSet()
    let file = SourceFile(path: "profile.schema.json", text: text)
    let id = sources.add(file)
    var diagnostics: [Diagnostic] = []
    guard let schema = read(file, id: id, diagnostics: &diagnostics), !diagnostics.hasErrors else {
      throw NotASchema()
    }
    return schema
  }
}
