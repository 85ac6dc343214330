import LetterpressDiagnostics
import LetterpressSchema

/// A schema read from text, with what was found in it.
struct SchemaReading {
  let schema: ProfileSchema?
  let diagnostics: [Diagnostic]
  let sources: SourceSet

  init(_ text: String) { self.init(Array(text.utf8)) }

  init(_ bytes: [UInt8]) {
    var sources = SourceSet()
    let file = SourceFile(path: "profile.schema.json", bytes: bytes)
    let id = sources.add(file)
    var diagnostics: [Diagnostic] = []
    schema = ProfileSchema.read(file, id: id, diagnostics: &diagnostics)
    self.diagnostics = diagnostics.sortedForDisplay(in: sources)
    self.sources = sources
  }

  /// The fields of an object type; of the profile itself by default.
  func fields(_ name: String = "profile") -> [String] { schema?.types.fields(of: name) ?? [] }

  /// `id 'the source under it': message` of each finding.
  var findings: [String] {
    diagnostics.map { "\($0.id) \(sources.text($0.primary.range)): \($0.message)" }
  }
}
