import Foundation
import LetterpressDiagnostics
import LetterpressMessage
import LetterpressProfiles
import LetterpressSchema

/// A folder with profiles and a schema, which is gone after the test, and a batch whose messages
/// are the names.
final class BatchFixture {
  let schema: ProfileSchema
  let folder: URL

  init(_ schema: String = BatchFixture.standardSchema) throws {
    var sources = SourceSet()
    let file = SourceFile(path: "profile.schema.json", text: schema)
    let id = sources.add(file)
    var diagnostics: [Diagnostic] = []
    guard let read = ProfileSchema.read(file, id: id, diagnostics: &diagnostics) else {
      throw CompilationError(diagnostics)
    }
    self.schema = read
    folder = FileManager.default.temporaryDirectory.appending(path: "batch-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static let standardSchema = """
    {"type": "object", "required": ["id", "name"], "additionalProperties": false, "properties": {
      "id": {"type": "integer"}, "name": {"type": "string"},
      "mail": {"type": "string", "format": "email"},
      "age": {"type": "integer", "minimum": 18}, "tone": {"enum": ["light", "dark"]}}}
    """

  // MARK: - Files

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ name: String, _ text: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func text(_ name: String) -> String? {
    (try? Data(contentsOf: folder.appending(path: name))).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  func lines(_ name: String) -> [String] {
    (text(name) ?? "").split(separator: "\n").map(String.init)
  }

  /// All files below the folder with their bytes, but for the input and the states.
  func outputs() -> [String: Data] {
    let paths =
      FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    var found: [String: Data] = [:]
    for path in paths where !path.contains("state") && !path.hasPrefix("in.") {
      if let data = try? Data(contentsOf: folder.appending(path: path)) { found[path] = data }
    }
    return found
  }

  /// Profiles 1 to `count`; each one that `isBad` has no name.
  func writeProfiles(_ count: Int, isBad: (Int) -> Bool = { _ in false }) throws {
    let rows = (1...count).map { row in
      isBad(row) ? "{\"id\":\(row)}\n" : "{\"id\":\(row),\"name\":\"name \(row)\"}\n"
    }
    try write("in.ndjson", rows.joined())
  }

  // MARK: - Runs

  func options(_ output: (String) -> BatchOutput, _ name: String = "out") -> BatchOptions {
    var options = BatchOptions(
      input: ProfileInput(path: path("in.ndjson"), format: .ndjson),
      output: output(path(name))
    )
    options.now = 1_700_000_000
    options.jobs = 4
    options.checkpointRows = 50
    return options
  }

  func run(
    _ options: BatchOptions,
    where condition: (@Sendable (Record) throws -> Bool)? = nil,
    render: @escaping @Sendable (String, BatchRow) throws -> String = { name, row in
      "\(row.number) \(name)"
    }
  ) throws -> BatchSummary {
    let types = schema.types
    let batch = BatchRun(
      options,
      schema: schema,
      where: { (_, record) in try condition?(copy record) ?? true },
      makeState: { _ in 0 }
    ) { count, record, row, message in
      count += 1
      let reader = RecordReader(record, types: types)
      let name = reader.member("name", of: reader.profile).map { reader.string($0) } ?? "?"
      message.append(contentsOf: try render(name, row).utf8)
    }
    return try batch.run()
  }

  /// The error of a run that must have one.
  func error(_ options: BatchOptions) -> BatchError? {
    do {
      _ = try run(options)
      return nil
    } catch {
      return error as? BatchError
    }
  }
}
