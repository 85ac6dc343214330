import FuzzSupport
@testable import LetterpressDiagnostics
@testable import LetterpressSchema

/// Any bytes as a JSON Schema, and what stands behind a separator as profiles of it.
///
/// The law: whatever the schema, its decoder takes any text, and findings lie in their files.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzSchema(_ data: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let parts = FuzzInput(data, count).parts
  var sources = SourceSet()
  let file = SourceFile(path: "profile.schema.json", bytes: parts[0])
  let id = sources.add(file)
  var diagnostics: [Diagnostic] = []
  let schema = ProfileSchema.read(file, id: id, diagnostics: &diagnostics)
  requireShowable(diagnostics, in: sources)
  guard let schema else { return 0 }
  var record = Record()
  for profile in parts.dropFirst() { decodeAny(profile, with: schema, into: &record) }
  decodeAny(Array("{}".utf8), with: schema, into: &record)
  return 0
}
