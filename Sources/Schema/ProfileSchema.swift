package import LetterpressDiagnostics

/// The type of a project's profiles, read from its JSON Schema.
///
/// A schema without `type` has the type that its keywords speak of: `properties` makes an object,
/// `minLength` a string. (JSON Schema would let other kinds of values pass; a template could do
/// nothing with them.)
package struct ProfileSchema: Sendable {
  /// The file it was read from.
  package let file: SourceFile.ID
  package let types: TypeTable
  /// The type of `profile`: an object, a union of objects, a map, or any.
  package let root: ValueType
  package let rules: RuleTable
  package let rootRule: Rule.ID
  package let decoder: ProfileDecoder

  /// Reads a schema; nil where the file is no JSON.
  ///
  /// What is wrong is reported, and what depends on it has the type `unknown`.
  package static func read(
    _ file: SourceFile,
    id: SourceFile.ID,
    limits: ProfileLimits = ProfileLimits(),
    diagnostics: inout [Diagnostic]
  ) -> ProfileSchema? {
    let document = LocatedJSON.read(file, id: id, limits: limits, diagnostics: &diagnostics)
    guard let document else { return nil }
    let reader = SchemaReader(document, bytes: file.bytes)
    var resolver = SchemaResolver(reader, limits: limits)
    let schema = resolver.resolveProfile(file: id)
    var seen: Set<Diagnostic> = []
    diagnostics += (reader.diagnostics + resolver.diagnostics).filter { seen.insert($0).inserted }
    return schema
  }
}
