import LetterpressDiagnostics
import LetterpressProgram
import LetterpressSchema

/// What an artefact is written of: a layout whose places are known, before it is a program.
struct EmailBlueprint: Sendable {
  var name: String
  /// The files that the layout was compiled of, personas and other layouts apart.
  var inputs: [SourceFile.ID]
  /// Whom messages are from and to, apart from what the layout says.
  var envelope: MessageEnvelope
  /// What each part of the program is for (`EmailPart`), and the place of its element.
  var parts: [(role: String, range: SourceRange)]
  var program: ProgramBlueprint

  /// The artefact; the same for the same sources.
  func artefact() -> [UInt8] {
    let writer = ArtefactWriter(program.sources)
    writer.write(name)
    let schema = program.sources[program.schema.file]
    writer.write(SHA256.hex(of: schema.bytes))
    writer.write(inputHash)
    writer.write(optional: envelope.defaultSender) { writer.write($0) }
    writer.write(optional: envelope.recipient) { writer.write(list: $0) { writer.write($0) } }
    writer.write(envelope.place)
    writer.write(list: parts) { part in
      writer.write(part.role)
      writer.write(part.range)
    }
    writer.write(program)
    return ArtefactFile.bytes(of: writer.finish())
  }

  /// Of all inputs by path and content, in the order of their paths.
  private var inputHash: String {
    let files = inputs.map { program.sources[$0] }
      .sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    var hash = SHA256()
    for file in files {
      hash.update("\(file.path)\n\(file.bytes.count)\n")
      hash.update(file.bytes)
    }
    return hash.finalizedHex()
  }
}

extension ProjectCompiler.Compilation {
  /// The artefact of the layout, for `CompiledEmail(artefact:)`; the same bytes for the same sources.
  ///
  /// - Returns: The content of the file; nil where an error was found.
  public func artefact() -> [UInt8]? { email == nil ? nil : blueprint?.artefact() }
}
